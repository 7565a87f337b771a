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
from kb.publishing.findable import besides, found_by, names, point, point_of, points
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
"""If every fourth file is new, all words are made again."""

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

    at_once = 32
    """Files that are made again together."""

    def __init__(self, name: str, base: int, hrefs: Sequence[str], thing: Callable[[int], Findable]) -> None:
        """The addresses of the things in order, and how to make one by its place in that."""
        self.name = name
        self.base = base
        self.files: list[list[int]] = [[] for _ in range(_rounded(-(-len(hrefs) // _A_FILE)))]
        """The places of the things that are in each file."""
        for at, href in enumerate(hrefs):
            self.files[crc32(href.encode()) % len(self.files)].append(at)
        self.thing = thing
        self._rows = max(map(len, self.files), default=0)

    @property
    def end(self) -> int:
        """The first number that no thing has, nor has soon."""
        return self.base + len(self.files) * -(-self._rows // _ROOM) * _ROOM

    def shown(self, at: int) -> object:
        """What tells all that is shown of a thing from anything else."""
        return self.thing(at).row

    def bundles(self) -> Iterator[tuple[range, Bundle]]:
        """Its files, some at a time."""
        for first in range(0, len(self.files), self.at_once):
            some = range(first, min(first + self.at_once, len(self.files)))
            shown = [[*map(self.shown, self.files[number])] for number in some]
            yield some, bundle(("search", self.name, first, shown), partial(map, self.file, some))

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


class _Points(_Group):
    """The points: of each it is known what it says before it is made."""

    at_once = 1

    def __init__(self, debate: Debate) -> None:
        """Number the points of a debate."""
        ranked, named = points(debate), names(debate)
        nodes, self._marks = [*ranked], [*ranked.values()]
        self._names = [named[node_id] for node_id in nodes]
        made = lru_cache(_KEPT)(lambda at: point(debate, nodes[at]))
        super().__init__("points", 0, [*map(addresses.node, nodes)], made)

    def shown(self, at: int) -> object:
        """What tells all that is shown of a point, or that it is found by."""
        return self._marks[at]

    def found(self) -> Sequence[object]:
        """What tells all that the points of each file are found by."""
        return [[self._names[at] for at in inside] for inside in self.files]


def _rounded(count: int) -> int:
    """About so many, and mostly as many for a few more or less."""
    step = 1 << max(count.bit_length() - _BITS, 0)
    return -(-count // step) * step


def _indexed(number: int, found: Findable) -> Thing:
    return Thing(number, found.ids, found.name, f"{found.text} {found.people} {found.more}")


def files(debate: Debate, own: Iterable[tuple[Link, str]] = (), before: Before = NOT_BUILT) -> Iterator[Bundle]:
    """The things, some files at a time, and where to begin with the words; `own` is what the debate's own pages say."""
    said = _Points(debate)
    groups: list[_Group] = [said]
    for name, things in besides(debate, own).items():
        groups.append(_Group(name, groups[-1].end, [thing.href for thing in things], things.__getitem__))
    made = [(group, some, found) for group in groups for some, found in group.bundles()]
    yield from (found for _, _, found in made)
    others = [found.mark for group, _, found in made if group is not said]
    new = [(group, n) for group, some, found in made if before.known(found.mark) is None for n in some]
    start = _start(debate, groups)
    yield bundle(("search", start, said.found(), others), partial(_words, start, groups, new, before))


def _words(
    start: Mapping[str, object], groups: Sequence[_Group], new: Sequence[tuple[_Group, int]], before: Before
) -> Iterator[Output]:
    """Where to begin, and the words with what they find; `new` are the files that may be other than before."""
    within = most(sum(len(group.files) for group in groups) * _A_FILE)
    few = len(new) * _FEW <= sum(len(group.files) for group in groups)
    lines = _mended(start, new, before, within) if few else None
    if lines is None:
        lines = index(chain.from_iterable(group.numbered() for group in groups), within)
    parts = list(shares(lines))
    yield _call("start", {**start, "words": [part.first for part in parts]})
    for number, part in enumerate(parts):
        yield _call(f"words-{number}", part.lines)


def _rows(before: Before, group: _Group, number: int) -> Sequence[Sequence[str]] | None:
    """What a file of things held."""
    return cast("Sequence[Sequence[str]] | None", _held(before, f"{group.name}-{number}"))


def _mended(
    start: Mapping[str, object], new: Iterable[tuple[_Group, int]], before: Before, within: int
) -> Mapping[str, str] | None:
    """The words as they were, but for points in new files; None if there were none, or more is new, or others had other numbers."""
    known = cast("Mapping[str, Sequence[object]] | None", _held(before, "start"))
    if known is None or known["groups"] != start["groups"]:
        return None
    parts = [cast("str | None", _held(before, f"words-{number}")) for number in range(len(known["words"]))]
    if None in parts:
        return None
    was, now = dict[int, Thing](), dict[int, Thing]()
    for group, number in new:
        rows, things = _rows(before, group, number), [*map(group.thing, group.files[number])]
        if rows is None:
            return None
        if isinstance(group, _Points):
            was |= group.indexed(number, map(point_of, rows))
            now |= group.indexed(number, things)
        elif [*map(found_by, rows)] != [found_by(thing.row) for thing in things]:
            return None
    lines = {line.partition(" ")[0]: line for part in parts if part for line in part.split("\n")}
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
