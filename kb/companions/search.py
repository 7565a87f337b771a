"""The index of the search, in small files that a page loads when it needs them, also from disk: each calls a function of `assets/find.js`.

`search/start.js` says which files there are, `search/words-3.js` which words find which things, `search/points-7.js` what is shown of
these. The number of a thing tells its group and its file; so does its address, so that a preview of a link loads one file.
"""

from __future__ import annotations

import json
from functools import lru_cache, partial
from itertools import chain
from typing import TYPE_CHECKING, cast
from zlib import crc32

from kb.catalogue import key_of
from kb.evaluate import judgements
from kb.output.links import NOT_BUILT, Output, bundle
from kb.publishing import addresses
from kb.publishing.dependencies import WORDS
from kb.publishing.findable import all_but_points, point, point_from_row, ranked_points, searched_fields, word_marks
from kb.publishing.messages import interface_words
from kb.publishing.postings import Thing, common_limit, index_lines, mend_lines, shares
from kb.vocabulary import KINDS, STATUSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kb.debate import Debate
    from kb.output.links import Before, Bundle
    from kb.publishing.cards import Link
    from kb.publishing.findable import Findable

READS = WORDS

WRITTEN = REUSES = True
_A_FILE = 16
"""About how many things are in one file; a screen of results loads a dozen files."""
_BITS, _ROOM = 4, 8
"""Numbers of files are rounded to so many bits, and those of rows to multiples: so most edits change no number of another thing."""
_KEPT = 16_384
"""How many things are kept from the making of their file to that of the words."""
_FEW = 4
"""If more than every fourth file is new, all words are made again."""

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
    """The things of one group in its files: the address of a thing tells its file, and in a file things stand in the order of the group."""

    at_once = 32
    """How many files are made again together."""

    def __init__(self, name: str, base: int, hrefs: Sequence[str], thing: Callable[[int], Findable]) -> None:
        """`hrefs` has the addresses of the things in their order, `thing` makes one by its place in it; numbers begin at `base`."""
        self.name = name
        self.base = base
        self.files: list[list[int]] = [[] for _ in range(_rounded(-(-len(hrefs) // _A_FILE)))]
        """For each file the places of its things in the order of the group."""
        for at, href in enumerate(hrefs):
            self.files[crc32(href.encode()) % len(self.files)].append(at)
        self.thing = thing
        self._rows = max(map(len, self.files), default=0)

    @property
    def end(self) -> int:
        """The first number after those that are reserved for the group."""
        return self.base + len(self.files) * -(-self._rows // _ROOM) * _ROOM

    def shown(self, at: int) -> object:
        """Plain values that change whenever something that is shown of a thing does."""
        return self.thing(at).row

    def bundles(self) -> Iterator[tuple[range, Bundle]]:
        """The files of the group in bundles, each with their numbers."""
        for first in range(0, len(self.files), self.at_once):
            some = range(first, min(first + self.at_once, len(self.files)))
            shown = [[*map(self.shown, self.files[number])] for number in some]
            yield some, bundle(("search", self.name, first, shown), partial(map, self.file, some))

    def number(self, file: int, row: int) -> int:
        """The number of the thing in a row of a file."""
        return self.base + row * len(self.files) + file

    def changed(self, number: int, rows: Sequence[Sequence[str]]) -> tuple[Sequence[Thing], Sequence[Thing]] | None:
        """The things of a file that are gone since it held these rows, and those that came; None if that cannot be told from the rows."""
        here = [searched_fields(self.thing(at).row) for at in self.files[number]]
        return ((), ()) if [*map(searched_fields, rows)] == here else None

    def numbered(self) -> Iterator[Thing]:
        """The things in the order of their numbers."""
        for row in range(self._rows):
            for file, inside in enumerate(self.files):
                if row < len(inside):
                    yield _indexed(self.number(file, row), self.thing(inside[row]))

    def file(self, number: int) -> Output:
        """The file with this number."""
        return _call(f"{self.name}-{number}", [self.thing(at).row for at in self.files[number]])


class _Points(_Group):
    """The points, whose marks are known without making them."""

    at_once = 1

    def __init__(self, debate: Debate) -> None:
        """Number the points of a debate."""
        ranked, named = ranked_points(debate), word_marks(debate)
        nodes, self._marks = [*ranked], [*ranked.values()]
        self._names = [named[node_id] for node_id in nodes]
        made = lru_cache(_KEPT)(lambda at: point(debate, nodes[at]))
        super().__init__("points", 0, [*map(addresses.node, nodes)], made)

    def shown(self, at: int) -> object:
        """The mark of all that is shown of a point or by which it is found."""
        return self._marks[at]

    def changed(self, number: int, rows: Sequence[Sequence[str]]) -> tuple[Sequence[Thing], Sequence[Thing]]:
        """The points of a file that are gone or say something else since it held these rows, as they were and as they are."""
        was = self._numbered(number, map(point_from_row, rows))
        now = self._numbered(number, map(self.thing, self.files[number]))
        return (
            [point for place, point in was.items() if now.get(place) != point],
            [point for place, point in now.items() if was.get(place) != point],
        )

    def _numbered(self, file: int, found: Iterable[Findable]) -> dict[int, Thing]:
        numbered = ((self.number(file, row), point) for row, point in enumerate(found))
        return {number: _indexed(number, point) for number, point in numbered}

    def searched_marks(self) -> Sequence[object]:
        """For each file the marks of all by which its points are found."""
        return [[self._names[at] for at in inside] for inside in self.files]


def _rounded(count: int) -> int:
    """A number near this one, which mostly stays the same if there are a few more or less."""
    step = 1 << max(count.bit_length() - _BITS, 0)
    return -(-count // step) * step


def _indexed(number: int, found: Findable) -> Thing:
    return Thing(number, found.ids, found.name, f"{found.text} {found.people} {found.more}")


def files(debate: Debate, own: Iterable[tuple[Link, str]] = (), before: Before = NOT_BUILT) -> Iterator[Bundle]:
    """All files of the index, in bundles; `own` has the parts and words of the debate's own pages."""
    points = _Points(debate)
    groups: list[_Group] = [points]
    for name, things in all_but_points(debate, own).items():
        groups.append(_Group(name, groups[-1].end, [thing.href for thing in things], things.__getitem__))
    made = [(group, some, found) for group in groups for some, found in group.bundles()]
    yield from (found for _, _, found in made)
    others = [found.mark for group, _, found in made if group is not points]
    new = [(group, n) for group, some, found in made if before.known(found.mark) is None for n in some]
    start = _start(debate, groups)
    yield bundle(("search", start, points.searched_marks(), others), partial(_words, start, groups, new, before))


def _words(
    start: Mapping[str, object], groups: Sequence[_Group], new: Sequence[tuple[_Group, int]], before: Before
) -> Iterator[Output]:
    """The start file and the files of words; `new` are the files of things that may have changed."""
    within = common_limit(sum(len(group.files) for group in groups) * _A_FILE)
    few = len(new) * _FEW <= sum(len(group.files) for group in groups)
    lines = _mended(start, new, before, within) if few else None
    if lines is None:
        lines = index_lines(chain.from_iterable(group.numbered() for group in groups), within)
    parts = list(shares(lines))
    yield _call("start", {**start, "words": [part.first for part in parts]})
    for number, part in enumerate(parts):
        yield _call(f"words-{number}", part.lines)


def _rows(before: Before, group: _Group, number: int) -> Sequence[Sequence[str]] | None:
    """What a file of things held in the last build; None if there was no such file."""
    return cast("Sequence[Sequence[str]] | None", _held(before, f"{group.name}-{number}"))


def _mended(
    start: Mapping[str, object], new: Iterable[tuple[_Group, int]], before: Before, within: int
) -> Mapping[str, str] | None:
    """The lines of the last build, mended for points in new files; None if there is no last build, numbers changed, or more than points did."""
    known = cast("Mapping[str, Sequence[object]] | None", _held(before, "start"))
    if known is None or known["groups"] != start["groups"]:
        return None
    parts = [cast("str | None", _held(before, f"words-{number}")) for number in range(len(known["words"]))]
    if None in parts:
        return None
    gone, come = list[Thing](), list[Thing]()
    for group, number in new:
        rows = _rows(before, group, number)
        changed = None if rows is None else group.changed(number, rows)
        if changed is None:
            return None
        gone += changed[0]
        come += changed[1]
    lines = {line.partition(" ")[0]: line for part in parts if part for line in part.split("\n")}
    return mend_lines(lines, gone, come, within)


def _start(debate: Debate, groups: Sequence[_Group]) -> Mapping[str, object]:
    """What scripts have to know to find their way through the files, and what they say."""
    say = interface_words(debate).say
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
    """By status, of those that points have, the verdict that colours it."""
    verdicts = {found.status: found.verdict for found in judgements(debate).values()}
    return {status: verdicts[status] for status in STATUSES if status in verdicts}


def _call(name: str, value: object) -> Output:
    """A script file that hands its value over under its name."""
    held = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Output(_path(name), f"{_before(name)}{held}{_AFTER}".encode())


def _held(before: Before, name: str) -> object | None:
    """The value that a file of the last build held; None if there was no such file."""
    raw = before.file(_path(name))
    return None if raw is None else json.loads(raw[len(_before(name)) : -len(_AFTER)])


def _path(name: str) -> str:
    return f"search/{name}.js"


def _before(name: str) -> str:
    """What a file has before its value."""
    return f'finding.take("{name}",'


_AFTER = ")\n"
