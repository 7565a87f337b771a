// What finding needs on every page; pages opened from disk may load scripts and nothing else.
(() => {
  "use strict";

  const own = document.currentScript;
  const root = new URL("..", own.src);
  const held = new Map();
  const loading = new Map();

  /** Load a script of the site once. */
  function script(path) {
    if (!loading.has(path)) {
      const done = new Promise((resolve, reject) => {
        const made = document.createElement("script");
        made.src = new URL(path, root);
        made.onload = resolve;
        made.onerror = () => {
          loading.delete(path);
          made.remove();
          reject(new Error(path));
        };
        document.head.append(made);
      });
      loading.set(path, done);
    }
    return loading.get(path);
  }

  /** What a file of the index holds. */
  async function part(name) {
    if (!held.has(name)) {
      await script(`search/${name}.js`);
    }
    return held.get(name);
  }

  // -- words, as kb/publishing/folding.py has them --

  const ACCENTS =
    /[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f]|\u0670|[\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/g;
  const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\u{20000}-\u{3ffff}]+/gu;

  /** A text without case, accents and dots. */
  function fold(text) {
    return text.normalize("NFKD").toLowerCase().replace(ACCENTS, "").replaceAll("ß", "ss").replaceAll("ς", "σ");
  }

  /** Every two neighbours of a run of letters without spaces as a word. */
  function paired(run) {
    const letters = [...run];
    return letters.length < 2
      ? ` ${run} `
      : ` ${letters
          .slice(1)
          .map((letter, i) => letters[i] + letter)
          .join(" ")} `;
  }

  /** The words of a text, in its order. */
  function words(text) {
    return fold(text)
      .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ")
      .replace(UNSPACED, paired)
      .split(" ")
      .filter(Boolean);
  }

  // -- what stands at an address --

  const FOLDERS = { nodes: "points", people: "people", terms: "terms", sources: "sources", topics: "pages" };

  function checksum(text) {
    let sum = -1;
    for (const byte of new TextEncoder().encode(text)) {
      sum ^= byte;
      for (let bit = 0; bit < 8; bit++) {
        sum = (sum >>> 1) ^ (0xedb88320 & -(sum & 1));
      }
    }
    return ~sum >>> 0;
  }

  /** The address of a link from the root of the site, `nodes/a.html`; empty for one that leads elsewhere. */
  function place(link) {
    const href = link.getAttribute("href").replace(/^#n-(.+)/, `${root}nodes/$1.html`); // the same point, further up
    const url = new URL(href, document.baseURI).href.replace(/\?[^#]*/, "");
    return url.startsWith(root.href) ? url.slice(root.href.length) : "";
  }

  /** What the index knows of an address; of the page of a point it knows no places. */
  async function at(place) {
    const { groups } = await part("start");
    const address = place.startsWith("nodes/") ? place.split("#")[0] : place;
    const group = groups.find(([name]) => name === FOLDERS[address.split("/")[0]]);
    const rows = group?.[2] ? await part(`${group[0]}-${checksum(address) % group[2]}`) : [];
    return rows.find(([href]) => href === address);
  }

  // -- what is shown of it --

  /** An element with properties and what stands in it. */
  function element(name, properties, ...inside) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...inside);
    return made;
  }

  /** A thing in brief: a line about it, its name and its text, the words as `shown` has them. */
  function brief([, kind, name, text, people, status, points], say, shown = (words) => [words]) {
    const by = element("span", { className: "by" }, element("b", {}, say.kinds[kind]));
    if (people) {
      by.append(element("bdi", {}, ...shown(people)));
    }
    if (status) {
      by.append(element("span", { className: `status ${say.verdicts[status]} ${status}` }, say.statuses[status]));
    }
    if (points) {
      by.append(element("span", {}, points));
    }
    const lines = [by];
    if (name) {
      lines.push(element("span", { className: "name", dir: "auto" }, ...shown(name)));
    }
    if (text) {
      lines.push(element("span", { className: name ? "text" : "name", dir: "auto" }, ...shown(text, true)));
    }
    return lines;
  }

  const take = (name, value) => held.set(name, value);
  window.finding = { root, script, part, take, words, place, at, element, brief, slash };

  // -- opening the search --

  async function open(query) {
    try {
      await script("assets/search.js");
      await window.finding.search(query);
    } catch {
      location.href = new URL("nodes.html", root);
    }
  }

  const key = element("kbd", { ariaHidden: "true" }, "/");
  const button = element("button", { type: "button", className: "find", onclick: () => open() }, own.dataset.say, key);
  button.setAttribute("aria-keyshortcuts", "/ Control+K");
  document.querySelector(".top")?.append(button);

  /** Whether `/` opens the search: who speaks, or slips, may switch it off. */
  function slash(on) {
    try {
      if (on !== undefined) {
        localStorage.setItem("slash", on ? "on" : "off");
      }
      return localStorage.getItem("slash") !== "off";
    } catch {
      return true;
    }
  }
  document.addEventListener("keydown", (event) => {
    const writes = event.target.closest?.("input, textarea, select, [contenteditable]");
    const key = event.key.toLowerCase();
    const wanted =
      (key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !writes && slash()) ||
      (key === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey);
    if (wanted && !document.querySelector("dialog[open]")) {
      event.preventDefault();
      open();
    }
  });

  const asked = new URLSearchParams(location.search).get("q");
  if (asked) {
    open(asked);
  }

  // -- previews --

  let keyed = false; // a link that has the focus without anybody's doing has no preview
  document.addEventListener(
    "keydown",
    () => {
      keyed = true;
    },
    { capture: true, once: true },
  );

  async function wake(event) {
    const link = event.target.closest?.("a[href]");
    const touched = event.pointerType === "touch";
    if (
      link &&
      !touched &&
      (keyed || event.type !== "focusin") &&
      /^(nodes|people|terms|sources)\//.test(place(link)) &&
      !link.closest(".card .point, .search, .preview")
    ) {
      await script("assets/preview.js");
      window.finding.preview(link, event.type);
    }
  }
  document.addEventListener("pointerover", wake);
  document.addEventListener("focusin", wake);
})();
