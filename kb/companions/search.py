"""The index of the search, in small files that a page loads when it needs them, also from disk: each calls a function of `assets/find.js`.

`search/start.js` says what there is, `search/words-3.js` which words find what, `search/points-7.js` shows what was found. The number
of a thing tells its group, and with the address the file it is in, so that a preview of a link loads one file.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from kb.catalogue import key_of
from kb.evaluate import judgements
from kb.publishing.faces import WORDS
from kb.publishing.findable import besides, marks, points
from kb.publishing.links import Output, bundle
from kb.publishing.messages import spoken
from kb.publishing.postings import shares
from kb.vocabulary import KINDS, STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kb.debate import Debate
    from kb.publishing.cards import Link
    from kb.publishing.findable import Findable
    from kb.publishing.links import Bundle

READS = WORDS

WRITTEN = True
_A_FILE = 16
"""Things in one file, about: a screen of results loads a dozen of them."""


_SAID = (
    *("search.search", "search.hint", "search.results", "search.close", "search.slash", "search.keys"),
    *("search.found", "search.some", "search.none", "search.more"),
)
_GROUPS = (*("search.in_points", "search.in_people", "search.in_terms", "search.in_sources", "search.in_pages"),)
_KINDS = (
    *("search.a_person", "search.a_term", "search.a_sense", "search.a_source", "search.a_passage"),
    *("search.a_topic", "search.a_page"),
)
"""What scripts say, by the keys of the catalogue."""


class _Group(NamedTuple):
    """Things of one group over its files: each in the file that its address tells, the first in order first in its file."""

    name: str
    base: int
    files: Sequence[Sequence[Findable]]

    @property
    def end(self) -> int:
        return self.base + len(self.files) * max(map(len, self.files), default=0)

    def numbered(self) -> Iterator[tuple[int, Findable]]:
        """The things by their numbers."""
        count = len(self.files)
        for row in range(max(map(len, self.files), default=0)):
            for file, inside in enumerate(self.files):
                if row < len(inside):
                    yield self.base + row * count + file, inside[row]


def files(debate: Debate, own: Iterable[tuple[Link, str]] = ()) -> Iterator[Bundle]:
    """What there is, the words, and the things, all made again if any of that changed; `own` is what the debate's own pages say."""
    others = besides(debate, own)
    made_of = "search", list(marks(debate)), list(debate.ordered), others, _verdicts(debate)
    yield bundle(made_of, partial(_index, debate, others))


def _index(debate: Debate, others: Mapping[str, Sequence[Findable]]) -> Iterator[Output]:
    groups = _groups({"points": tuple(points(debate)), **others})
    things = (
        (number, found.ids, found.name, f"{found.text} {found.people} {found.more}")
        for group in groups
        for number, found in group.numbered()
    )
    parts = list(shares(things))
    yield _call("start", _start(debate, groups, [part.first for part in parts]))
    for number, part in enumerate(parts):
        yield _call(f"words-{number}", part.lines)
    for group in groups:
        for number, inside in enumerate(group.files):
            yield _call(f"{group.name}-{number}", [_row(found) for found in inside])


def _groups(found: Mapping[str, Sequence[Findable]]) -> list[_Group]:
    groups: list[_Group] = []
    for name, things in found.items():
        spread: list[list[Findable]] = [[] for _ in range(-(-len(things) // _A_FILE))]
        for thing in things:
            spread[crc32(thing.href.encode()) % len(spread)].append(thing)
        groups.append(_Group(name, groups[-1].end if groups else 0, spread))
    return groups


def _row(found: Findable) -> tuple[str | int, ...]:
    """What is shown of a thing."""
    return found.href, found.kind, found.name, found.text, found.people, found.status, found.points


def _start(debate: Debate, groups: Sequence[_Group], firsts: Sequence[str]) -> Mapping[str, object]:
    """How to find one's way through the files, and the words of the interface."""
    say = spoken(debate).say
    return {
        "total": sum(len(file) for group in groups for file in group.files),
        "groups": [[group.name, group.base, len(group.files)] for group in groups],
        "words": firsts,
        "say": {
            **{key.partition(".")[2]: say(key) for key in _SAID},
            "groups": {key.rpartition("_")[2]: say(key) for key in _GROUPS},
            "kinds": {
                **{kind: say(key_of("kind", kind)) for kind in KINDS},
                **{key.rpartition("_")[2]: say(key) for key in _KINDS},
            },
            "statuses": {status: say(key_of("status", status)) for status in STATUSES},
            "verdicts": _verdicts(debate),
        },
    }


def _verdicts(debate: Debate) -> Mapping[str, str | None]:
    """Which verdict colours each status that points have."""
    judged = map(judgements(debate).__getitem__, debate.ordered)
    return {found.status: found.verdict for found in judged if found.status}


def _call(name: str, value: object) -> Output:
    """A file that hands over what it holds, under its name."""
    held = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Output(f"search/{name}.js", f'finding.take("{name}",{held})\n'.encode())
