"""What is remembered of the site that was built last: of what its files were made, and stamps that show whether somebody touched them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from kb.caching.signed import Signed
from kb.results import Known, Results

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from kb.reading.files import Stamp
    from kb.results import Rows


class BundleRecord(NamedTuple):
    """The files of one bundle: by path their stamps as they were written, and the anchors that links to them may use."""

    stamps: Mapping[str, Stamp]
    anchors: Mapping[str, frozenset[str]]
    targets: Sequence[str]
    """The addresses to which their links to other files lead."""


class GroupRecord(NamedTuple):
    """Lists that were made together: the marks of the bundles they consist of, that of the words on them, and those of the groups inside."""

    bundles: Sequence[str]
    words: str
    inner: Sequence[str] = ()


class Built(NamedTuple):
    """A site as it was built: its folder, marks of all it was made of and of what all its pages share, and its files by bundle."""

    target: str
    whole: str
    """The mark of all that it was made of."""
    shared: str
    bundles: Mapping[str, BundleRecord]
    groups: Mapping[str, GroupRecord]
    """Lists that were made together, by their mark."""
    rest: Mapping[str, Stamp]
    """The files that came in no bundle."""
    known: Known
    """The answers about the debate."""

    @property
    def stamps(self) -> dict[str, Stamp]:
        """The stamp of every file as it was written."""
        found = dict(self.rest)
        for bundle in self.bundles.values():
            found.update(bundle.stamps)
        return found


_AT_ONCE = 1_000
"""How many lines are decoded together: those of a large site would take much memory if all were."""
_MOST_UNUSED = 2
"""How many times as many sets of anchors as are in use may be kept before all is written anew."""


class Shelf:
    """Where the site that was built last is remembered: in `.kb-cache/`, signed."""

    def __init__(self, claims: Path, key_file: Path) -> None:
        self._file = Signed.beside(claims, "site", key_file)
        self._anchor_sets: list[frozenset[str]] = []
        self._lines: dict[str, tuple[object, bytes]] = {}
        """By mark what was read, with the line that says it."""

    def read(self) -> Built | None:
        """The site that was built last; None if there is none, or what the file says cannot be believed."""
        raw = self._file.read()
        if raw is None:
            return None
        about, groups, anchor_sets, jointly, of_whole, *lines = raw.splitlines(keepends=True)
        target, whole, shared, rest, count, parts = json.loads(about)
        self._anchor_sets = [frozenset(anchors) for anchors in json.loads(anchor_sets)]
        bundles = dict(
            chain.from_iterable(
                self._decoded(lines[at : min(at + _AT_ONCE, count)]) for at in range(0, count, _AT_ONCE)
            )
        )
        group_records = {mark: GroupRecord(*row) for mark, row in json.loads(groups).items()}
        results = Results(parts, _Columns(parts, lines[count:]))
        return Built(
            target,
            whole,
            shared,
            bundles,
            group_records,
            rest,
            Known(results, json.loads(jointly), json.loads(of_whole)),
        )

    def _decoded(self, lines: Sequence[bytes]) -> Iterator[tuple[str, BundleRecord]]:
        """The bundles of some lines, decoded together, which takes half the time."""
        return map(self._bundle, lines, json.loads(b"[%b]" % b",".join(lines)))

    def _bundle(
        self, line: bytes, row: tuple[str, Mapping[str, Stamp], Sequence[int], Sequence[str]]
    ) -> tuple[str, BundleRecord]:
        mark, stamps, numbers, targets = row
        bundle = BundleRecord(
            stamps, dict(zip(stamps, map(self._anchor_sets.__getitem__, numbers), strict=True)), targets
        )
        self._lines[mark] = bundle, line
        return mark, bundle

    def write(self, built: Built) -> None:
        """Remember this site from now on; what has not changed since it was read is written as it was."""
        self._file.write(self._pieces(built))

    def _pieces(self, built: Built) -> Iterator[bytes]:
        """The pieces of the file, since a site may be large: what the site is, then its bundles, then the answers about parts."""
        used = dict.fromkeys(chain.from_iterable(bundle.anchors.values() for bundle in built.bundles.values()))
        if len(self._anchor_sets) > _MOST_UNUSED * len(used):
            self._anchor_sets, self._lines = [], {}  # lines give anchors by their place in this list
        numbers = {anchors: number for number, anchors in enumerate(dict.fromkeys((*self._anchor_sets, *used)))}
        results, jointly, of_whole = built.known
        about = built.target, built.whole, built.shared, built.rest, len(built.bundles), results.parts
        yield from map(_line, (about, built.groups, [sorted(anchors) for anchors in numbers], jointly, of_whole))
        for mark, bundle in built.bundles.items():
            yield self._line_read(mark, bundle) or _line(
                (mark, bundle.stamps, _anchor_numbers(bundle, numbers), bundle.targets)
            )
        for question in results.questions if results.parts else ():
            yield _column(question, results)

    def _line_read(self, name: str, said: object) -> bytes | None:
        """The line that says this, if it was read; else None."""
        found, line = self._lines.get(name, (None, b""))
        return line if found is said else None


_TAB, _NOT_ASKED = b"\t", b"null"
"""Between the answers of parts, since it never stands in JSON that is written in one line, and in place of an answer."""


class _Columns(Mapping[str, Mapping[str, "Rows"]]):
    """The answers by question and part as a file has them: a line for each question, which is decoded when it is asked."""

    def __init__(self, parts: Sequence[str], lines: Iterable[bytes]) -> None:
        """Columns of a file; each line begins with its question and goes on with the answers of the parts, in their order."""
        self._parts = parts
        self._lines = dict(line.rstrip(b"\n").split(_TAB, 1) for line in lines)

    def __getitem__(self, question: str) -> Mapping[str, Rows]:
        answers = json.loads(b"[%b]" % self._lines[question.encode("ascii")].replace(_TAB, b","))
        return {name: rows for name, rows in zip(self._parts, answers, strict=True) if rows is not None}

    def __iter__(self) -> Iterator[str]:
        return (question.decode("ascii") for question in self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def written(self, question: str) -> dict[str, bytes]:
        """The answers to a question by part, as the file has them; none if nobody asked it."""
        line = self._lines.get(question.encode("ascii"))
        return {} if line is None else dict(zip(self._parts, line.split(_TAB), strict=True))


def _column(question: str, results: Results) -> bytes:
    """The line of a question; answers that were read are taken over as they are."""
    known = _encoded(results.remembered, question)
    known |= {name: _dumped(rows[question]) for name, rows in results.fresh.items() if question in rows}
    return _TAB.join([question.encode("ascii"), *(known.get(name, _NOT_ASKED) for name in results.parts)]) + b"\n"


def _encoded(remembered: Mapping[str, Mapping[str, Rows]], question: str) -> dict[str, bytes]:
    """What is remembered of the answers to a question, by part."""
    if isinstance(remembered, _Columns):
        return remembered.written(question)
    return {name: _dumped(rows) for name, rows in remembered.get(question, {}).items()}


def _anchor_numbers(bundle: BundleRecord, numbers: Mapping[frozenset[str], int]) -> Sequence[int]:
    """For each file, in the order of the stamps, the number of its set of anchors."""
    return [numbers[bundle.anchors[path]] for path in bundle.stamps]


def _line(said: object) -> bytes:
    return _dumped(said) + b"\n"


def _dumped(said: object) -> bytes:
    return json.dumps(said, separators=(",", ":")).encode("ascii")
