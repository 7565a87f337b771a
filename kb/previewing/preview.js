// Keeps a page of the preview up to date, and shows what is wrong in the files. Only the server of `kb serve` adds it to pages.
(() => {
  "use strict";

  const own = document.currentScript;
  const { page, print } = own.dataset;
  const memory = `kb-preview:${page}`;
  let panel;

  function element(name, words, kind) {
    const made = document.createElement(name);
    if (words) {
      made.textContent = words;
    }
    if (kind) {
      made.className = kind;
    }
    return made;
  }

  // -- where the reader was -----------------------------------------------------------------------------------------------

  function remember() {
    const open = [...document.querySelectorAll("details")].map((found) => found.open);
    try {
      sessionStorage.setItem(memory, JSON.stringify({ x: scrollX, y: scrollY, open }));
    } catch {
      // Without a memory the page begins at its top.
    }
  }

  function restore() {
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(memory));
      sessionStorage.removeItem(memory);
    } catch {
      // As above.
    }
    if (kept === null) {
      return;
    }
    const all = document.querySelectorAll("details");
    if (all.length === kept.open.length) {
      all.forEach((found, index) => {
        found.open = kept.open[index];
      });
    }
    scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
  }

  // -- what is wrong ------------------------------------------------------------------------------------------------------

  function entry(note, words) {
    const made = element("li", "", note.severity);
    if (note.here) {
      made.append(element("b", words.here), " ");
    }
    made.append(element("code", note.where), " ", element("span", note.message));
    if (note.rule) {
      made.append(" ", element("small", `[${note.rule}]`));
    }
    if (note.help) {
      made.append(element("p", note.help));
    }
    if (note.page && !note.here) {
      const link = element("a", note.page);
      link.href = `/${note.page}`;
      made.append(" ", link);
    }
    return made;
  }

  function show(told) {
    const { notes, stale, words } = told;
    const wasOpen = panel ? panel.querySelector("details").open : false;
    panel?.remove();
    panel = undefined;
    if (notes.length === 0) {
      return;
    }
    panel = element("section", "", stale ? "kb-preview stale" : "kb-preview");
    panel.setAttribute("aria-label", words.name);
    const details = element("details");
    details.open = stale || wasOpen;
    const summary = element("summary");
    const counts = element("span", words.counts);
    counts.setAttribute("role", "status");
    summary.append(counts);
    const list = element("ul");
    list.append(...notes.map((note) => entry(note, words)));
    details.append(summary);
    for (const said of [words.stale, words.left].filter(Boolean)) {
      details.append(element("p", said));
    }
    details.append(list);
    if (words.more) {
      details.append(element("p", words.more));
    }
    panel.append(details);
    document.body.append(panel);
  }

  // -- what is new --------------------------------------------------------------------------------------------------------

  let events;
  let ended = "";

  function hear(event) {
    const told = JSON.parse(event.data);
    ended = told.words.ended;
    if (told.print !== print) {
      remember();
      location.reload();
    } else {
      show(told);
    }
  }

  function miss() {
    if (ended) {
      show({ notes: [], stale: false, words: {} });
    }
    if (ended && !panel) {
      panel = element("section", ended, "kb-preview");
      panel.setAttribute("role", "status");
      document.body.append(panel);
    }
  }

  // Only while somebody looks: a browser keeps six connections to a server, and a tab behind others would hold one for nothing.
  function listen() {
    events?.close();
    if (document.visibilityState === "visible") {
      events = new EventSource(`/.kb/events?page=${encodeURIComponent(page)}`);
      events.addEventListener("message", hear);
      events.addEventListener("error", miss);
    }
  }

  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => events?.close());
  listen();
  restore();
})();
