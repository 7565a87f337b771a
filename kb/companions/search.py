"""The index of the search, in small files that a page loads when it needs them, also from disk: each calls a function of `assets/find.js`.

`search/start.js` says what there is, `search/words-3.js` which words find what, `search/points-7.js` shows what was found. The number
of a thing tells its group, and with the address the file it is in, so that a preview of a link loads one file.
"""

from __future__ import annotations

import json
from functools import lru_cache, partial
from itertools import chain
from typing import TYPE_CHECKING, cast
from zlib import crc32

from kb.catalogue import key_of
from kb.evaluate import judgements
from kb.publishing import addresses
from kb.publishing.faces import WORDS
from kb.publishing.findable import besides, found_by, point, point_of, points
from kb.publishing.links import NOT_BUILT, Output, bundle
from kb.publishing.messages import spoken
from kb.publishing.postings import Thing, index, mended, most, shares
from kb.vocabulary import KINDS, STATUSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kb.debate import Debate
    from kb.publishing.cards import Link
    from kb.publishing.findable import Findable
    from kb.publishing.links import Before, Bundle

READS = WORDS

WRITTEN = REUSES = True
_A_FILE = 16
"""Things in one file, about: a screen of results loads a dozen of them."""
_BITS, _ROOM = 4, 8
"""The number of files in so many bits, and rows that may be added before other groups have other numbers: most edits change no number."""
_KEPT = 16_384
"""Things that are kept between the file they are shown in and the words they have."""
_FEW = 4
"""If every fourth file of points is new, all words are made again."""

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


