"""What is remembered of a debate between two looks at it: what each file says, and what rules found in them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from kb.caching.codec import pack_problem, unpack_problem
from kb.caching.outline import Sketch
from kb.caching.signed import Signed
from kb.incremental.edits import Edits
from kb.incremental.silence import Silence
from kb.reading.files import Stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from kb.finding import Problem


class Kept(NamedTuple):
    """What is known of a file: its stamp (if that can be trusted to change with it), the digest of its bytes, and what it says."""

    stamp: Stamp | None
    digest: str
    sketch: Sketch
    packed: str


class Memory(NamedTuple):
    """All that is remembered of a debate: its files by path, what rules found in them or had no reason to, whether ids were used once."""

    files: Mapping[str, Kept]
    found: Mapping[str, tuple[Problem, ...]]
    silence: Silence
    orderly: bool


class Cache:
    """The cache of one debate: `.kb-cache/` beside its folder."""

    def __init__(self, claims: Path, key_file: Path) -> None:
        """A cache that is believed if it was signed with the key in a file; when one is needed, it is made there."""
        self._file = Signed.beside(claims, "cache", key_file)

    def read(self) -> Memory | None:
        """What was remembered last, if it can be believed."""
        raw = self._file.read()
        if raw is None:
            return None
        *said, table, _ = raw.decode("ascii").split("\n")
        orderly, files, found, (silent, asked, since) = json.loads(table)
        kept = {
            path: Kept(None if stamp is None else Stamp(*stamp), digest, _sketch(*sketched), packed)
            for (path, stamp, digest, sketched), packed in zip(files, said, strict=True)
        }
        problems = {rule: tuple(map(unpack_problem, listed)) for rule, listed in found.items()}
        silence = Silence(frozenset(silent), asked, Edits(*map(set, since)))
        return Memory(kept, problems, silence, orderly)

    def write(
        self,
        files: Iterable[tuple[str, Kept]],
        found: Mapping[str, Iterable[Problem]],
        silence: Silence,
        *,
        orderly: bool,
    ) -> None:
        """Remember this from now on."""
        self._file.write(_lines(files, found, silence, orderly))


def _sketch(nodes: Iterable[str], sources: int, asks: bool, telling: bool, names: Iterable[str]) -> Sketch:
    return Sketch(tuple(nodes), sources, asks, telling, tuple(names))


def _lines(
    files: Iterable[tuple[str, Kept]], found: Mapping[str, Iterable[Problem]], silence: Silence, orderly: bool
) -> Iterator[bytes]:
    """What each file says, then the table of the files with all that was found in them."""
    table = []
    for path, (stamp, digest, sketch, packed) in files:
        table.append((path, stamp, digest, sketch))
        yield f"{packed}\n".encode("ascii")
    problems = {rule: [pack_problem(problem) for problem in listed] for rule, listed in found.items()}
    silent = sorted(silence.rules), silence.asked, [sorted(part) for part in silence.since]
    yield f"{json.dumps((orderly, table, problems, silent))}\n".encode("ascii")
