"""Files beside a debate that only a person's own tool can have written: what they say may be believed.

A cache can come with a repository that somebody else made, and what it says is shown as findings or stays on pages. So it is believed
only if it is signed with a key that this person's tool made for itself and keeps outside of all repositories, and only by the very tool
that wrote it. Anything else (a file that is cut short, changed in one bit, or from another machine or version) is ignored. A cache is
never necessary: if it cannot be written, nobody is told.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import stat
import sys
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from kb.caching.key import key, new_key
from kb.reading.source import PARSER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FOLDER = ".kb-cache"
TAG = "CACHEDIR.TAG"
_SIGNATURE = b"Signature: 8a477f597d28d172789f06886806bc55"  # as https://bford.info/cachedir/ has it
_ABOUT = b"\n# What `kb` remembers of this debate, to be faster next time; `kb clean` removes it.\n"
_MOST_BYTES = 1_000_000_000
_LIBRARIES = ("jinja2", "markdown_it", "markupsafe", "PIL", "font_source_serif_pro", "pygraphviz")
"""The packages with which pages, pictures and maps are made."""
_SIGNED = 64
"""The length of the signature at the end of a file: HMAC (RFC 2104) with SHA-256, for which processors have instructions, in hexadecimal."""


class Signed:
    """A file that is read only if it can be believed, and written if that is possible."""

    def __init__(self, file: Path, key_file: Path, folder: Path | None = None) -> None:
        """A file that is believed if it was signed with the key in `key_file`; the key and the `folder` are made when first needed."""
        self.file = file
        self.key_file = key_file
        self._folder = folder

    @classmethod
    def beside(cls, claims: Path, suffix: str, key_file: Path) -> Signed:
        """A file in `.kb-cache/` beside a debate."""
        folder = claims.absolute().parent / FOLDER
        return cls(folder / f"{claims.name}.{suffix}", key_file, folder)

    def read(self) -> bytes | None:
        """What the file says; None if it cannot be believed."""
        known, (said, signature) = key(self.key_file), _read(self.file, at_end=_SIGNED)
        return said if known is not None and hmac.compare_digest(self._signature(known, said), signature) else None

    def write(self, pieces: Iterable[bytes]) -> None:
        """Let the file say this from now on."""
        known = key(self.key_file) or new_key(self.key_file)
        if known is not None:
            with contextlib.suppress(OSError):
                if self._folder is not None:
                    _prepare(self._folder)
                _replace(self.file, self._signed(known, pieces))

    def _signed(self, known: bytes, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The pieces, followed by their signature."""
        hashed = hmac.new(known, self._tool, "sha256")
        for piece in pieces:
            hashed.update(piece)
            yield piece
        yield hashed.hexdigest().encode("ascii")

    def _signature(self, known: bytes, said: bytes) -> bytes:
        *_, signature = self._signed(known, (said,))
        return signature

    @cached_property
    def _tool(self) -> bytes:
        """A digest of this tool: another release, or one with an edited module, may read or find something else."""
        told = [sys.version, PARSER, *map(_library, _LIBRARIES), *sorted(_modules(str(Path(__file__).parent.parent)))]
        return hashlib.blake2b("\n".join(told).encode(), digest_size=20).digest()


# -- files -----------------------------------------------------------------------------------------------------


def _read(file: Path, at_end: int = 0) -> tuple[bytes, bytes]:
    """The bytes of a regular file and, by themselves, those at its end; waits for no pipe and follows no symbolic link."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(file, flags), "rb") as handle:
            status = os.fstat(handle.fileno())
            regular = stat.S_ISREG(status.st_mode) and at_end <= status.st_size <= _MOST_BYTES
            return (handle.read(status.st_size - at_end), handle.read()) if regular else (b"", b"")
    except OSError:
        return b"", b""


def is_ours(folder: Path) -> bool:
    """Whether a folder is a cache that this tool made."""
    return not folder.is_symlink() and _read(folder / TAG)[0] == _SIGNATURE + _ABOUT


def remove(folder: Path) -> bool:
    """Remove a cache and the folder that was made for it; False if there was none."""
    if not is_ours(folder):
        return False
    import shutil  # noqa: PLC0415 - only what removes needs it

    shutil.rmtree(folder)
    return True


def _prepare(folder: Path) -> None:
    """Make the folder, with files that keep git and backups from taking it in; a folder that this tool did not make is left alone."""
    if is_ours(folder):
        return
    folder.mkdir()
    (folder / ".gitignore").write_bytes(b"*\n")
    (folder / TAG).write_bytes(_SIGNATURE + _ABOUT)


def _replace(file: Path, pieces: Iterable[bytes]) -> None:
    """Write a file beside and rename it: whoever reads meanwhile sees the old file or the new one."""
    import tempfile  # noqa: PLC0415 - only what writes needs it

    handle, beside = tempfile.mkstemp(dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.writelines(pieces)
        Path(beside).replace(file)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _library(name: str) -> str:
    """An installed package, with its size and age; it is not loaded."""
    found = find_spec(name)
    status = None if found is None or found.origin is None else os.stat(found.origin)  # noqa: PTH116
    return name if status is None else f"{name} {status.st_size} {status.st_mtime_ns}"


def _modules(folder: str) -> Iterator[str]:
    """The modules and files of words of this package, each with its size and age."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _modules(entry.path)
            elif entry.name.endswith((".py", ".toml")):
                status = entry.stat()
                yield f"{entry.path} {status.st_size} {status.st_mtime_ns}"
