"""What is remembered of a debate between two looks at it: what each file says, and what rules found in them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple, cast

from kb.caching.codec import pack_problem, unpack_problem
from kb.caching.outline import Sketch
from kb.caching.signed import Signed
from kb.incremental.edits import Edits
from kb.incremental.found import KnownProblems
from kb.incremental.silence import Silence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kb.reading.files import Stamp


_Row = tuple[str, "Stamp | None", str, tuple[list[str], list[str], int, bool, bool, list[str]]]
"""A file in the cache without what it says: its path, stamp and digest, and its sketch."""


class Kept(NamedTuple):
    """What is known of a file: its stamp (if that can be trusted to change with it), the digest of its bytes, and what it says."""

    stamp: Stamp | None
    digest: str
    sketch: Sketch
    packed: str
    row: str | None = None
    """All but what it says, in the form in which it was read from the cache."""


class Memory(NamedTuple):
    """All that is remembered of a debate: its files by path, what rules found in them, and whether each id was used only once."""

    files: Mapping[str, Kept]
    found: KnownProblems
    orderly: bool


class Cache:
    """The cache of one debate: `.kb-cache/` beside its folder."""

    def __init__(self, claims: Path, key_file: Path) -> None:
        """A cache that is believed if it was signed with the key in `key_file`; the key is made when first needed."""
        self._file = Signed.beside(claims, "cache", key_file)

    def read(self) -> Memory | None:
        """What was remembered last; None if it cannot be believed."""
        raw = self._file.read()
        if raw is None:
            return None
        *lines, rest, _ = raw.decode("ascii").split("\n")
        orderly, found, (silent, asked, since), (late, missed) = json.loads(rest)
        said, rows = lines[: len(lines) // 2], lines[len(lines) // 2 :]
        kept = {
            path: Kept(stamp, digest, _sketch(*sketched), packed, row)
            for (path, stamp, digest, sketched), packed, row in zip(_table(rows), said, rows, strict=True)
        }
        problems = {rule: tuple(map(unpack_problem, listed)) for rule, listed in found.items()}
        silence = Silence(frozenset(silent), asked, Edits(*map(set, since)))
        return Memory(kept, KnownProblems(problems, frozenset(late), Edits(*map(set, missed)), silence), orderly)

    def write(self, files: Iterable[tuple[str, Kept]], found: KnownProblems, *, orderly: bool) -> None:
        """Remember this from now on."""
        self._file.write(_lines(files, found, orderly))


def _table(rows: Iterable[str]) -> Sequence[_Row]:
    """All rows, decoded together, which takes half the time."""
    return cast("Sequence[_Row]", json.loads(f"[{','.join(rows)}]"))


def _sketch(
    nodes: Iterable[str], relations: Iterable[str], sources: int, asks: bool, telling: bool, names: Iterable[str]
) -> Sketch:
    return Sketch(tuple(nodes), tuple(relations), sources, asks, telling, tuple(names))


def _lines(files: Iterable[tuple[str, Kept]], found: KnownProblems, orderly: bool) -> Iterator[bytes]:
    """The lines of the cache: what each file says, the table of the files, and all that was found in them."""
    rows = []
    for path, (stamp, digest, sketch, packed, row) in files:
        rows.append(json.dumps((path, stamp, digest, sketch)) if row is None else row)
        yield f"{packed}\n".encode("ascii")
    yield from (f"{row}\n".encode("ascii") for row in rows)
    problems = {rule: [pack_problem(problem) for problem in listed] for rule, listed in found.problems.items()}
    silent = sorted(found.silence.rules), found.silence.had_question, _listed(found.silence.since)
    late = sorted(found.late), _listed(found.missed)
    yield f"{json.dumps((orderly, problems, silent, late))}\n".encode("ascii")


def _listed(edits: Edits) -> list[list[str]]:
    return [sorted(part) for part in edits]
