"""The cache file: who may be believed, and how it is read and written without harm.

A cache can come with a repository that somebody else made, and what it says is shown as findings. So it is believed only if it is
signed with a key that this person's tool made for itself and keeps outside of all repositories, and only by the very tool that wrote
it. Everything else (cut short, changed in one bit, of another machine or version) is as if it were not there. It is never needed:
what cannot be written is not written, silently.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kb.caching.codec import pack_problem, unpack_problem
from kb.caching.key import key, new_key
from kb.caching.outline import Sketch
from kb.incremental.edits import Edits
from kb.incremental.silence import Silence
from kb.reading.files import Stamp
from kb.reading.source import PARSER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kb.finding import Problem

FOLDER = ".kb-cache"
TAG = "CACHEDIR.TAG"
_SIGNATURE = b"Signature: 8a477f597d28d172789f06886806bc55"  # as https://bford.info/cachedir/ has it
_ABOUT = b"\n# What `kb` remembers of this debate, to be faster next time; `kb clean` removes it.\n"
_MOST_BYTES = 1_000_000_000
_SIGNED = 64
"""Letters of the signature at the end of the file, after a line for each file and one for what was found."""


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
        self.folder = claims.absolute().parent / FOLDER
        self.file = self.folder / f"{claims.name}.cache"
        self.key_file = key_file

    def read(self) -> Memory | None:
        """What was remembered last, if it can be believed."""
        known, raw = key(self.key_file), _bytes_of(self.file)
        if known is None or _signature(known, (raw[:-_SIGNED],)) != raw[-_SIGNED:]:
            return None
        *said, table, _ = raw.decode("ascii").split("\n")
        tool, orderly, files, found, (silent, asked, since) = json.loads(table)
        if tool != _tool():
            return None
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
        known = key(self.key_file) or new_key(self.key_file)
        if known is not None:
            with contextlib.suppress(OSError):
                _prepare(self.folder)
                _replace(self.file, _signed(known, _lines(files, found, silence, orderly)))


def _sketch(nodes: int, sources: int, asks: bool, telling: bool, names: Iterable[str]) -> Sketch:
    return Sketch(nodes, sources, asks, telling, tuple(names))


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
    yield f"{json.dumps((_tool(), orderly, table, problems, silent))}\n".encode("ascii")


def _signed(known: bytes, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces, and then their signature."""
    hashed = hashlib.blake2b(key=known, digest_size=_SIGNED // 2)
    for piece in pieces:
        hashed.update(piece)
        yield piece
    yield hashed.hexdigest().encode("ascii")


def _signature(known: bytes, pieces: Iterable[bytes]) -> bytes:
    *_, signature = _signed(known, pieces)
    return signature


# -- files -----------------------------------------------------------------------------------------------------


def _bytes_of(file: Path) -> bytes:
    """The bytes of a regular file; nothing is waited for, no link is followed."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(file, flags), "rb") as handle:
            status = os.fstat(handle.fileno())
            regular = stat.S_ISREG(status.st_mode) and status.st_size <= _MOST_BYTES
            return handle.read() if regular else b""
    except OSError:
        return b""


def is_ours(folder: Path) -> bool:
    """Whether a folder is a cache that this tool made."""
    return not folder.is_symlink() and _bytes_of(folder / TAG) == _SIGNATURE + _ABOUT


def remove(folder: Path) -> bool:
    """Remove a cache and the folder that was made for it; whether there was one."""
    if not is_ours(folder):
        return False
    import shutil  # noqa: PLC0415 - only what removes needs it

    shutil.rmtree(folder)
    return True


def _prepare(folder: Path) -> None:
    """Make the folder, so that neither git nor backups take it in; one that is not ours is left alone."""
    if is_ours(folder):
        return
    folder.mkdir()
    (folder / ".gitignore").write_bytes(b"*\n")
    (folder / TAG).write_bytes(_SIGNATURE + _ABOUT)


def _replace(file: Path, pieces: Iterable[bytes]) -> None:
    """Write beside, then rename: whoever reads meanwhile sees the old file or the new one."""
    import tempfile  # noqa: PLC0415 - only what writes needs it

    handle, beside = tempfile.mkstemp(dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.writelines(pieces)
        Path(beside).replace(file)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


# -- the tool --------------------------------------------------------------------------------------------------


def _tool() -> str:
    """What tells this tool from any other: another release or an edit of one of its modules may read or find otherwise."""
    told = [sys.version, PARSER, *sorted(_modules(str(Path(__file__).parent.parent)))]
    return hashlib.blake2b("\n".join(told).encode(), digest_size=20).hexdigest()


def _modules(folder: str) -> Iterator[str]:
    """The modules of the package, each with its size and age."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _modules(entry.path)
            elif entry.name.endswith(".py"):
                status = entry.stat()
                yield f"{entry.path} {status.st_size} {status.st_mtime_ns}"
