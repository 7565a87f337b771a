// A point as a citation, or as Markdown with links.
(() => {
  "use strict";
  const [cite, asMarkdown, done, select, paraphrased] = document.currentScript.dataset.say.split("|");
  const head = document.querySelector("article > .head");
  if (!head) {
    return;
  }
  const line = (element) => (element ? element.textContent.replace(/\s+/g, " ").trim() : "");
  const plain = (text) => text.replace(/[\\`*_[\]<>#|]/g, "\\$&");
  const linked = (element) => `[${plain(line(element))}](${element.href})`;

  const said = line(head.querySelector(".lead") || head.querySelector("h1"));
  const speakers = [...head.querySelectorAll(".by > span:first-of-type a")];
  const places = [...head.querySelectorAll(".where a")];
  const site = document.querySelector(".top .name");
  const canonical = document.querySelector("link[rel=canonical]");
  const address = canonical ? canonical.href : location.href.split("#")[0];

  // The words are the map's, not the speaker's: no quotation marks, and it is said whose they are.
  const view = line(head.querySelector(".by > span ~ span"));
  const rendered = paraphrased.replace("…", () => line(site)) + (view && ` (${view})`);

  function citation() {
    const who = [...speakers.map(line), rendered].join(", ");
    const where = places.map(line).join(", ");
    const text = where ? `${said.replace(/\.$/, "")} (${where}).` : said;
    return `${who}: ${text} ${address}`;
  }

  function markdown() {
    const who = [...speakers.map(linked), plain(rendered)].join(", ");
    const where = places.map(linked).join(", ");
    return `[${plain(said)}](${address}) — ${who}${where ? ` (${where})` : ""}\n`;
  }

  const box = document.createElement("p");
  box.className = "copy";
  const told = document.createElement("span");
  told.setAttribute("role", "status");

  async function copy(text) {
    told.textContent = "";
    try {
      await navigator.clipboard.writeText(text);
      told.textContent = done;
    } catch {
      // No clipboard here, or not for this page: what was to be copied is shown, and selected.
      const shown = document.createElement("textarea");
      shown.readOnly = true;
      shown.value = text;
      shown.setAttribute("aria-label", select);
      box.querySelector("textarea")?.remove();
      box.append(shown);
      shown.select();
      told.textContent = document.execCommand("copy") ? done : select;
    }
  }

  for (const [name, text] of [
    [cite, citation],
    [asMarkdown, markdown],
  ]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.addEventListener("click", () => copy(text()));
    box.append(button, " ");
  }
  box.append(told);
  head.append(box);
})();
