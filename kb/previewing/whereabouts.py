"""Where readers of the site meet what a file says: on the pages of its records, of those that stood in it while it could be read, or of its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from kb.incremental.parts import Outlined
from kb.publishing import addresses
from kb.publishing.theme import FOLDER, PAGES
from kb.publishing.written import address_of
from kb.reading.contents import SETTINGS, TOPIC
from kb.reading.fields import is_id

if TYPE_CHECKING:
    from collections.abc import Iterator

Files = Mapping[str, Outlined]
"""The files of a debate in outline, by path."""
_TOPICS = addresses.topic("").partition("/")[0]
"""The folder of the pages of topics."""
_NAMED = {"sources": addresses.source, "participants": addresses.person, "terms": addresses.term}
"""The pages of records that are named by their files, by folder."""


class Left(NamedTuple):
    """What became of the record that a page was about: the file in which it stood, and the file and the page that say the same now."""

    file: str
    now_in: str = ""
    """Empty if no file does."""
    now_at: str = ""

    def lasting(self, page: str) -> str:
        """The id that the record had on a page, which `formerly` takes; topics have no former ids, and nothing that is gone."""
        folder, _, name = page.partition("/")
        return name.removesuffix(".html") if self.now_at and folder != _TOPICS else ""


def pages_of(path: str, *outlines: Outlined | None) -> tuple[str, ...]:
    """The pages of all that stood or stands in a file; if nothing of it could ever be read, of what its name says."""
    _, _, inside = path.partition("/")
    folder, _, rest = inside.partition("/")
    stem = inside.rpartition("/")[2].removesuffix(".yaml")
    if inside == SETTINGS:
        return (addresses.HOME,)
    if stem == TOPIC and rest and folder not in _NAMED:
        return (addresses.topic(folder),)
    page = _NAMED.get(folder, addresses.node)
    nodes = () if folder in _NAMED else (node for outline in outlines if outline for node in outline.nodes)
    return tuple(map(page, dict.fromkeys(nodes))) or ((page(stem),) if is_id(stem) else ())


def of_own(place: str) -> tuple[str, ...]:
    """The page that the debate's editors wrote themselves, by a place in its file, as in `site/pages/taking-part.md:3:1`."""
    name, dot, _ = place.removeprefix(f"{FOLDER}/{PAGES}/").partition(".md:")
    return (address_of(name),) if dot and "/" not in name else ()


def left(before: Files, now: Files) -> dict[str, Left]:
    """What became of records that are not where they were, by the page that they had."""
    gone, come = _unlike(before, now), _unlike(now, before)
    there = {page for file in come for page in pages_of(file.path, file)}
    new = {file.digest: file.path for file in come if file.path not in before}
    return {page: found for file in gone for page, found in _left(file, now, new) if page not in there}


def _unlike(files: Files, others: Files) -> list[Outlined]:
    """The files that are not the same among others."""
    return [file for path, file in files.items() if path not in others or others[path].digest != file.digest]


def _left(file: Outlined, now: Files, new: Mapping[str, str]) -> Iterator[tuple[str, Left]]:
    """The pages that a file had; if it was renamed, as a new file of the same bytes tells, with the one that takes the place of its one."""
    renamed = "" if file.path in now else new.get(file.digest, "")
    pages, others = pages_of(file.path, file), pages_of(renamed, now[renamed]) if renamed else ()
    for page in pages:
        yield page, Left(file.path, renamed, others[0] if len(pages) == len(others) == 1 else "")
