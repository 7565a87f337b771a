"""The pages on which readers meet what a file says: those of its records, of records that stood in it once, or of its name."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kb.incremental.parts import Outlined
from kb.publishing import addresses
from kb.publishing.theme import FOLDER, PAGES
from kb.publishing.written import address_of
from kb.reading.contents import SETTINGS, TOPIC
from kb.reading.fields import is_id

Files = Mapping[str, Outlined]
"""The files of a debate in outline, by path."""
_NAMED = {"sources": addresses.source, "participants": addresses.person, "terms": addresses.term}
"""By folder the function that gives the page of a record named by its file."""
_OWN_PAGE = re.compile(rf"{FOLDER}/{PAGES}/([^/]+?)\.md(?::\d+){{0,2}}")


def pages_of(path: str, *outlines: Outlined | None) -> tuple[str, ...]:
    """The pages of all records in a file, by its outlines of now and before; if it could never be read, the page that its name suggests."""
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


def own_page_of(place: str) -> tuple[str, ...]:
    """The page that a file of the debate's own pages becomes, given by the file or a place in it, as in `site/pages/taking-part.md:3:1`."""
    match = _OWN_PAGE.fullmatch(place)
    return (address_of(match[1]),) if match else ()
