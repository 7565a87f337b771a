"""What a rule looks at, so that an edit of anything else need not run it again.

A rule may say three things about itself. `READS` names what its findings depend on: fields of nodes, and files; a rule that does not
say depends on everything. `LOCAL = True` says that what it finds on a node depends on no other nodes than those connected with it,
near or far, by what they name. `LOCAL_WHILE_CLEAN = True` says less: that once all was read and all names led somewhere and it found
nothing, edits of nodes give it something to say only if they do so on the nodes connected with them (unless they ask the first
question of a debate). These are promises about every debate, and `tests/test_scope.py` holds each rule to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.reading.decode import NODE_FIELDS

if TYPE_CHECKING:
    from types import ModuleType

ON_NODES = frozenset({*NODE_FIELDS, "id"})
"""The fields of nodes; `id` tells which nodes there are."""
FILES = {"sources/", "participants/", "terms/", "topic.yaml", "kb.yaml"}
"""What is said elsewhere than on nodes: of these a rule reads all or nothing."""
REJECTED = "rejected"
"""Which records were not read as written. A local rule may ask that of the nodes it looks at, and need not say so."""
LAYOUT = "layout"
"""How a file is written, whatever it says."""
EVERYTHING = ON_NODES | FILES | {REJECTED, LAYOUT}

WORDING = frozenset(
    {"text", "title", "note", "tags", "terms", "topic", "allow", "expect", "weight", "formerly", "data"}
)
"""What most edits change: it does not tell who argues what."""
STRUCTURE = (ON_NODES - WORDING) | {"sources/"}
"""Who argues what, for and against what, and where in the sources: what most rules look at."""


DANGLING = ("unknown-target", "unmatched-undercut", "ambiguous-undercut")
"""The rules that find the names of nodes and steps that lead nowhere."""


class Scope(NamedTuple):
    """What the findings of a rule depend on."""

    reads: frozenset[str]
    local: bool
    local_while_clean: bool


def scope(rule: ModuleType) -> Scope:
    """What a rule says about itself."""
    reads = frozenset(getattr(rule, "READS", EVERYTHING))
    return Scope(reads, getattr(rule, "LOCAL", False), getattr(rule, "LOCAL_WHILE_CLEAN", False))
