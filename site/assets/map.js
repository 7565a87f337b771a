// A map that can be moved, else a picture in a box that scrolls. What the script says stands on its own tag.
(() => {
  "use strict";
  const script = document.currentScript;
  const frame = document.querySelector(".frame");
  const svg = frame?.querySelector("svg.map");
  if (!svg) {
    return;
  }

  const [zoomIn, zoomOut, fitAll, fullScreen, saveSvg, savePng, smallMap] = script.dataset.say.split("|");
  const { x: left, y: top } = svg.viewBox.baseVal;
  let { width: wide, height: high } = svg.viewBox.baseVal;
  const sheet = frame.classList.contains("sheet");
  const form = document.querySelector("form.sift");
  const smooth = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  const { element: html } = window.finding;
  const set = (element, fields) => {
    for (const [key, value] of Object.entries(fields)) {
      element.setAttribute(key, value);
    }
    return element;
  };
  const drawn = (name, fields) => set(document.createElementNS(svg.namespaceURI, name), fields);

  // -- what is on the map: boxes with where they stand, and arrows between them --

  const placeOf = (element) => svg.getScreenCTM().inverse().multiply(element.getScreenCTM());
  const boxes = [...svg.querySelectorAll("a, .h")].map((element, number) => {
    const place = placeOf(element),
      rect = element.querySelector("rect").getBBox();
    return {
      element,
      number,
      x: place.e,
      y: place.f,
      width: rect.width,
      height: rect.height,
      ups: [],
      below: [],
      near: new Set(),
      folded: false,
      off: false,
    };
  });
  const links = boxes.filter((box) => box.element.localName === "a");
  const boxOf = (element) => boxes.find((box) => box.element === element.closest("a, .h"));
  for (const { element } of links) {
    const texts = [...element.querySelectorAll("text")].map((text) => text.textContent.replace(/^[^\p{L}\d] /u, ""));
    element.ariaLabel = texts.join(" "); // signs are for the eye
  }
  const named = new Map(links.filter((box) => box.element.id).map((box) => [box.element.id, box]));
  for (const box of boxes) {
    box.near = named.get(`n-${box.element.dataset.node}`)?.near ?? box.near; // of a point that is drawn in several boxes
    for (const up of box.element.dataset.up?.split(" ") ?? []) {
      box.ups.push(boxes[up]);
      boxes[up].below.push(box);
    }
  }
  const arrows = [...svg.querySelectorAll("g[data-from]")].map((element) => {
    const ends = `${element.dataset.from} ${element.dataset.to}`.split(" ").map((n) => boxes[n]);
    for (const one of ends) {
      for (const other of ends) {
        one.near.add(other);
      }
    }
    return {
      element,
      ends,
      paths: [...element.querySelectorAll("path")].map((path) => ({ path, d: path.getAttribute("d") })),
    };
  });

  // -- zoom and pan: the picture grows in a box that scrolls --

  let zoom = 1,
    chosen = links[0],
    visited = false,
    heart = null,
    hits = [];
  const stage = html("div", { className: "stage" });
  frame.before(stage);
  stage.append(frame);
  frame.classList.add("live");

  const zoomTo = (next, x = 0, y = 0) => {
    const before = svg.getBoundingClientRect(),
      right = (x - before.left) / before.width,
      down = (y - before.top) / before.height;
    zoom = Math.min(4, Math.max(0.1, next));
    svg.style.width = `${wide * zoom}px`;
    const after = svg.getBoundingClientRect();
    frame.scrollLeft += after.left + right * after.width - x;
    frame.scrollTop += after.top + down * after.height - y;
    look();
    keep();
  };
  const within = (box) => {
    const outer = frame.getBoundingClientRect(),
      inner = box.element.querySelector("rect").getBoundingClientRect();
    const [x, y] = [inner.left - outer.left, inner.top - outer.top];
    return { x, y, right: frame.clientWidth - x - inner.width, below: frame.clientHeight - y - inner.height };
  };
  const inView = (box) => {
    const { x, y, right, below } = within(box);
    return Math.min(x, y, right, below) >= 0;
  };
  const reveal = (box) => {
    const { x, y, right, below } = within(box);
    frame.scrollBy(Math.min(0, x - 16) || Math.max(0, 16 - right), Math.min(0, y - 16) || Math.max(0, 16 - below));
  };
  const zoomBy = (factor) => {
    const box = heart ?? chosen,
      held = visited && inView(box),
      { x, y, width, height } = (held ? box.element.querySelector("rect") : frame).getBoundingClientRect();
    zoomTo(zoom * factor, x + width / 2, y + height / 2);
    if (held) {
      reveal(box);
    }
  };
  const fitting = () => {
    const most = document.fullscreenElement ? frame.clientHeight : parseFloat(getComputedStyle(frame).maxHeight) || 1e9;
    return Math.min(1, (frame.clientWidth - 24) / wide, (most - 26) / high);
  };
  const fit = () => zoomTo(fitting());
  const centre = (box, behavior = smooth) => {
    const { x, y, right, below } = within(box);
    frame.scrollBy({ left: (x - right) / 2, top: (y - below) / 2, behavior });
  };

  frame.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) {
        return;
      }
      event.preventDefault();
      zoomTo(zoom * Math.exp(-event.deltaY / 300), event.clientX, event.clientY);
    },
    { passive: false },
  );

  let apart = 0;
  const span = ([one, other]) => (other ? Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) : 0);
  frame.addEventListener(
    "touchstart",
    (event) => {
      apart = span(event.touches);
    },
    { passive: true },
  );
  frame.addEventListener(
    "touchmove",
    (event) => {
      const [one, other] = event.touches,
        now = span(event.touches);
      if (!apart || !now) {
        return;
      }
      event.preventDefault();
      zoomTo((zoom * now) / apart, (one.clientX + other.clientX) / 2, (one.clientY + other.clientY) / 2);
      apart = now;
    },
    { passive: false },
  );

  let grip = null,
    dragged = false;
  frame.addEventListener("dragstart", (event) => event.preventDefault());
  frame.addEventListener("pointerdown", (event) => {
    dragged = false;
    if (event.pointerType === "mouse" && event.button === 0 && svg.contains(event.target)) {
      grip = { x: event.clientX, y: event.clientY, left: frame.scrollLeft, top: frame.scrollTop };
    }
  });
  addEventListener("pointermove", (event) => {
    if (!grip) {
      return;
    }
    const x = event.clientX - grip.x,
      y = event.clientY - grip.y;
    dragged ||= Math.hypot(x, y) > 5;
    if (!dragged) {
      return;
    }
    frame.classList.add("held");
    frame.scrollTo(grip.left - x, grip.top - y);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    addEventListener(end, () => {
      grip = null;
      frame.classList.remove("held");
    });
  }
  frame.addEventListener(
    "click",
    (event) => {
      if (dragged) {
        event.preventDefault();
        event.stopPropagation();
      }
      dragged = false;
    },
    true,
  );

  // -- the keyboard: one stop, then from box to box along the lines --

  const choose = (box) => {
    chosen = box;
    for (const other of links) {
      other.element.tabIndex = other === box ? 0 : -1;
    }
  };
  const middle = (box) => box.y + box.height / 2;
  const nearest = (from, those) =>
    those
      .filter((box) => !box.off && box.element.localName === "a")
      .sort((a, b) => Math.abs(middle(a) - middle(from)) - Math.abs(middle(b) - middle(from)))[0];
  const beside = (from, side) => {
    const rows = boxes.filter((box) => (box.x - from.x) * side > 1);
    const column = Math.min(...rows.map((box) => Math.abs(box.x - from.x)));
    return nearest(
      from,
      rows.filter((box) => Math.abs(box.x - from.x) < column + 1),
    );
  };
  const along = (from, side) =>
    nearest(
      from,
      boxes.filter((box) => Math.abs(box.x - from.x) < 1 && (box.y - from.y) * side > 0),
    );
  const STEPS = {
    ArrowLeft: (box) => (box.ups.length ? nearest(box, box.ups) : beside(box, -1)),
    ArrowRight: (box) => (sheet ? nearest(box, box.below) : beside(box, 1)),
    ArrowUp: (box) => along(box, -1),
    ArrowDown: (box) => along(box, 1),
    Home: () => links.find((box) => !box.off),
    End: () => links.findLast((box) => !box.off),
  };
  frame.addEventListener("focusin", (event) => {
    const box = boxOf(event.target);
    if (box) {
      if (box === chosen && event.target.matches(":focus-visible")) {
        reveal(box); // whoever comes with Tab
      }
      choose(box);
      visited = true;
      keep();
    }
  });
  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const box = event.target === frame ? null : boxOf(event.target);
    const size = {
      "+": () => zoomBy(1.25),
      "=": () => zoomBy(1.25),
      "-": () => zoomBy(0.8),
      0: fit,
    }[event.key];
    const step = box && STEPS[event.key];
    if (size) {
      size();
    } else if (step) {
      const next = step(box);
      if (next) {
        next.element.focus({ preventScroll: true });
        centre(next);
      }
    } else if (box && event.key === " " && box.below.length) {
      fold(box);
    } else {
      return;
    }
    event.preventDefault();
  });

  // -- what is shown: folded, near the chosen point, fitting the filters --

  const field = (name) => form.elements[name]?.value;
  const around = (start, steps) => {
    let found = new Set([start]);
    for (let step = 0; step < steps; step++) {
      found = new Set([...found].flatMap((box) => [box, ...box.near]));
    }
    return found;
  };
  const fits = (box) =>
    ["by", "kind", "status"].every((name) => {
      const wanted = field(name);
      return !wanted || box.element.dataset[name]?.split(" ").includes(wanted);
    });
  const show = () => {
    const steps = Number(field("steps"));
    heart = steps ? (heart ?? chosen) : null;
    const near = steps ? around(heart, steps) : null;
    for (const box of boxes) {
      const hung = box.ups.length > 0 && box.ups.every((up) => up.off || up.folded);
      box.off = near ? !near.has(box) : hung;
      box.element.classList.toggle("off", box.off);
      box.element.classList.toggle("dim", !fits(box));
      box.element.classList.toggle("chosen", box === heart);
      if (box.knob) {
        box.knob.lastChild.textContent = box.folded ? "+" : "−";
      }
      if (box.below.length) {
        box.element.setAttribute("aria-expanded", !box.folded);
      }
      box.small.setAttribute("class", box.element.getAttribute("class"));
    }
    for (const arrow of arrows) {
      arrow.element.classList.toggle(
        "off",
        arrow.ends.some((box) => box.off),
      );
      arrow.element.classList.toggle(
        "dim",
        arrow.ends.some((box) => !fits(box)),
      );
    }
    if (chosen?.off) {
      choose(STEPS.Home());
    }
    close();
    look();
    hits = [...named.values()].filter((box) => !box.off && fits(box));
    const told = form.querySelector("[data-told]");
    const [some, none] = told.dataset.told.split("|");
    told.textContent =
      hits.length < named.size
        ? (hits.length ? some : none).replace("{n}", hits.length).replace("{all}", named.size)
        : "";
  };
  const seek = () => {
    if (hits.length && hits.length < named.size && !hits.some(inView)) {
      centre(hits[0]);
    }
  };
  const fold = (box) => {
    const before = box.element.getBoundingClientRect();
    box.folded = !box.folded;
    show();
    const after = box.element.getBoundingClientRect();
    frame.scrollBy(after.left - before.left, after.top - before.top);
    keep();
  };

  // Rows (of each band) and columns with no box or line any more become narrow.
  const band = (box) => (box.ups[0] ? band(box.ups[0]) : box.x);
  const narrowed = (those, at, size, gap) => {
    const there = those.filter((box) => !box.off);
    if (there.length === those.length) {
      return (value) => value;
    }
    const stretches = [];
    let end = 0,
      moved = 0;
    for (const box of there.sort((a, b) => a[at] - b[at])) {
      if (box[at] > end || !stretches.length) {
        moved += Math.max(0, box[at] - end - (stretches.length ? gap : 0));
        stretches.push({ from: box[at], moved });
      }
      end = Math.max(end, box[at] + box[size]);
      stretches.at(-1).end = end;
    }
    return (value) => {
      const within = stretches.findLast(({ from }) => from <= value);
      return within ? Math.min(value, within.end + gap) - within.moved : 0;
    };
  };
  const bent = (d, across, down) => {
    let x = 0,
      y = 0,
      made = "";
    for (const [, letter, rest] of d.matchAll(/([MLHVhvqc])([-\d ]*)/g)) {
      const numbers = rest.match(/-?\d+/g).map(Number);
      const [at] = numbers;
      [x, y] = { M: numbers, L: numbers, H: [at, y], V: [x, at], h: [x + at, y], v: [x, y + at] }[letter] ?? [
        x + numbers.at(-2),
        y + numbers.at(-1),
      ];
      made += `${letter === "M" ? "M" : "L"}${across(x, letter)} ${down(y)}`;
    }
    return made;
  };
  const [whole, tall] = [wide, high];
  const close = () => {
    const some = boxes.some((box) => box.off),
      columns = [...boxes],
      rows = Map.groupBy(boxes, band);
    for (const { element, ends, paths } of arrows) {
      if (!element.classList.contains("off")) {
        bent(
          paths[0].d,
          (x, letter) => letter === "h" || columns.push({ x, width: 0 }),
          (y) => rows.get(band(ends[0])).push({ y, height: 0 }),
        );
      }
    }
    const across = narrowed(columns, "x", "width", 62);
    const downs = new Map([...rows].map(([x, those]) => [x, narrowed(those, "y", "height", 12)]));
    let lowest = 0;
    for (const [x, those] of rows) {
      for (const one of those) {
        lowest = one.off ? lowest : Math.max(lowest, downs.get(x)(one.y) + one.height);
      }
    }
    for (const box of boxes) {
      const [x, y] = [across(box.x), downs.get(band(box))(box.y)];
      box.element.setAttribute("transform", `translate(${x} ${y})`);
      set(box.small, { x, y });
    }
    for (const {
      ends,
      paths: [line, ...marks],
    } of arrows) {
      const down = downs.get(band(ends[0]));
      line.path.setAttribute("d", some ? bent(line.d, across, down) : line.d);
      for (const { path, d } of marks) {
        const [x, y] = d.match(/\d+/g).map(Number);
        path.setAttribute("transform", `translate(${across(x) - x} ${down(y) - y})`);
      }
    }
    for (const whole of document.querySelectorAll(".map .p, .pieces")) {
      whole.classList.toggle("off", some);
    }
    [wide, high] = some ? [across(whole) - 2 * left, lowest - 2 * top] : [whole, tall];
    for (const picture of [svg, mini]) {
      picture.setAttribute("viewBox", `${left} ${top} ${wide} ${high}`);
    }
    svg.style.width = `${wide * zoom}px`;
  };
  const LEGIBLE = 0.6; // with letters of seven pixels
  const focus = () => {
    const last = heart;
    show();
    const point = heart ?? last;
    if (point) {
      zoomTo(Math.max(zoom, LEGIBLE, fitting()));
      centre(point, "auto");
    }
    seek();
    keep();
  };

  const knobs = () => {
    for (const box of boxes.filter((one) => one.below.length)) {
      const knob = drawn("g", { class: "knob", transform: `translate(${box.width} ${box.height})` });
      knob.append(drawn("circle", { r: 13 }), drawn("circle", { r: 8 }), drawn("text", {}));
      knob.addEventListener("click", (event) => {
        event.preventDefault();
        event.stopPropagation();
        fold(box);
      });
      box.knob = knob;
      box.element.append(knob);
    }
  };

  // -- the address keeps what is shown --

  let ready = false;
  const keep = () => {
    if (!ready) {
      return;
    }
    const { id } = heart?.element ?? document.activeElement;
    const parts = named.has(id) ? [id] : [];
    for (const { name, value } of form.elements) {
      if (value) {
        parts.push(`${name}=${encodeURIComponent(value)}`);
      }
    }
    const folded = boxes.filter((box) => box.folded).map((box) => box.number);
    if (folded.length) {
      parts.push(`fold=${folded}`);
    }
    if (Math.abs(zoom - 1) > 0.01) {
      parts.push(`zoom=${zoom.toFixed(2)}`);
    }
    history.replaceState(history.state, "", `#${parts.join("&")}`);
  };
  const arrive = () => {
    stage.scrollIntoView({ block: "nearest" });
    centre(chosen, "auto");
    if (chosen.ups[0]) {
      reveal(chosen.ups[0]);
      if (!inView(chosen)) {
        centre(chosen, "auto");
      }
    }
  };
  const open = (address) => {
    const asked = new URLSearchParams(new URL(address).hash.slice(1).replace(/^([^&=]+)(?=&|$)/, "at=$1"));
    const id = asked.get("at") || "";
    // A point is asked for as the pages do it, or by its id; other places are no points.
    const other = !id || document.getElementById(id);
    const at = named.get(id) ?? (other ? null : named.get(`n-${id}`));
    for (const choice of form.elements) {
      choice.value = asked.get(choice.name) || "";
    }
    const folded = (asked.get("fold") || "").split(",");
    for (const box of boxes) {
      box.folded = folded.includes(String(box.number));
    }
    heart = null;
    if (at) {
      choose(at);
    }
    show();
    zoomTo(Number(asked.get("zoom")) || 1);
    const lost = form.querySelector(".lost");
    lost.hidden = other || at;
    lost.querySelector("a").href = `${lost.dataset.nodes}${encodeURIComponent(id.replace(/^n-/, ""))}.html#map`;
    if (at) {
      chosen.element.focus({ preventScroll: true });
      arrive();
      requestAnimationFrame(arrive);
    } else {
      seek();
    }
  };

  // -- the small map --

  const mini = drawn("svg", { class: "mini", viewBox: `${left} ${top} ${wide} ${high}`, "aria-hidden": "true" });
  const seen = drawn("rect", { class: "seen" });
  let wrapped = matchMedia("(max-width: 40rem)").matches; // on a phone it would cover the map
  const look = () => {
    const whole = svg.getBoundingClientRect(),
      part = frame.getBoundingClientRect();
    const scale = wide / whole.width;
    const all = frame.scrollWidth <= frame.clientWidth + 1 && frame.scrollHeight <= frame.clientHeight + 1;
    mini.classList.toggle("off", all || wrapped);
    set(seen, {
      x: left + Math.max(0, part.left - whole.left) * scale,
      y: top + Math.max(0, part.top - whole.top) * scale,
      width: Math.min(wide, frame.clientWidth * scale),
      height: Math.min(high, frame.clientHeight * scale),
    });
  };
  const shrink = () => {
    for (const box of boxes) {
      box.small = drawn("rect", { width: box.width, height: box.height });
      mini.append(box.small);
    }
    mini.append(seen);
    const go = (event) => {
      if (!(event.buttons & 1)) {
        return;
      }
      event.preventDefault();
      const part = mini.getBoundingClientRect();
      frame.scrollTo(
        ((event.clientX - part.left) / part.width) * wide * zoom - frame.clientWidth / 2,
        ((event.clientY - part.top) / part.height) * high * zoom - frame.clientHeight / 2,
      );
    };
    mini.addEventListener("pointerdown", go);
    mini.addEventListener("pointermove", go);
    stage.append(mini);
    const switched = button(smallMap, () => {
      wrapped = !wrapped;
      switched.setAttribute("aria-pressed", !wrapped);
      look();
    });
    switched.setAttribute("aria-pressed", !wrapped);
    tools.append(switched);
  };

  // -- downloads: every shape with its looks, so that a picture needs no stylesheet --

  const LINE = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap"];
  const LOOKS = {
    rect: [...LINE, "width", "height", "rx"],
    path: LINE,
    text: ["fill", "font-size", "font-family", "font-weight", "text-anchor"],
  };
  const copied = (shape) => {
    const looks = getComputedStyle(shape),
      { e, f } = placeOf(shape),
      copy = shape.cloneNode(true);
    copy.setAttribute("transform", `translate(${e} ${f})`);
    copy.setAttribute("opacity", looks.opacity * getComputedStyle(shape.parentNode).opacity);
    for (const name of LOOKS[shape.localName]) {
      copy.setAttribute(name, looks.getPropertyValue(name));
    }
    const href = boxOf(shape)?.element.href?.baseVal;
    if (!href) {
      return copy;
    }
    const link = drawn("a", { href: new URL(href, location.href).href });
    link.append(copy);
    return link;
  };
  const asSvg = (scale = 1) => {
    const view = { x: left, y: top, width: wide, height: high },
      made = drawn("svg", { viewBox: Object.values(view).join(" "), width: wide * scale, height: high * scale }),
      shapes = [...svg.querySelectorAll("rect, path, text")].filter((shape) => !shape.closest(".off, .knob"));
    made.append(drawn("rect", { ...view, fill: getComputedStyle(document.body).backgroundColor }));
    made.append(...shapes.map(copied));
    return new Blob([new XMLSerializer().serializeToString(made)], { type: "image/svg+xml" });
  };
  const asPng = async () => {
    const scale = Math.min(2, Math.sqrt(1e8 / (wide * high)), 16000 / wide, 16000 / high);
    const canvas = html("canvas", { width: Math.ceil(wide * scale), height: Math.ceil(high * scale) });
    const picture = new Image();
    picture.src = `data:image/svg+xml,${encodeURIComponent(await asSvg(scale).text())}`;
    await picture.decode();
    canvas.getContext("2d").drawImage(picture, 0, 0);
    return new Promise((done) => canvas.toBlob(done));
  };
  const save = async (picture, ending) => {
    const href = URL.createObjectURL(await picture());
    const name = location.pathname.replace(/.*\/|\.html$/g, "") || "map";
    html("a", { href, download: `${name}.${ending}` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 1000);
  };

  // -- the buttons --

  const button = (label, onclick, shown = label) =>
    html("button", { type: "button", title: label, ariaLabel: label, onclick }, shown);
  const tools = html(
    "div",
    { className: "tools" },
    button(zoomIn, () => zoomBy(1.25), "+"),
    button(zoomOut, () => zoomBy(0.8), "−"),
    button(fitAll, fit),
    button(fullScreen, () => (document.fullscreenElement ? document.exitFullscreen() : stage.requestFullscreen())),
    button(saveSvg, () => save(asSvg, "svg")),
    button(savePng, () => save(asPng, "png")),
  );
  tools.children[3].hidden = !document.fullscreenEnabled;
  stage.prepend(tools);

  if (form) {
    tools.after(form);
    form.hidden = false;
    form.addEventListener("change", focus);
    form.addEventListener("reset", () =>
      setTimeout(() => {
        for (const box of boxes) {
          box.folded = false;
        }
        focus();
      }),
    );
    frame.addEventListener("click", (event) => {
      const box = heart && svg.contains(event.target) ? boxOf(event.target) : null;
      if (!box || box === heart || event.ctrlKey || event.metaKey) {
        return;
      }
      event.preventDefault();
      heart = box;
      choose(box);
      focus();
    });
  }
  frame.addEventListener("scroll", look);
  addEventListener("resize", look);
  choose(links[0]);
  if (sheet) {
    shrink();
    knobs();
    open(location.href);
    ready = true;
    addEventListener("hashchange", (event) => open(event.newURL));
  }
})();
