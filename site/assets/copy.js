// A point as a citation, or as Markdown with links.
(() => {
  "use strict";
  const { finding } = window;
  const [cite, asMarkdown, done, select, paraphrased] = document.currentScript.dataset.say.split("|");
  const head = document.querySelector("article > .head");
  if (!head) {
    return;
  }
  const line = (element) => (element ? element.textContent.replace(/\s+/g, " ").trim() : "");
  const plain = (text) => text.replace(/[\\`*_[\]<>#|&~$]/g, "\\$&");

  const said = line(head.querySelector(".lead") || head.querySelector("h1"));
  const speakers = [...head.querySelectorAll(".by > span:first-of-type a")];
  const places = [...head.querySelectorAll(".where a")];
  const address = (document.querySelector("link[rel=canonical]") || location).href.split("#")[0];
  const linked = (element) => `[${plain(line(element))}](${new URL(element.getAttribute("href"), address)})`;

  // The words are the map's: no quotation marks, and it is said whose they are.
  const view = [...head.querySelectorAll(".by > i, .by > span ~ span")].map(line).join(", ");
  const rendered = paraphrased.replace("…", () => line(document.querySelector(".top .name"))) + (view && ` (${view})`);

  function citation() {
    const who = [...speakers.map(line), rendered].join(", ");
    const where = places.map(line).join(", ");
    const text = where ? `${said.replace(/([^.])\.$/, "$1")} (${where}).` : said;
    return `${who}: ${text} ${address}`;
  }

  function markdown() {
    const who = [...speakers.map(linked), plain(rendered)].join(", ");
    const where = places.map(linked).join(", ");
    return `[${plain(said)}](${address}) — ${who}${where ? ` (${where})` : ""}\n`;
  }

  const box = finding.element("p", { className: "copy" });
  const told = finding.element("span", { role: "status" });

  async function copy(text) {
    told.textContent = "";
    try {
      await navigator.clipboard.writeText(text);
      told.textContent = done;
    } catch {
      // No clipboard, or not for this page: the text is shown, and selected.
      const shown = finding.element("textarea", { readOnly: true, value: text, ariaLabel: select });
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
    box.append(finding.element("button", { type: "button", onclick: () => copy(text()) }, name), " ");
  }
  box.append(told);
  head.append(box);
})();
