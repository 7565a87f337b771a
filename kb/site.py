"""Publish a debate: run every page of `kb.pages` through the template of its name, check all links, and put the site in its place whole.

Everything is made in memory first; the folder is written beside its place and swapped in at the end, so that a build that fails leaves
the site before it as it was. Nothing is ever written outside the folder.
"""

from __future__ import annotations

import gc
import os
import posixpath
import re
import shutil
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kb import addresses, cards, discover
from kb.finding import KbError
from kb.markup import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from importlib.resources.abc import Traversable

    from jinja2 import Environment, Template
    from markupsafe import Markup

    from kb.addresses import Page
    from kb.cards import Link, Tie
    from kb.debate import Debate

PAGES = "kb.pages"
MARKER = ".kb-site"
"""Names, in a site's folder, the files and folders that a build put there and the next one may take away."""
_MARKER_HEAD = "# Written by `kb build`, which replaces what is named here."
_SAFE = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*\Z")
_LINK = re.compile(r' (?:href|src)="([^"]*)"')
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*\Z")


class Output(NamedTuple):
    """A file of the site before it is written: its path from the root, with `/`, and what it holds."""

    path: str
    content: str | bytes


class Built(NamedTuple):
    """What a build wrote, and where."""

    pages: int
    files: int
    folder: Path


def build(debate: Debate, folder: Path, claims: Path) -> Built:
    """Write the site of a debate into a folder; `claims` is where the debate lies, which no site may replace."""
    target = folder.absolute()
    if target.is_symlink():
        target = target.resolve()
    refuse(target, claims.absolute())
    outputs = gather(debate)
    check(outputs)
    write(outputs, target)
    return Built(sum(o.path.endswith(".html") for o in outputs), len(outputs), target)


# -- pages -------------------------------------------------------------------------------------------------------------


def gather(debate: Debate) -> list[Output]:
    """All files of the site, sorted by path."""
    theme = theme_folder()
    presses = {root: Press(debate, theme / "templates", root) for root in ("", "../")}
    was_enabled = gc.isenabled()
    gc.disable()  # debate and pages are no garbage: looking through them again and again takes a quarter of the time
    try:
        found = [
            Output(page.path, presses[addresses.root(page.path)].page(name, page))
            for name, module in discover.modules(PAGES).items()
            for page in module.pages(debate)
        ]
    finally:
        if was_enabled:
            gc.enable()
    found += [
        Output(f"assets/{entry.name}", entry.read_bytes())
        for entry in (theme / "assets").iterdir()
        if entry.is_file() and not entry.name.startswith(".")
    ]
    return sorted(found)


def theme_folder() -> Traversable:
    """Templates and assets: inside the installed package, or beside it in a checkout."""
    inside = resources.files("kb") / "theme"
    return inside if inside.is_dir() else Path(__file__).resolve().parent.parent / "site"


