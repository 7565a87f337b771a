"""A small site held as a whole, for tests: all files, with links followed, or in a folder. `kb build` never holds a whole site."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from kb.incremental.parts import parted
from kb.memory import undisturbed
from kb.output.folder import staged
from kb.output.links import Bundle, Links, ListGroup, Stream
from kb.publishing.theme import Theme
from kb.site import Press, Site

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pytest

    from kb.debate import Debate
    from kb.output.links import Output
    from kb.publishing.addresses import Page


def gather(debate: Debate, theme: Theme | None = None) -> list[Output]:
    """All files of the site, sorted by path, with every link followed; in the tool's look, or with the debate's own files."""
    site = Site(parted(debate), theme or Theme())
    with undisturbed():
        found = [output for made in site.files() for output in outputs_of(made)]
        found += site.closing_files([output.path for output in found])
    links = site.new_links()
    for output in found:
        links.add(output)
    site.check_links(links)
    return sorted(found)


def check(outputs: Iterable[Output]) -> None:
    """Fail on a path that is not safe and on a link or anchor that leads nowhere."""
    links = Links()
    for output in outputs:
        links.add(output)
    links.check()


def write(outputs: Iterable[Output], target: Path) -> None:
    """Let the folder hold these files and no others; files that are there already are not written again."""
    with staged(target) as stage:
        for path, content in outputs:
            stage.put(path, content)


def outputs_of(found: Output | Stream | Bundle | ListGroup) -> Iterable[Output]:
    """The files, each with its whole content."""
    if isinstance(found, ListGroup):
        return chain.from_iterable(map(outputs_of, found.make()))
    return found.make() if isinstance(found, Bundle) else [found.output if isinstance(found, Stream) else found]


def printed_pages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A list to which the path of every page is added that is printed from now on."""
    printed: list[str] = []
    real = Press.page

    def noted(press: Press, name: str, page: Page) -> str:
        printed.append(page.path)
        return real(press, name, page)

    monkeypatch.setattr(Press, "page", noted)
    return printed
