"""Mend a debate that stands on disk, or in part in an editor, without writing anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.fixing.rounds import mend
from kb.reading.files import files
from kb.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from kb.fixing.rounds import Checked, Mended, Texts
    from kb.load import Loaded


class Edited(NamedTuple):
    """The files of a debate as they were read, what was mended in them, and the debate as it then is."""

    before: dict[str, bytes]
    mended: Mended
    loaded: Loaded


def edit(
    claims: Path, unsaved: Mapping[str, bytes], check: Callable[[Workspace], Checked], *, unsafe: bool = False
) -> Edited:
    """Mend a debate in memory; `check` says what the linter finds in it and what of that is to be mended."""
    before = {path: raw for path, raw in files(claims) if isinstance(raw, bytes)} | dict(unsaved)
    space = Workspace(claims)

    def put(texts: Texts) -> Workspace:
        for path, raw in texts.items():
            space.update(path, raw)
        return space

    mended = mend(before, lambda texts: check(put(texts)), unsafe=unsafe)
    return Edited(before, mended, put({**before, **mended.files}).loaded)
