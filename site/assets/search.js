// The search in the index of kb/companions/search.py; loaded by find.js.
(() => {
  "use strict";

  const { finding } = window;
  const { element } = finding;
  const PAUSE = 100; // milliseconds without a key before the index is asked
  const SHARES = 4; // of the index, that one word may load
  const NEAR_SHARES = 8; // in which similar words are looked for, where there is no such word
  const SHOWN = { points: 8 };
  const SHOWN_OTHERS = 3;
  const MORE = 20;
  const AROUND = 70; // characters of a text before the first word that matched
  const LONGEST = 240;
  const EXACTLY = 50; // weighs more than all words together
  const ABOUT = 0.5; // of pages: who searches looks for points
  const WEIGHTS = [3, 1.7, 1]; // of a word in an id, a name and a text

  // -- words of the index --

  /** The lines of the index from a word to another, of so many files at most, those nearest to `near`. */
  async function lines(from, to, most, near = from) {
    const { words } = await finding.part("start");
    const start = words.findLastIndex((first) => first <= from);
    const end = words.findLastIndex((first) => first <= to);
    const home = words.findLastIndex((first) => first <= near);
    const begin = Math.max(start, Math.min(home - (most >> 1), end - most + 1));
    const numbers = Array.from({ length: Math.min(end, begin + most - 1) - begin + 1 }, (_, i) => begin + i);
    const parts = await Promise.all(numbers.map((number) => finding.part(`words-${number}`)));
    return parts.flatMap((part) => part.split("\n"));
  }

  /** A line of the index: a word, the numbers of what has it, by where, and of a common word how many have it. */
  function entry(line) {
    const [word, lists, common] = line.split(" ");
    return { word, lists, common };
  }

  function numbers(list) {
    let last = 0;
    return list ? list.split(",").map((step) => (last += Number.parseInt(step, 36))) : [];
  }

  /** How many letters to change, add, leave out or swap make what was typed a word or its beginning. */
  function distance(typed, word, most) {
    let [before, last] = [[], Array.from({ length: word.length + 1 }, (_, i) => i)];
    for (let i = 1; i <= typed.length; i++) {
      const row = [i];
      for (let j = 1; j <= word.length; j++) {
        const same = typed[i - 1] === word[j - 1];
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1]) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      if (Math.min(...row) > most) {
        return most + 1;
      }
      [before, last] = [last, row];
    }
    return Math.min(...last.slice(typed.length));
  }

  /** A single letter says nothing of what it may begin, unless it is a whole word already. */
  function isLetter(typed) {
    return [...typed].length < 2 && typed < "\u0e00";
  }

  /** The words of the index that something typed can mean, each with how well it does. */
  async function meant(typed) {
    const alone = isLetter(typed);
    const end = alone ? typed : `${typed}\uffff`;
    const found = (await lines(typed, end, SHARES))
      .map(entry)
      .filter(({ word }) => (alone ? word === typed : word.startsWith(typed)))
      .map((line) => ({ ...line, fit: line.word === typed ? 1 : 0.4 + (0.4 * typed.length) / line.word.length }));
    return found.length ? found : similar(typed);
  }

  /** Words that hold what was typed; else those that it may be misspelt for. */
  async function similar(typed) {
    const near = async (from, home) =>
      (await lines(from, `${from}\uffff`, NEAR_SHARES, home)).map(entry).filter(({ word }) => !/[-./]/.test(word));
    const within = typed[4] ? (await near("", typed)).filter(({ word }) => word.includes(typed)) : [];
    const most = within[0] ? 0 : typed[7] ? 2 : typed[3] ? 1 : 0;
    const beginnings = most ? [...new Set(typed.slice(0, 2))] : [];
    const found = (await Promise.all(beginnings.map((b) => near(b, b === typed[0] ? typed : b))))
      .flat()
      .filter(({ word }) => word.length >= typed.length - most)
      .map((line) => ({ ...line, far: distance(typed, line.word, most) }));
    const nearest = Math.min(most, ...found.map(({ far }) => far));
    return [...within, ...found.filter(({ far }) => far === nearest)].map((line) => ({
      ...line,
      fit: 0.4 / (nearest || 1),
      other: true,
    }));
  }

  // -- things --

  /** The things that a word finds, by weight. A common word finds nothing alone: it only adds. */
  function weighed(found, total) {
    const weights = new Map();
    const lines = found.map((line) => ({ ...line, lists: (line.lists ?? "").split("|").map(numbers) }));
    const size = ({ lists, common }) =>
      common ? Number.parseInt(common, 36) : lists.reduce((sum, list) => sum + list.length, 1);
    const all = lines.reduce((sum, line) => sum + size(line), 0);
    for (const line of lines) {
      const exact = line.fit === 1;
      const rare = Math.log(1 + total / (exact ? size(line) : all)) * line.fit; // a rare word is no better for being one of many
      for (const [where, list] of line.lists.entries()) {
        for (const number of list) {
          weights.set(number, Math.max(weights.get(number) ?? 0, rare * (where || exact ? WEIGHTS[where] : 1)));
        }
      }
    }
    return { weights, common: found.some((line) => line.common) };
  }

  /** The weights of things that have all words; if none has, some. */
  function joined(parts) {
    const sums = new Map();
    for (const { weights } of parts) {
      for (const [number, weight] of weights) {
        const sum = sums.get(number) ?? { weight: 0, words: 0 };
        sums.set(number, { weight: sum.weight + weight, words: sum.words + 1 });
      }
    }
    const needed = parts.filter((part) => !part.common);
    const all = [...sums].filter(([number]) => needed.every((part) => part.weights.has(number)));
    const chosen = all.length
      ? all
      : [...sums].map(([n, s]) => [n, { ...s, weight: s.weight * (s.words / parts.length) ** 2 }]);
    return { whole: all.length > 0, weights: new Map(chosen.map(([number, { weight }]) => [number, weight])) };
  }

  /** The weights of things whose id is one of some words or begins with it. */
  async function called(names) {
    const weights = new Map();
    for (const name of names.filter((one) => /^\S+$/.test(one))) {
      for (const { word, lists } of (await lines(name, `${name}\uffff`, SHARES)).map(entry)) {
        if (word.startsWith(name)) {
          for (const number of numbers(lists.split("|")[0])) {
            weights.set(number, (weights.get(number) ?? 0) + (word === name ? EXACTLY : 0.5));
          }
        }
      }
    }
    return weights;
  }

  /** What was asked for: the numbers of things by group, the best first, and the words meant. */
  async function find(query) {
    const { groups, total } = await finding.part("start");
    const typed = [...new Set(finding.words(query))];
    const found = await Promise.all(typed.map(meant));
    const said = joined(found.map((lines) => weighed(lines, total)));
    const others = new Set(found.flat().flatMap(({ word, other }) => (other ? [word] : [])));
    const named = await called(others.size && !typed[1] ? [...others] : [query.trim().toLowerCase()]);
    const weights = said.whole || !named.size ? said.weights : new Map();
    for (const [number, weight] of named) {
      weights.set(number, (weights.get(number) ?? 0) + weight);
    }
    const ranked = groups.map(([group, base, files], index) => {
      const end = groups[index + 1]?.[1] ?? 1e9;
      const rows = [...weights]
        .filter(([number]) => number >= base && number < end)
        .map(([number, weight]) => [number, weight + 4 / (4 + Math.floor((number - base) / files))])
        .sort(([a, x], [b, y]) => y - x || a - b);
      const best = (rows[0]?.[1] ?? 0) * (group === "pages" ? ABOUT : 1);
      return { group, base, files, best, numbers: rows.map(([number]) => number) };
    });
    ranked.sort((a, b) => b.best - a.best);
    return { whole: said.whole || named.size > 0, typed, others, ranked: ranked.filter((group) => group.best) };
  }

  /** What is known of a thing. */
  async function thing({ group, base, files }, number) {
    const file = (number - base) % files;
    return (await finding.part(`${group}-${file}`))[Math.floor((number - base) / files)];
  }

  // -- what is shown --

  /** Where a text has the words meant, from and to; of a run without spaces its letters two by two, as one. */
  function matches(text, { typed, others }) {
    const meant = (word) =>
      others.has(word) || typed.some((begin) => word === begin || (!isLetter(begin) && word.startsWith(begin)));
    const found = [];
    const look = (part, index) => {
      if (finding.words(part).some(meant)) {
        const begin = found.at(-1)?.[1] >= index ? found.pop()[0] : index;
        found.push([begin, index + part.length]);
      }
    };
    for (const { 0: run, index } of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
      const letters = [...run.matchAll(finding.words(run).length > 1 ? /./gsu : /.+/gsu)];
      for (const [i, letter] of letters.entries()) {
        look(letter[0] + (letters[i + 1]?.[0] ?? ""), index + letter.index);
      }
    }
    return found;
  }

  /** A text with its matches marked; a long one from just before the first. */
  function marked(text, asked, longest) {
    const found = matches(text, asked);
    const [first] = found[0] ?? [0];
    const near = text.length > longest && first > AROUND ? first - AROUND : 0;
    const space = text.indexOf(" ", near) + 1;
    const cut = near && space && space <= first ? space : near;
    const last = text.length - cut > longest ? text.lastIndexOf(" ", cut + longest) : text.length;
    const end = last > cut + AROUND ? last : cut + longest;
    const parts = [cut ? "… " : ""];
    let at = cut;
    for (const [from, to] of found.filter(([, to]) => to <= end)) {
      parts.push(text.slice(at, from), element("mark", {}, text.slice(from, to)));
      at = to;
    }
    return [...parts, text.slice(at, end), end < text.length ? "…" : ""];
  }

  function option(row, asked, say) {
    const shown = (words, long) => marked(words, asked, long ? LONGEST : 1e9);
    const href = new URL(row[0], finding.root).href;
    return element("a", { href, role: "option", tabIndex: -1 }, ...finding.brief(row, say, shown));
  }

  class Search {
    constructor(say) {
      this.say = say;
      this.turn = 0;
      this.input = element("input", { type: "text", role: "combobox", placeholder: say.hint });
      this.input.autocomplete = "off";
      this.input.spellcheck = false;
      this.input.enterKeyHint = "go";
      this.input.ariaLabel = say.search;
      this.input.ariaAutoComplete = "list";
      this.input.ariaExpanded = "false";
      this.input.setAttribute("aria-controls", "found");
      this.told = element("p", { className: "told", role: "status" });
      this.list = element("div", { id: "found", role: "listbox", tabIndex: -1 });
      this.list.ariaLabel = say.results;
      const close = element("button", { type: "button", onclick: () => this.dialog.close() }, "\u00d7");
      close.ariaLabel = say.close;
      const slash = element("input", { type: "checkbox", checked: finding.slash() });
      slash.onchange = () => finding.slash(slash.checked);
      const foot = element(
        "p",
        { className: "keys" },
        element("label", {}, slash, say.slash),
        element("span", {}, say.keys),
      );
      this.dialog = element(
        "dialog",
        { className: "search" },
        element("div", {}, this.input, close),
        this.told,
        this.list,
        foot,
      );
      this.dialog.ariaLabel = say.search;
      this.input.addEventListener("input", () => this.wait());
      this.input.addEventListener("keydown", (event) => this.press(event));
      this.list.addEventListener("click", (event) => this.follow(event));
      this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
      this.dialog.addEventListener("close", () => this.remember(""));
      document.body.append(this.dialog);
    }

    open(query) {
      if (!this.dialog.open) {
        this.dialog.showModal();
      }
      if (query !== undefined) {
        this.input.value = query;
      }
      this.input.select();
      return this.ask();
    }

    /** The search in the address, to be shared and to come back with the page. */
    remember(query) {
      const url = new URL(location.href);
      url.searchParams.delete("q");
      if (query) {
        url.searchParams.set("q", query);
      }
      history.replaceState(history.state, "", url);
    }

    wait() {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.ask(), PAUSE);
    }

    /** Find what is typed now; an answer that comes after a later one is dropped. */
    async ask(shown = {}) {
      const query = this.input.value;
      const turn = ++this.turn;
      const asked = await find(query);
      const groups = await Promise.all(
        asked.ranked.map(async (group) => {
          const most = shown[group.group] ?? (asked.ranked.length > 1 ? (SHOWN[group.group] ?? SHOWN_OTHERS) : MORE);
          return {
            ...group,
            rows: await Promise.all(group.numbers.slice(0, most).map((number) => thing(group, number))),
          };
        }),
      );
      if (turn === this.turn && this.dialog.open) {
        this.show(query, asked, groups, shown);
        this.remember(query);
        this.answered = query;
      }
    }

    show(query, asked, groups, shown) {
      const count = groups.reduce((sum, group) => sum + group.numbers.length, 0);
      const told = count ? (asked.whole ? this.say.found : this.say.some) : this.say.none;
      this.told.textContent = asked.typed.length ? told.replace("{n}", count).replace("{query}", () => query) : "";
      this.list.replaceChildren(...groups.map((group) => this.section(group, asked, shown)));
      this.input.ariaExpanded = String(count > 0);
      this.choose(null);
      for (const [number, made] of this.options().entries()) {
        made.id = `found-${number}`;
      }
    }

    section(group, asked, shown) {
      const head = element("p", { className: "head", id: `found-in-${group.group}` }, this.say.groups[group.group]);
      const made = element("div", { role: "group" }, head, ...group.rows.map((row) => option(row, asked, this.say)));
      made.setAttribute("aria-labelledby", head.id);
      const rest = group.numbers.length - group.rows.length;
      if (rest) {
        const more = element("div", { role: "option", className: "more" }, this.say.more.replace("{n}", rest));
        more.onclick = () => this.ask({ ...shown, [group.group]: group.rows.length + MORE });
        made.append(more);
      }
      return made;
    }

    options() {
      return [...this.list.querySelectorAll("[role=option]")];
    }

    choose(made) {
      this.chosen?.removeAttribute("aria-selected");
      this.chosen = made;
      if (made) {
        made.ariaSelected = "true";
        made.scrollIntoView({ block: "nearest" });
        this.input.setAttribute("aria-activedescendant", made.id);
      } else {
        this.input.removeAttribute("aria-activedescendant");
      }
    }

    press(event) {
      const options = this.options();
      const at = options.indexOf(this.chosen);
      const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
      if (to !== undefined && options.length) {
        event.preventDefault();
        this.choose(at < 0 && to < 0 ? options.at(-1) : (options[to] ?? null));
      } else if (event.key === "Enter" && !event.isComposing) {
        this.enter(event);
      }
    }

    /** Open what is chosen, else the first result of what is typed by now. */
    async enter({ ctrlKey, metaKey }) {
      if (this.answered !== this.input.value) {
        await this.ask();
      }
      const chosen = this.chosen ?? this.options()[0];
      chosen?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey, metaKey }));
    }

    /** A result on this very page is only scrolled to: there the search closes. */
    follow(event) {
      const link = event.target.closest("a");
      if (link && link.href.split("#")[0] === location.href.replace(/[?#].*/, "")) {
        this.dialog.close();
      }
    }
  }

  let search;
  finding.search = async (query) => {
    const { say } = await finding.part("start");
    search ??= new Search(say);
    await search.open(query);
  };
})();
