"""What is remembered of the site that was built last: of what its files were made, and stamps that show whether somebody touched them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from kb.caching.signed import Signed
from kb.results import Known, Results

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from kb.reading.files import Stamp
    from kb.results import Rows

Value = TypeVar("Value")


class BundleRecord(NamedTuple):
    """The files of one bundle: by path their stamps as they were written, and for each the anchors that links to it may use."""

    stamps: Mapping[str, Stamp]
    anchors: Sequence[frozenset[str]]
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
_MOST_GROWN = 2
"""How many times as long as it was at first a table may get, since nothing is taken out of it, before all is written anew."""


class _Tables(NamedTuple):
    """What bundles share: lines give it by its place here, which it keeps as long as lines that were read are written as they were."""

    anchor_sets: Sequence[frozenset[str]] = ()
    targets: Sequence[str] = ()
    at_first: Sequence[int] = (0, 0)
    """How long both were when all was written anew."""

    @property
    def is_overgrown(self) -> bool:
        """Whether half of what is in them, or more, may be of bundles that are gone."""
        sizes = len(self.anchor_sets), len(self.targets)
        return any(now > _MOST_GROWN * first for now, first in zip(sizes, self.at_first, strict=True))


class Shelf:
    """Where the site that was built last is remembered: in `.kb-cache/`, signed."""

    def __init__(self, claims: Path, key_file: Path) -> None:
        self._file = Signed.beside(claims, "site", key_file)
        self._tables = _Tables()
        self._lines: dict[str, tuple[object, bytes]] = {}
        """By mark what was read, with the line that says it."""

    def read(self) -> Built | None:
        """The site that was built last; None if there is none, or what the file says cannot be believed."""
        raw = self._file.read()
        if raw is None:
            return None
        about, groups, jointly, of_whole, *lines = raw.splitlines(keepends=True)
        target, whole, shared, rest, count, parts = json.loads(about)
        anchor_sets, targets, at_first = json.loads(lines[count])
        self._tables = _Tables([*map(frozenset, anchor_sets)], targets, at_first)
        bundles = dict(
            chain.from_iterable(
                self._decoded(lines[at : min(at + _AT_ONCE, count)]) for at in range(0, count, _AT_ONCE)
            )
        )
        group_records = {mark: GroupRecord(*row) for mark, row in json.loads(groups).items()}
        results = Results(parts, _Columns(parts, lines[count + 1 :]))
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
        self, line: bytes, row: tuple[str, Mapping[str, Stamp], Sequence[int], Sequence[int]]
    ) -> tuple[str, BundleRecord]:
        mark, stamps, numbers, targets = row
        anchor_sets, addresses, _ = self._tables
        anchors, leads_to = map(anchor_sets.__getitem__, numbers), map(addresses.__getitem__, targets)
        bundle = BundleRecord(stamps, tuple(anchors), tuple(leads_to))
        self._lines[mark] = bundle, line
        return mark, bundle

    def write(self, built: Built) -> None:
        """Remember this site from now on; what has not changed since it was read is written as it was."""
        self._file.write(self._pieces(built))

    def _pieces(self, built: Built) -> Iterator[bytes]:
        """The pieces of the file, since a site may be large: what the site is, then its bundles, then the answers about parts."""
        results, jointly, of_whole = built.known
        about = built.target, built.whole, built.shared, built.rest, len(built.bundles), results.parts
        yield from map(_line, (about, built.groups, jointly, of_whole))
        yield from self._bundle_lines(built.bundles)
        for question in results.questions if results.parts else ():
            yield _column(question, results)

    def _bundle_lines(self, bundles: Mapping[str, BundleRecord]) -> Iterator[bytes]:
        """The lines of bundles, then that of the tables by which they are to be read."""
        if self._tables.is_overgrown or not any(self._line_read(*bundle) for bundle in bundles.items()):
            self._tables, self._lines = _Tables(), {}
        anchor_numbers, target_numbers = map(_numbers, self._tables[:2])
        for mark, bundle in bundles.items():
            line = self._line_read(mark, bundle)
            if line is None:
                anchors = [_number(anchors, anchor_numbers) for anchors in bundle.anchors]
                targets = [_number(target, target_numbers) for target in bundle.targets]
                line = _line((mark, bundle.stamps, anchors, targets))
            yield line
        at_first = self._tables.at_first if self._lines else (len(anchor_numbers), len(target_numbers))
        yield _line(([*map(sorted, anchor_numbers)], [*target_numbers], at_first))

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


def _numbers(table: Iterable[Value]) -> dict[Value, int]:
    """By what is in a table its place there."""
    return {value: number for number, value in enumerate(table)}


def _number(value: Value, numbers: dict[Value, int]) -> int:
    """The place of something in a table, which it is given if it has none."""
    return numbers.setdefault(value, len(numbers))


def _line(said: object) -> bytes:
    return _dumped(said) + b"\n"


def _dumped(said: object) -> bytes:
    return json.dumps(said, separators=(",", ":")).encode("ascii")
