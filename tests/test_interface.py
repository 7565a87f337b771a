"""Pages in other languages: no word of the interface outside the catalogue, in templates, in code, or on a page."""

from __future__ import annotations

import ast
import re
import string
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
from jinja2 import Environment

from kb.catalogue import Catalogue, catalogue_for
from kb.linting.manual import rules
from kb.load import load
from kb.publishing.theme import shipped_folder
from tests import sites

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

ROOT = Path(__file__).parent.parent
TEMPLATES = shipped_folder() / "templates"
TOLD = ("aria-label", "alt", "placeholder", "title")
"""Attributes that readers see or hear; so do those that hand words to scripts, whose names begin with `data-`."""
ENGLISH = re.compile(r"[A-Za-z]{3,}")
ELSEWHERE = {ord(letter): chr(0x0430 + number % 32) for number, letter in enumerate(string.ascii_letters)}
"""Letters that replace those of the catalogue, so that words from elsewhere can be recognised."""
WORDS_OF_A_DEBATE = {
    *("title", "text", "note", "tags", "name", "role", "description", "term", "type", "authors", "skip", "date"),
}


class Reader(HTMLParser):
    """The words of a page for its readers, except code, styles, and what is marked as English."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self._apart: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note words in attributes, and where something begins that is not read."""
        given = {name: value or "" for name, value in attrs}
        if self._apart:
            self._apart += [tag] if tag == self._apart[0] else []
        elif tag in {"code", "pre", "script", "style"} or given.get("lang") == "en" != tag:
            self._apart = [tag] if tag != "html" else []
        if not self._apart or tag == "script":
            self.said += [value for name, value in given.items() if name in TOLD or name == "data-say"]

    def handle_endtag(self, tag: str) -> None:
        """Note where it ends."""
        if self._apart and tag == self._apart[0]:
            self._apart.pop()

    def handle_data(self, data: str) -> None:
        """Note words."""
        if not self._apart:
            self.said.append(data)


@pytest.mark.parametrize("name", sorted(entry.name for entry in TEMPLATES.iterdir()))
def test_a_template_has_no_words_of_its_own(name: str) -> None:
    tokens = Environment(autoescape=True).lex((TEMPLATES / name).read_text("utf-8"))
    html = "".join(value if kind == "data" else "" for _, kind, value in tokens)
    assert [text for text in Reader(html).said if ENGLISH.search(text)] == []


def literals(file: Path) -> Iterator[str]:
    """Texts in code that could be shown to readers: no docstrings, no patterns, and none that only developers see."""
    tree = ast.parse(file.read_text("utf-8"))
    inside = {
        id(part)
        for node in ast.walk(tree)
        if (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        or (isinstance(node, ast.Call) and ast.unparse(node.func) in {"re.compile", "KbError", "ThemeError"})
        or (isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "message")
        for part in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield node.value


BUILDERS = {
    *("blame.py", "document.py", "environment.py", "folder.py", "links.py"),
    *("marker.py", "ownership.py", "theme.py", "unused.py", "written.py"),
}
"""Modules that also speak to those who build a site, about pages and templates of their own."""


@pytest.mark.parametrize("room", ["companions", "mapping", "output", "pages", "publishing", "templating"])
def test_what_makes_pages_has_no_words_of_its_own(room: str) -> None:
    found = [
        f"{file.name}: {text}"
        for file in sorted((ROOT / "kb" / room).glob("*.py"))
        for text in literals(file)
        if file.name not in BUILDERS
        if re.search(r"[a-z]{2,},? [a-z]{2,}", re.sub(r"<[^>]*>?|[\w-]+=\"[^\"]*\"?", "", text))
    ]
    assert found == []


def test_scripts_have_no_words_of_their_own() -> None:
    said = [
        f"{script.name}: {text}"
        for script in sorted(Path(str(shipped_folder() / "assets")).glob("*.js"))
        for line in re.sub(r"/\*.*?\*/", "", script.read_text("utf-8"), flags=re.DOTALL).splitlines()
        for text in re.findall(r'"([^"]*)"', line.partition(" // ")[0])
        if text != "use strict" and re.search(r"[a-z]{2,} [a-z]{2,}", text)
    ]
    assert said == []


def strange(value: object, *, shown: bool = False) -> object:
    """A record with the words that a debate's editors wrote in other letters."""
    if isinstance(value, str):
        return value.translate(ELSEWHERE) if shown else value
    if isinstance(value, tuple):
        return tuple(strange(part, shown=shown) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        told = {f.name: getattr(value, f.name) for f in fields(value) if f.init}
        made = {name: strange(found, shown=name in WORDS_OF_A_DEBATE) for name, found in told.items()}
        return replace(value, **{name: found for name, found in made.items() if found != told[name]})
    return value


def estranged(debate: Debate) -> Debate:
    """A debate in letters that no message has."""
    tables = {
        name: MappingProxyType({key: strange(record) for key, record in getattr(debate, name).items()})
        for name in ("nodes", "participants", "sources", "terms", "topics")
    }
    return replace(debate, settings=strange(debate.settings), **tables)  # type: ignore[arg-type] # as they were


def in_other_letters(message: str) -> str:
    """A message in other letters, except for its {names}, its `code` and the addresses of its links."""
    parts = re.split(r"(\{\w+\}|`[^`]*`|\]\([^)]*\))", message)
    return "".join(part if number % 2 else part.translate(ELSEWHERE) for number, part in enumerate(parts))


def test_no_page_has_a_word_that_is_not_from_the_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    english = catalogue_for().messages
    other = Catalogue("qps", {
        key: message if key.startswith("language.")
        else in_other_letters(message) if isinstance(message, str)
        else tuple(map(in_other_letters, message))
        for key, message in english.items()
    })  # fmt: skip
    monkeypatch.setattr("kb.publishing.messages.catalogue_for", lambda _: other)
    debate = estranged(load(ROOT / "claims").debate)
    debate = replace(debate, settings=replace(debate.settings, language="qps"))
    names = {word for term in debate.terms.values() for s in term.senses for word in s.id.split("-")}
    names |= {word for rule in rules() for word in rule.name.split("-")} | {"JSON"}
    for page in sites.gather(debate):
        if page.path.endswith(".html"):
            said = re.sub(r"https?://\S+", "", " ".join(Reader(page.content).said))  # type: ignore[arg-type] # pages are text
            assert set(ENGLISH.findall(said)) - names == set(), page.path


def test_the_stylesheet_runs_either_way() -> None:
    written = "".join((shipped_folder() / "assets" / name).read_text("utf-8") for name in ("style.css", "tools.css"))
    rules = re.sub(r"/\*.*?\*/", "", written, flags=re.DOTALL).splitlines()
    meant = [line for line in rules if not line.startswith(('[dir="rtl"]', ".frame i"))]
    assert [
        line for line in meant if re.search(r"[\s;{](?:[\w-]+-)?(?:left|right)(?:-\w+)?:|: (?:left|right)\b", line)
    ] == []
    four = (
        found
        for line in meant
        for found in re.findall(r"(?:margin|padding|inset): ([^;\s]+) ([^;\s]+) ([^;\s]+) ([^;\s]+);", line)
    )
    assert [sides for sides in four if sides[1] != sides[3]] == [], (
        "margins differ by side: say which is where a line begins"
    )
