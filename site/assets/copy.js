// Two buttons under the head of a point or question: copy it as a citation, or as Markdown with links.
(() => {
  "use strict";
  const words = document.currentScript.dataset;
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

  function citation() {
    const who = speakers.map(line).join(", ");
    const where = places.map(line).join(", ");
    return `${who ? `${who}: ` : ""}${words.quoted.replace("…", () => said)}${where ? ` (${where})` : ""} — ${line(site)}, ${address}`;
  }

  function markdown() {
    const where = [...speakers, ...places].map(linked);
    return `> ${plain(said)}\n>\n> — ${[...where, `[${plain(line(site))}](${address})`].join(", ")}\n`;
  }

  const box = document.createElement("p");
  box.className = "copy";
  const told = document.createElement("span");
  told.setAttribute("role", "status");

  async function copy(text) {
    told.textContent = "";
    try {
      await navigator.clipboard.writeText(text);
      told.textContent = words.done;
    } catch {
      // No clipboard here, or not for this page: what was to be copied is shown, and selected.
      const shown = document.createElement("textarea");
      shown.readOnly = true;
      shown.value = text;
      shown.setAttribute("aria-label", words.select);
      box.querySelector("textarea")?.remove();
      box.append(shown);
      shown.select();
      told.textContent = document.execCommand("copy") ? words.done : words.select;
    }
  }

  for (const [name, text] of [
    [words.cite, citation],
    [words.markdown, markdown],
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