class _Group:
    """Things of one group over its files: each in the file that its address tells, the first in order first in its file."""

    def __init__(self, name: str, base: int, hrefs: Sequence[str], thing: Callable[[int], Findable]) -> None:
        """The addresses of the things in order, and how to make one by its place in that."""
        self.name = name
        self.base = base
        self.files: list[list[int]] = [[] for _ in range(_rounded(-(-len(hrefs) // _A_FILE)))]
        """The places of the things that are in each file."""
        for at, href in enumerate(hrefs):
            self.files[crc32(href.encode()) % len(self.files)].append(at)
        self.thing = lru_cache(_KEPT)(thing)
        self._rows = max(map(len, self.files), default=0)

    @property
    def end(self) -> int:
        """The first number that no thing has, nor has soon."""
        return self.base + len(self.files) * -(-self._rows // _ROOM) * _ROOM

    def number(self, file: int, row: int) -> int:
        """The number of what stands in a row of a file."""
        return self.base + row * len(self.files) + file

    def indexed(self, file: int, things: Iterable[Findable]) -> dict[int, Thing]:
        """What a file holds, or held, by number."""
        numbered = ((self.number(file, row), thing) for row, thing in enumerate(things))
        return {number: _indexed(number, thing) for number, thing in numbered}

    def numbered(self) -> Iterator[Thing]:
        """The things in the order of their numbers."""
        for row in range(self._rows):
            for file, inside in enumerate(self.files):
                if row < len(inside):
                    yield _indexed(self.number(file, row), self.thing(inside[row]))

    def file(self, number: int) -> Output:
        """A file of the group."""
        return _call(f"{self.name}-{number}", [self.thing(at).row for at in self.files[number]])


def _rounded(count: int) -> int:
    """About so many, and mostly as many for a few more or less."""
    step = 1 << max(count.bit_length() - _BITS, 0)
    return -(-count // step) * step


def _indexed(number: int, found: Findable) -> Thing:
    return Thing(number, found.ids, found.name, f"{found.text} {found.people} {found.more}")


def files(debate: Debate, own: Iterable[tuple[Link, str]] = (), before: Before = NOT_BUILT) -> Iterator[Bundle]:
    """The points, file by file, all other things, and where to begin with the words; `own` is what the debate's own pages say."""
    ranked, others = points(debate), besides(debate, own)
    nodes, marks = [*ranked], [*ranked.values()]
    groups = [_Group("points", 0, [*map(addresses.node, nodes)], lambda at: point(debate, nodes[at]))]
    for name, things in others.items():
        groups.append(_Group(name, groups[-1].end, [thing.href for thing in things], things.__getitem__))
    said = [
        bundle(("search", number, [marks[at] for at in inside]), partial(_files, groups[:1], number))
        for number, inside in enumerate(groups[0].files)
    ]
    beside = bundle(("search", others), partial(_files, groups[1:]))
    start = _start(debate, groups)
    yield from (*said, beside)
    new = [number for number, made in enumerate(said) if before.known(made.mark) is None]
    there = before if len(new) * _FEW <= len(said) else NOT_BUILT
    may_differ = groups[1:] if before.known(beside.mark) is None else []
    made_of = "search", start, [made.mark for made in (*said, beside)]
    yield bundle(made_of, partial(_words, start, groups, new, may_differ, there))


def _files(groups: Iterable[_Group], number: int | None = None) -> Iterator[Output]:
    """The files of some groups, or one of each."""
    for group in groups:
        yield from map(group.file, range(len(group.files)) if number is None else [number])


def _words(
    start: Mapping[str, object],
    groups: Sequence[_Group],
    new: Iterable[int],
    may_differ: Iterable[_Group],
    before: Before,
) -> Iterator[Output]:
    """Where to begin, and the words with what they find; `new` are the files of points, `may_differ` the other groups, that may be new."""
    within = most(sum(len(group.files) for group in groups) * _A_FILE)
    lines = _mended(start, groups[0], new, before, within) if _as_before(may_differ, before) else None
    if lines is None:
        lines = index(chain.from_iterable(group.numbered() for group in groups), within)
    parts = list(shares(lines))
    yield _call("start", {**start, "words": [part.first for part in parts]})
    for number, part in enumerate(parts):
        yield _call(f"words-{number}", part.lines)


def _as_before(groups: Iterable[_Group], before: Before) -> bool:
    """Whether the things of some groups were found by the same words."""
    for group in groups:
        for number, inside in enumerate(group.files):
            rows = _rows(before, group, number)
            if rows is None or [*map(found_by, rows)] != [found_by(group.thing(at).row) for at in inside]:
                return False
    return True


def _rows(before: Before, group: _Group, number: int) -> Sequence[Sequence[str]] | None:
    """What a file of things held."""
    return cast("Sequence[Sequence[str]] | None", _held(before, f"{group.name}-{number}"))


def _mended(
    start: Mapping[str, object], said: _Group, new: Iterable[int], before: Before, within: int
) -> Mapping[str, str] | None:
    """The words as they were, but for points in new files; None if there were none, or others had other numbers."""
    known = cast("Mapping[str, Sequence[object]] | None", _held(before, "start"))
    if known is None or known["groups"] != start["groups"]:
        return None
    parts = [cast("str | None", _held(before, f"words-{number}")) for number in range(len(known["words"]))]
    if None in parts:
        return None
    lines = {line.partition(" ")[0]: line for part in parts if part for line in part.split("\n")}
    was, now = dict[int, Thing](), dict[int, Thing]()
    for number in new:
        rows = _rows(before, said, number)
        if rows is None:
            return None
        was |= said.indexed(number, map(point_of, rows))
        now |= said.indexed(number, map(said.thing, said.files[number]))
    gone = [one for n, one in was.items() if now.get(n) != one]
    return mended(lines, gone, [one for n, one in now.items() if was.get(n) != one], within)


def _start(debate: Debate, groups: Sequence[_Group]) -> Mapping[str, object]:
    """How to find one's way through the files, and the words of the interface."""
    say = spoken(debate).say
    return {
        "total": sum(len(file) for group in groups for file in group.files),
        "groups": [[group.name, group.base, len(group.files)] for group in groups],
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
    verdicts = {found.status: found.verdict for found in judgements(debate).values()}
    return {status: verdicts[status] for status in STATUSES if status in verdicts}


def _call(name: str, value: object) -> Output:
    """A file that hands over what it holds, under its name."""
    held = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Output(_path(name), f"{_before(name)}{held}{_AFTER}".encode())


def _held(before: Before, name: str) -> object | None:
    """What a file held that was built before."""
    raw = before.file(_path(name))
    return None if raw is None else json.loads(raw[len(_before(name)) : -len(_AFTER)])


def _path(name: str) -> str:
    return f"search/{name}.js"


def _before(name: str) -> str:
    """What stands before the value in a file."""
    return f'finding.take("{name}",'


_AFTER = ")\n"
