"""Templates as they were compiled: code, for as long as this process lives, and for the next one where only its owner can have put it.

So it is kept beside the key of that person's caches, never beside a debate, which may be somebody else's.
"""

from __future__ import annotations

import marshal
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import BytecodeCache

from kb.caching.signed import Signed
from kb.publishing.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import CodeType

    from jinja2.bccache import Bucket


class Settled(NamedTuple):
    """All that a compiled template depends on besides its text."""

    fabric: str
    """What tells all templates from others: those that one takes in are compiled into it. Own ones of a debate make it another."""
    language: str
    foreign: str
    root: str


compiled: dict[tuple[Settled, str, str], CodeType] = {}
"""By what it depends on, its name and its text, as Jinja tells them from others."""


class Once(BytecodeCache):
    """Templates that were compiled before: who builds a site with every save compiles only what was changed."""

    def __init__(self, settled: Settled) -> None:
        """Know what templates here depend on."""
        self._settled = settled

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what is there."""
        bucket.code = compiled.get((self._settled, bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was made."""
        if bucket.code is not None:
            compiled[self._settled, bucket.key, bucket.checksum] = bucket.code


@contextmanager
def kept(key_file: Path) -> Iterator[None]:
    """Know what was compiled of the templates of the tool when they were as they are, and keep what is compiled meanwhile."""
    file = Signed(key_file.with_name("templates"), key_file)
    said = file.read()
    known = {} if said is None else marshal.loads(said)  # noqa: S302 - what is signed was written below
    compiled.update({(Settled(*settled), *name): code for (settled, *name), code in known.items()})
    yield
    ours = Theme().fabric
    now = {(tuple(settled), *name): code for (settled, *name), code in compiled.items() if settled.fabric == ours}
    if now.keys() - known.keys():
        file.write([marshal.dumps(now)])
