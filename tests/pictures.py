"""Questions to a map in a browser: whether a text is clipped, a box lies on another, or a line runs through one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

OUTSIDE = """[...document.querySelectorAll('svg.map :has(> rect)')].flatMap(box => {
  const frame = box.querySelector('rect').getBBox(), zero = box.getScreenCTM().inverse();
  if (!frame.width) return [];
  return [...box.querySelectorAll(':scope > text')].filter(text => {
    const m = zero.multiply(text.getScreenCTM()), b = text.getBBox();
    const x = b.x + m.e, y = b.y + m.f;
    return x < 1 || y < 0 || x + b.width > frame.width - 1 || y + b.height > frame.height + 1;
  }).map(text => text.textContent);
})"""
UPON = """(() => {
  const rects = [...document.querySelectorAll('svg.map rect')].map(r => r.getBoundingClientRect());
  return rects.flatMap((a, i) => rects.slice(i + 1).filter(b =>
    a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)).length;
})()"""
ZOOM = "(map => map.getBoundingClientRect().width / map.viewBox.baseVal.width)(document.querySelector('svg.map'))"
LINES = "[...document.querySelectorAll('svg.map g[data-from] path')].map(p => p.getAttribute('d')).join()"
LOOSE = """[...document.querySelectorAll('svg.map g[data-from]:not(.off)')].filter(arrow => {
  const boxes = [...document.querySelectorAll('svg.map a, svg.map .h')], near = 24;
  const line = arrow.querySelector('path').getBBox(), zero = document.querySelector('svg.map').getScreenCTM().inverse();
  return arrow.dataset.from.split(' ').some(n => {
    const m = zero.multiply(boxes[n].getScreenCTM()), b = boxes[n].querySelector('rect').getBBox();
    return Math.abs(line.x + line.width - m.e) > near || line.y > m.f + b.height || line.y + line.height < m.f;
  });
}).map(arrow => arrow.dataset.from)"""
"""Arrows that do not start at their boxes."""
THROUGH = """(() => {
  const zero = document.querySelector('svg.map').getScreenCTM().inverse();
  const rects = [...document.querySelectorAll('svg.map :is(a, g.h):not(.off) > rect')].map(rect => {
    const m = zero.multiply(rect.getScreenCTM()), b = rect.getBBox();
    return [m.e + 2, m.f + 2, m.e + b.width - 2, m.f + b.height - 2];
  });
  return [...document.querySelectorAll('svg.map g[data-from]:not(.off) > path:first-child')].filter(path => {
    const long = path.getTotalLength();
    for (let at = 0; at < long; at += 3) {
      const {x, y} = path.getPointAtLength(at);
      if (rects.some(([left, top, right, bottom]) => left < x && x < right && top < y && y < bottom)) return true;
    }
    return false;
  }).map(path => path.parentNode.dataset.from);
})()"""
"""Arrows that run through a box."""

UNTIED = """async () => {
  const boxes = [...document.querySelectorAll('svg.map a')], found = [];
  for (const chosen of boxes.filter(box => box.id)) {
    const opened = new Promise(done => addEventListener('hashchange', () => setTimeout(done), {once: true}));
    location.hash = `#${chosen.id}&steps=1`;
    await opened;
    const lines = [...document.querySelectorAll('svg.map g[data-from]:not(.off)')];
    const joined = line => `${line.dataset.from} ${line.dataset.to}`;
    const tied = new Set(lines.flatMap(line => joined(line).split(' ')));
    const loose = boxes.filter((box, n) => box !== chosen && !box.matches('.off') && !tied.has(`${n}`));
    const rings = lines.filter(line => line.matches('.u') && !lines.some(other => joined(other) === line.dataset.to));
    if (loose.length || rings.length) found.push(chosen.id);
  }
  return found;
}"""
"""Points around which, a step far, a box is seen that no arrow leads from or to, or an arrow that denies a step which is not seen."""


def map_width(page: Page) -> float:
    return float(page.evaluate("document.querySelector('svg.map').getBoundingClientRect().width"))


def scroll_position(page: Page) -> tuple[float, float]:
    left, top = page.evaluate("(f => [f.scrollLeft, f.scrollTop])(document.querySelector('.frame'))")
    return left, top


def count_visible(page: Page) -> int:
    return page.locator("svg.map a:visible").count()


def focused_id(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))
