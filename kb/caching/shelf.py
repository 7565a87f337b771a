"""What is remembered of the site that was built last: of what its files were made, and stamps that show whether somebody touched them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from kb.caching.signed import Signed
from kb.parted import Known

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kb.parted import Told
    from kb.reading.files import Stamp


class Sheaf(NamedTuple):
    """The files of one bundle: by path their stamps as they were written, and the anchors that links to them may use."""

    stamps: Mapping[str, Stamp]
    anchors: Mapping[str, frozenset[str]]
    leads: Sequence[str]
    """The addresses to which their links to other files lead."""


class Gathered(NamedTuple):
    """Lists that were made together: the marks of what they consist of, that of the words on them, and the lists inside them."""

    marks: Sequence[str]
    words: str
    inner: Sequence[str] = ()


class Built(NamedTuple):
    """A site as it was built: its folder, marks of all it was made of and of what all its pages share, and its files by bundle."""

    target: str
    whole: str
    """The mark of all that it was made of."""
    shared: str
    sheaves: Mapping[str, Sheaf]
    quires: Mapping[str, Gathered]
    """Lists that were made together, by their mark."""
    rest: Mapping[str, Stamp]
    """The files that came in no bundle."""
    known: Known
    """The answers about the debate."""

    @property
    def stamps(self) -> dict[str, Stamp]:
        """The stamp of every file as it was written."""
        found = dict(self.rest)
        for sheaf in self.sheaves.values():
            found.update(sheaf.stamps)
        return found


_MOST_UNUSED = 2
"""How many times as many sets of anchors as are in use may be kept before all is written anew."""


class Shelf:
    """Where the site that was built last is remembered: in `.kb-cache/`, signed."""

    def __init__(self, claims: Path, key_file: Path) -> None:
        self._file = Signed.beside(claims, "site", key_file)
        self._alike: list[frozenset[str]] = []
        self._lines: dict[str, tuple[object, bytes]] = {}
        """By mark what was read, with the line that says it."""

    def read(self) -> Built | None:
        """The site that was built last; None if there is none, or what the file says cannot be believed."""
        raw = self._file.read()
        if raw is None:
            return None
        head, *lines = raw.splitlines(keepends=True)
        target, whole, shared, quires, rest, alike, jointly, of_whole, count = json.loads(head)
        self._alike = [frozenset(anchors) for anchors in alike]
        sheaves = dict(map(self._sheaf, lines[:count], json.loads(b"[%b]" % b",".join(lines[:count]))))
        known = Known(self._all_told(lines[count:]), jointly, of_whole)
        return Built(
            target,
            whole,
            shared,
            sheaves,
            {mark: Gathered(*gathered) for mark, gathered in quires.items()},
            rest,
            known,
        )

    def _sheaf(
        self, line: bytes, said: tuple[str, Mapping[str, Stamp], Sequence[int], Sequence[str]]
    ) -> tuple[str, Sheaf]:
        mark, stamps, kinds, leads = said
        sheaf = Sheaf(stamps, dict(zip(stamps, map(self._alike.__getitem__, kinds), strict=True)), leads)
        self._lines[mark] = sheaf, line
        return mark, sheaf

    def _all_told(self, lines: Sequence[bytes]) -> Mapping[str, Told]:
        read = [line.decode("ascii").rstrip("\n").split(_TAB) for line in lines]
        written = [dict(zip(pairs[::2], pairs[1::2], strict=True)) for _, *pairs in read]
        answers = _Answers(written)
        found = {
            name: _Told(said, answers, part) for part, ((name, *_), said) in enumerate(zip(read, written, strict=True))
        }
        self._lines.update(zip(found, zip(found.values(), lines, strict=True), strict=True))
        return found

    def write(self, built: Built) -> None:
        """Remember this site from now on; what has not changed since it was read is written as it was."""
        self._file.write(self._pieces(built))

    def _pieces(self, built: Built) -> Iterator[bytes]:
        """The pieces of the file, since a site may be large: what the site is, then its sheaves, then the answers about parts."""
        used = dict.fromkeys(chain.from_iterable(sheaf.anchors.values() for sheaf in built.sheaves.values()))
        if len(self._alike) > _MOST_UNUSED * len(used):
            self._alike, self._lines = [], {}  # lines give anchors by their place in this list
        kinds = {anchors: kind for kind, anchors in enumerate(dict.fromkeys((*self._alike, *used)))}
        about = built.target, built.whole, built.shared, built.quires, built.rest
        alike, known = [sorted(anchors) for anchors in kinds], built.known
        yield _line((*about, alike, known.jointly, known.of_whole, len(built.sheaves)))
        for mark, sheaf in built.sheaves.items():
            yield self._known(mark, sheaf) or _line((mark, sheaf.stamps, _kinds(sheaf, kinds), sheaf.leads))
        for name, told in known.parts.items():
            yield self._known(name, told) or _told_line(name, told)

    def _known(self, name: str, said: object) -> bytes | None:
        """The line that says this, if it was read; else None."""
        found, line = self._lines.get(name, (None, b""))
        return line if found is said else None


_TAB = "\t"
"""Never stands in JSON that is written in one line."""


class _Answers:
    """The answers about all parts, as written; they are decoded question by question, since all parts are asked the same."""

    def __init__(self, parts: Sequence[Mapping[str, str]]) -> None:
        self._parts = parts
        self._read: dict[str, Mapping[int, Sequence[object]]] = {}

    def read(self, question: str, part: int) -> Sequence[object]:
        """The answer to a question about the part with this number."""
        if question not in self._read:
            asked = [number for number, written in enumerate(self._parts) if question in written]
            answers = json.loads(f"[{','.join(self._parts[number][question] for number in asked)}]")
            self._read[question] = dict(zip(asked, answers, strict=True))
        return self._read[question][part]


class _Told(Mapping[str, "Sequence[object]"]):
    """The answers about a part by question, decoded when asked for."""

    def __init__(self, written: Mapping[str, str], answers: _Answers, part: int) -> None:
        self._written = written
        self._answers = answers
        self._part = part

    def __getitem__(self, question: str) -> Sequence[object]:
        return self._answers.read(question, self._part)

    def __iter__(self) -> Iterator[str]:
        return iter(self._written)

    def __len__(self) -> int:
        return len(self._written)

    def __contains__(self, question: object) -> bool:
        return question in self._written


def _kinds(sheaf: Sheaf, kinds: Mapping[frozenset[str], int]) -> Sequence[int]:
    """For each file, in the order of the stamps, the number of its set of anchors."""
    return [kinds[sheaf.anchors[path]] for path in sheaf.stamps]


def _told_line(name: str, told: Told) -> bytes:
    pairs = (part for question, rows in told.items() for part in (question, _dumped(rows)))
    return f"{_TAB.join((name, *pairs))}\n".encode("ascii")


def _line(said: object) -> bytes:
    return f"{_dumped(said)}\n".encode("ascii")


def _dumped(said: object) -> str:
    return json.dumps(said, separators=(",", ":"))