class Press:
    """Renders pages at one depth of the site. A node's card is made once and used wherever the node is met."""

    def __init__(self, debate: Debate, templates: Traversable, root: str) -> None:
        self.debate = debate
        self.templates = templates
        self.root = root
        self._cards: dict[tuple[str, Tie | None], Markup] = {}

    def page(self, name: str, page: Page) -> str:
        """A page as HTML."""
        fields = {field: getattr(page.context, field) for field in type(page.context).__dataclass_fields__}  # type: ignore[attr-defined]
        return self._template(name).render(fields, page=page)

    def card(self, node_id: str, tie: Tie | None = None) -> Markup:
        """A node in brief, with how it bears on what it stands under."""
        made = self._cards.get((node_id, tie))
        if made is None:
            from markupsafe import Markup  # noqa: PLC0415 - only `kb build` needs it

            text = self._template("_card").render(found=cards.card(self.debate, node_id), tie=tie)
            made = self._cards[node_id, tie] = Markup(text)  # noqa: S704 - the template escapes
        return made

    def _template(self, name: str) -> Template:
        return self._environment.get_template(f"{name.replace('-', '_')}.html")

    @cached_property
    def _environment(self) -> Environment:
        """Autoescape always, unknown names are errors; what every template may use."""
        from jinja2 import Environment, FunctionLoader, StrictUndefined  # noqa: PLC0415 - only `kb build` needs it

        made = Environment(
            loader=FunctionLoader(lambda name: (self.templates / name).read_text("utf-8")),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        settings = self.debate.settings
        made.globals.update(
            root=self.root,
            card=self.card,
            menu=menu(self.debate),
            language=settings.language if _LANGUAGE.match(settings.language) else "en",
            debate_title=clean(settings.title) or "A debate",
        )
        return made


def menu(debate: Debate) -> tuple[Link, ...]:
    """The parts of the site; those with nothing in them are left out."""
    link = cards.Link
    parts = (
        (link(addresses.OPEN, "In dispute"), True),
        (link(addresses.TOPICS, "Topics"), True),
        (link(addresses.PEOPLE, "People"), bool(debate.participants)),
        (link(addresses.SOURCES, "Sources"), bool(debate.sources)),
        (link(addresses.TERMS, "Glossary"), bool(debate.terms)),
        (link(addresses.NODES, "All points"), True),
        (link(addresses.ABOUT, "How to read this"), True),
    )
    return tuple(entry for entry, there in parts if there)


# -- links -------------------------------------------------------------------------------------------------------------


def check(outputs: Iterable[Output]) -> None:
    """Fail on a path that is not safe and on a link or anchor that leads nowhere: both would be mistakes of ours."""
    contents = {}
    for path, content in outputs:
        if _SAFE.match(path) is None or path.lower() in contents:
            message = f"the site has a file `{path}` that cannot be written; please report this"
            raise KbError(message)
        contents[path.lower()] = content
    broken = next(_broken({o.path: o.content for o in outputs}), None)
    if broken is not None:
        page, link = broken
        message = f"the page {page} links to `{link}`, which does not exist; nothing was written"
        raise KbError(message)


def _broken(contents: dict[str, str | bytes]) -> Iterator[tuple[str, str]]:
    """Every page and internal link of it that leads nowhere; each link is followed once from each folder."""
    followed: dict[str, set[str]] = {}
    for page, content in contents.items():
        if not isinstance(content, str):
            continue
        folder = posixpath.dirname(page)
        links = set(_LINK.findall(content))
        seen = followed.setdefault(folder, set())
        for link in sorted(links - seen):
            if not _leads_somewhere(link, page, folder, contents):
                yield page, link
            if not link.startswith("#"):
                seen.add(link)


def _leads_somewhere(link: str, page: str, folder: str, contents: dict[str, str | bytes]) -> bool:
    if link.startswith(("https://", "http://")):
        return True
    path, _, anchor = link.partition("#")
    target = posixpath.normpath(posixpath.join(folder, path)) if path else page
    content = contents.get(target)
    if content is None:
        return False
    return not anchor or (isinstance(content, str) and f' id="{anchor}"' in content)


# -- the folder ----------------------------------------------------------------------------------------------------------


def refuse(target: Path, claims: Path) -> None:
    """Stop before anything is made if the folder is not ours to replace."""
    why = _not_ours(target, claims)
    if why is not None:
        message = f"{target} {why}; choose another folder with `-o`"
        raise KbError(message)


def _not_ours(target: Path, claims: Path) -> str | None:
    if claims.is_relative_to(target) or target.is_relative_to(claims) or (target / "claims").exists():
        return "holds a debate, or lies in one"
    if not target.exists():
        return None
    if not target.is_dir():
        return "is not a folder"
    there = sorted(entry.name for entry in target.iterdir())
    if not there:
        return None
    if MARKER not in there:
        return "is not empty and was not written by `kb build`"
    ours = (target / MARKER).read_text("utf-8", "replace").splitlines()
    foreign = [name for name in there if name not in ours and name != MARKER]
    return f"also holds `{foreign[0]}`, which `kb build` did not put there" if foreign else None


def write(outputs: Iterable[Output], target: Path) -> None:
    """Write beside the place, then swap by renaming."""
    fresh, stale = (target.with_name(f".{target.name}.kb-{word}") for word in ("new", "old"))
    try:
        made = [parent for parent in reversed(target.parents) if not parent.exists()]
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            _remove(fresh)
            _fill(fresh, outputs)
            _swap(fresh, target, stale)
        except BaseException:
            _remove(fresh)
            for parent in reversed(made):
                parent.rmdir()
            raise
    except OSError as error:
        message = f"the site was not written to {target}: {error.strerror or error}"
        raise KbError(message) from error


def _fill(folder: Path, outputs: Iterable[Output]) -> None:
    """Write every file, and the marker with what stands at the top."""
    folder.mkdir()
    base = f"{folder}{os.sep}"
    known: set[str] = set()
    for path, content in outputs:
        inside = posixpath.dirname(path)
        if inside and inside not in known:
            (folder / inside).mkdir(parents=True, exist_ok=True)
            known.add(inside)
        with open(base + path, "wb") as handle:  # noqa: PTH123 - ten thousand pages
            handle.write(content if isinstance(content, bytes) else content.encode())
    names = sorted({path.partition("/")[0] for path, _ in outputs})
    (folder / MARKER).write_text("\n".join([_MARKER_HEAD, *names, ""]), "utf-8")


def _swap(fresh: Path, target: Path, stale: Path) -> None:
    """Put the new folder in the place of the old one; if that fails, the old one comes back."""
    _remove(stale)
    if not target.exists():
        fresh.rename(target)
        return
    target.rename(stale)
    try:
        fresh.rename(target)
    except OSError:
        stale.rename(target)
        raise
    _remove(stale)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
