// The filters of the list of disagreements, over all its pages.
(() => {
  "use strict";

  const { finding } = window;
  const { element } = finding;
  const form = document.querySelector("form.filter");
  const NAMES = ["state", "by", "waits", "topic"];
  const MOST = 50; // rows of other pages

  /** Fill the choices, and choose what the address says. */
  function fill(held) {
    const asked = new URLSearchParams(location.search);
    const groups = [
      ["unsettled", held.say.unsettled],
      ["settled", held.say.settled],
    ];
    const named = (place) => held.by.filter((_, at) => held.rows.some((row) => row[place].includes(at)));
    const choices = { ...held, state: [...groups, ...held.state], by: named(2), waits: named(3) };
    for (const name of NAMES) {
      const options = choices[name].map(([value, text]) => element("option", { value }, text));
      form.elements[name].append(...options);
      form.elements[name].value = asked.get(name) ?? "";
      form.elements[name].selectedIndex = Math.max(0, form.elements[name].selectedIndex);
    }
  }

  /** Whether a row has what is chosen. */
  function fits([, state, by, waits, topic], chosen, held) {
    const at = (list, value) => list.findIndex(([name]) => name === value);
    const settled = held.settled.includes(state);
    return (
      (!chosen.state ||
        held.state[state][0] === chosen.state ||
        chosen.state === (settled ? "settled" : "unsettled")) &&
      (!chosen.by || by.includes(at(held.by, chosen.by))) &&
      (!chosen.waits || waits.includes(at(held.by, chosen.waits))) &&
      (!chosen.topic || held.topic[topic][0] === chosen.topic)
    );
  }

  /** A disagreement on another page, in a line. */
  async function row([id, state], number, held) {
    const page = Math.floor(number / held.page) + 1;
    const href = new URL(page === 1 ? "open.html" : `open.${page}.html`, finding.root);
    const [, , name, text] = (await finding.at(`nodes/${id}.html`)) ?? [];
    const settled = held.settled.includes(state) ? "settled" : "open";
    const by = element(
      "p",
      { className: "by" },
      element("span", { className: `state ${settled}` }, held.state[state][1]),
    );
    const link = element("a", { href: `${href}${location.search}#d-${id}`, dir: "auto" }, name || text || id);
    return element("li", { className: "dispute" }, by, element("p", { className: "point" }, link));
  }

  let turn = 0;

  /** Show what fits, say how much that is, and write down what was chosen. */
  async function apply(held) {
    const now = ++turn;
    const chosen = Object.fromEntries(
      NAMES.map((name) => [name, form.elements[name].value]).filter(([, value]) => value),
    );
    const query = new URLSearchParams(chosen).toString();
    history.replaceState(history.state, "", `${location.pathname}${query && "?"}${query}${location.hash}`);
    const found = held.rows.map((row, number) => [row, number]).filter(([row]) => fits(row, chosen, held));
    const wanted = new Set(found.map(([[id]]) => `d-${id}`));
    const sections = [...document.querySelectorAll("section.question")];
    for (const section of sections) {
      section.hidden = !wanted.has(section.id);
    }
    for (const group of document.querySelectorAll("main > section:has(> .question)")) {
      group.hidden = !group.querySelector(".question:not([hidden])");
    }
    for (const pages of document.querySelectorAll("nav:has(> .parts)")) {
      pages.hidden = Boolean(query);
    }
    const here = new Set(sections.map((section) => section.id));
    const others = query ? found.filter(([[id]]) => !here.has(`d-${id}`)) : [];
    const told = found.length ? held.say.told : held.say.nothing;
    form.querySelector("[role=status]").textContent = query
      ? told.replace("{n}", found.length).replace("{all}", held.rows.length)
      : "";
    const lines = await Promise.all(others.slice(0, MOST).map(([line, number]) => row(line, number, held)));
    if (now === turn) {
      if (others.length > MOST) {
        lines.push(element("li", {}, held.say.more.replace("{n}", others.length - MOST)));
      }
      const list = document.querySelector(".elsewhere");
      list.hidden = !others.length;
      list.querySelector("ul").replaceChildren(...lines);
    }
  }

  (async () => {
    const held = await finding.part("disputes");
    fill(held);
    form.hidden = false;
    form.addEventListener("change", () => apply(held));
    form.addEventListener("reset", () => setTimeout(apply, 0, held));
    form.addEventListener("submit", (event) => event.preventDefault());
    await apply(held);
  })();
})();
