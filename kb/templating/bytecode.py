"""Compiled templates, remembered while this process lives, and for the next one in a file that only its owner can have written.

Code is run, so it is kept beside the key of that person's caches and never beside a debate, which may come from somebody else.
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


class Dependencies(NamedTuple):
    """All that a compiled template depends on besides its text."""

    template_mark: str
    """The mark of all templates, since those that one includes are compiled into it. A debate with templates of its own has another."""
    language: str
    foreign: str
    root: str


compiled: dict[tuple[Dependencies, str, str], CodeType] = {}
"""The code of templates by what they depend on, and by Jinja's digests of their names and texts."""


class BytecodeMemory(BytecodeCache):
    """Jinja's view of what was compiled before: a site that is built with every save compiles only templates that changed."""

    def __init__(self, dependencies: Dependencies) -> None:
        """`dependencies` is what all templates of this environment depend on."""
        self._dependencies = dependencies

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give Jinja the code of a template, if it was compiled before."""
        bucket.code = compiled.get((self._dependencies, bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember the code of a template."""
        if bucket.code is not None:
            compiled[self._dependencies, bucket.key, bucket.checksum] = bucket.code


@contextmanager
def remembered_templates(key_file: Path) -> Iterator[None]:
    """Read which of the tool's own templates were compiled before, and write down at the end what was compiled meanwhile."""
    file = Signed(key_file.with_name("templates"), key_file)
    content = file.read()
    known = {} if content is None else marshal.loads(content)  # noqa: S302 - what is signed was written below
    compiled.update({(Dependencies(*values), *name): code for (values, *name), code in known.items()})
    yield
    shipped_mark = Theme().template_mark
    current = {
        (tuple(values), *name): code
        for (values, *name), code in compiled.items()
        if values.template_mark == shipped_mark
    }
    if current.keys() - known.keys():
        file.write([marshal.dumps(current)])
