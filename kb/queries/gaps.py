"""What an answer leaves out: files with errors, and relations that lead nowhere. Who asks should know before they believe it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kb.debate import Debate
    from kb.load import Loaded

_NAMED = 3


def gaps(loaded: Loaded, serious: Callable[[str], bool]) -> str | None:
    """A sentence that names the files of which something is left out; None if nothing is.

    `serious` tells of a rule whether what breaks it cannot be read as meant.
    """
    broken = {fault.file for fault in loaded.faults if serious(fault.rule)}
    files = [*sorted(broken), *sorted(set(_files_with_dangling_relations(loaded.debate)) - broken)]
    if not files:
        return None
    named = ", ".join(files[:_NAMED]) + (f" and {len(files) - _NAMED} more" if len(files) > _NAMED else "")
    what = "a file" if len(files) == 1 else f"{len(files)} files"
    return f"this answer leaves out what is wrong in {what}: {named}; `kb lint` says what"


def _files_with_dangling_relations(debate: Debate) -> Iterator[str]:
    """Files with relations to what is not there."""
    for node in debate.nodes.values():
        for relation in node.relations:
            if relation.to not in debate.nodes and len(debate.undercut_targets(relation)) != 1:
                yield node.place().file
