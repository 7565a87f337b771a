"""The index of everything said, sorted by first words, on as many pages as it needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from kb.breaking import beginning
from kb.indexed import kinds
from kb.memory import number
from kb.parted import by_part, each
from kb.publishing import addresses
from kb.publishing.addresses import Draft, Page
from kb.publishing.cards import Link, Status, label, link, short_names, status
from kb.publishing.dependencies import WORDS
from kb.publishing.folding import folded_words
from kb.publishing.messages import interface_words
from kb.publishing.paging import cut_by_words, landmarks, with_addresses

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kb.debate import Debate

READS = WORDS

_A_PAGE, _BRIEF = 400, 24
"""The most rows of a page, and the most letters by which the page names its first and last row."""


class Row(NamedTuple):
    """A node in a line."""

    node: Link
    kind: str
    speakers: tuple[str, ...]
    status: Status | None


class Letter(NamedTuple):
    """The nodes whose words begin with one letter, whatever its accents."""

    letter: str
    anchor: str
    rows: tuple[Row, ...]


class Part(NamedTuple):
    """A page of the index, and the words with which it begins and ends."""

    href: str
    first: str
    last: str

    @property
    def words(self) -> str:
        """The first and last words on the page."""
        return f"{self.first} \N{EN DASH} {self.last}"


@dataclass(frozen=True, slots=True)
class Context:
    """What the template is given."""

    letters: tuple[Letter, ...]
    lead: str
    """How many nodes there are; only on the first page, so that the others do not change with every new node."""
    parts: tuple[Part, ...]
    """The pages of the index, if there are several; of very many those near this one, and some from all along the list."""


def pages(debate: Debate) -> Iterator[Draft]:
    """The index, in as many pages as it needs."""
    words_of, mark_of = each(debate, _sort_words(debate)), each(debate, _row_marks(debate))
    ordered = sorted(sorted(debate.nodes), key=words_of.__getitem__)
    index_pages = with_addresses(addresses.NODES, cut_by_words(ordered, [words_of[n] for n in ordered], _A_PAGE))
    parts = [_part(debate, path, chunk) for path, chunk in index_pages if len(index_pages) > 1]
    for at, (path, chunk) in enumerate(index_pages):
        rows = [(node_id, words_of[node_id][:1]) for node_id in chunk]
        about = parts[at].words if at else interface_words(debate).say("nodes.lead", n=len(ordered))
        offered = tuple(landmarks(parts, at)) if parts else ()
        make = partial(_page, debate, path, rows, about, offered)
        yield Draft(path, (about, offered, [mark_of[node_id] for node_id in chunk]), (), make)


def _part(debate: Debate, path: str, chunk: Sequence[str]) -> Part:
    first, last = (beginning(label(debate, node_id), _BRIEF) for node_id in (chunk[0], chunk[-1]))
    return Part(path, first, last)


@by_part
def _sort_words(debate: Debate) -> Sequence[str]:
    """The words by which each point of a part is sorted."""
    return [" ".join(folded_words(label(debate, node_id))) for node_id in debate.nodes]


@by_part
def _row_marks(debate: Debate) -> Sequence[int]:
    """For each point of a part the mark of its row without the words."""
    return [number(_row_fields(debate, node_id)) for node_id in debate.nodes]


def _page(debate: Debate, path: str, rows: Sequence[tuple[str, str]], about: str, parts: tuple[Part, ...]) -> Page:
    letters = tuple(
        Letter(letter.upper() or "…", _anchor(letter), tuple(_row(debate, node_id) for node_id, _ in group))
        for letter, group in groupby(rows, key=itemgetter(1))
    )
    lead = about if path == addresses.NODES else ""
    return Page(path, interface_words(debate).say("nodes.title"), Context(letters, lead, parts), addresses.NODES, about)


def _anchor(letter: str) -> str:
    """The HTML id of the nodes that begin with a letter, or with none."""
    return f"l-{ord(letter):x}" if letter else "l"


def _row_fields(debate: Debate, node_id: str) -> tuple[str, str, tuple[str, ...], Status | None]:
    """What stands in the row of a node besides its words."""
    return node_id, kinds(debate)[node_id], debate.speakers(node_id), status(debate, node_id)


def _row(debate: Debate, node_id: str) -> Row:
    _, kind, speakers, node_status = _row_fields(debate, node_id)
    return Row(link(debate, node_id), kind, short_names(debate, speakers), node_status)
