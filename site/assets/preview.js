// A link to a point, a person or a term tells in a small card what is there. Loaded by find.js.
(() => {
  "use strict";

  const { finding } = window;
  const { element } = finding;
  const BEFORE = 350; // milliseconds until it comes, and until it goes
  const AFTER = 250;
  const FAR = 4; // times as long to get from a box to a corner of its map
  const GAP = 6;
  const MARGIN = 12;

  const card = element("div", { className: "preview", id: "preview", role: "tooltip", hidden: true });
  let link = null; // that the card is shown for, or will be
  let timer = 0;

  function hide() {
    clearTimeout(timer);
    if (link?.getAttribute("aria-describedby") === card.id) {
      link.removeAttribute("aria-describedby");
    }
    link = null;
    card.hidden = true;
  }

  function leave() {
    clearTimeout(timer);
    if (card.hidden) {
      hide();
    } else {
      timer = setTimeout(hide, link.closest(".frame") ? FAR * AFTER : AFTER);
    }
  }

  /** The page or a map moves under the card: it goes; one to come waits until all is still. */
  function moved(event) {
    if (card.contains(event.target)) {
      return;
    }
    if (card.hidden && link) {
      clearTimeout(timer);
      timer = setTimeout(show, BEFORE, link);
    } else {
      hide();
    }
  }

  /** Below the link, or above it where there is more room; of a box below its map, or in a corner of it. */
  function put() {
    const rows = link.getClientRects();
    const map = link.closest(".frame")?.getBoundingClientRect();
    const { top, bottom, left } = map ?? { top: rows[0].top, bottom: [...rows].at(-1).bottom, left: rows[0].left };
    const high = GAP + card.offsetHeight;
    const screen = window.innerHeight;
    let at = bottom + high <= screen || bottom < screen - top ? bottom + GAP : top - high;
    if (map && bottom + high > screen) {
      const [upper, lower] = [Math.max(top, 0) + GAP, Math.min(bottom, screen) - high];
      at = rows[0].top - upper - high > lower - rows[0].bottom ? upper : lower;
    }
    const widest = document.documentElement.clientWidth - card.offsetWidth - MARGIN;
    const { offsetParent: within } = card;
    const from = (within === document.body ? document.documentElement : within).getBoundingClientRect();
    card.style.left = `${Math.max(MARGIN, Math.min(left + (map ? GAP : 0), widest)) - from.left}px`;
    card.style.top = `${at - from.top}px`;
  }

  /** The senses of a word, each in a line of its own. */
  const senses = (words) => words.split(" · ").map((sense) => element("span", { className: "sense" }, sense));

  async function show(wanted) {
    const [row, { say }] = await Promise.all([finding.at(finding.place(wanted)), finding.part("start")]);
    if (row && link === wanted && wanted.isConnected) {
      card.replaceChildren(...finding.brief(row, say, row[1] === "term" ? senses : undefined));
      (document.fullscreenElement ?? document.querySelector("main")).append(card);
      card.hidden = false;
      put();
      if (!wanted.hasAttribute("aria-describedby")) {
        wanted.setAttribute("aria-describedby", card.id);
      }
    }
  }

  const gone = ({ target }) => target === link && leave();

  /** The pointer or the keyboard has come to a link. */
  finding.preview = (wanted, how) => {
    const here = finding.place({ getAttribute: () => location.href }).split("#")[0];
    wanted.addEventListener(how === "focusin" ? "blur" : "pointerleave", gone, { once: true });
    if (wanted === link) {
      clearTimeout(timer);
      timer = card.hidden ? setTimeout(show, BEFORE, wanted) : 0;
    } else if (
      finding.place(wanted).split("#")[0] !== here &&
      (how !== "focusin" || wanted.matches(":focus-visible"))
    ) {
      hide();
      link = wanted;
      timer = setTimeout(show, BEFORE, wanted);
    }
  };

  card.addEventListener("pointerenter", () => clearTimeout(timer));
  card.addEventListener("pointerleave", leave);
  document.addEventListener("scroll", moved, true);
  document.addEventListener("keydown", (event) => event.ctrlKey || event.metaKey || event.shiftKey || hide(), true);
  for (const acted of ["pointerdown", "wheel"]) {
    document.addEventListener(acted, (event) => card.contains(event.target) || hide());
  }
})();
