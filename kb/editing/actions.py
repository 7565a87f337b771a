"""What an editor can do at a place of a file: mend a finding, accept it with a reason, answer the node that stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb import discover
from kb.editing import meanings, names
from kb.editing.words import word_at
from kb.finding import Edit, Place
from kb.linting.allowances import STALE
from kb.linting.manual import RULES
from kb.reading.entries import end_of, entries, is_flow
from kb.reading.fields import MAX_ID
from kb.reading.values import Mapping
from kb.vocabulary import CLAIM, OBJECTION, QUESTION, REPLY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.debate import Debate
    from kb.finding import Finding
    from kb.model import Node, Record
    from kb.reading.text import Text

QUICK_FIX, ADDITION = "quickfix", "refactor.add"


class Action(NamedTuple):
    """Something the tool can do: edits, or a file to create with a text; the cursor goes to `cursor` of it."""

    title: str
    sort: str
    edits: tuple[Edit, ...] = ()
    finding: Finding | None = None
    safe: bool = False
    """Whether it changes no meaning and is the one thing to do about its finding."""
    file: str = ""
    content: str = ""
    cursor: int = 0
    """Where an editor goes on writing: a character of the content."""


def mending_actions(findings: Iterable[Finding]) -> Iterator[Action]:
    """The fixes of findings."""
    for finding in findings:
        if finding.fix is not None:
            yield Action(finding.fix.title, QUICK_FIX, finding.fix.edits, finding, safe=finding.fix.safe)


# -- accepting a finding -----------------------------------------------------------------------------------------------


def accepting_actions(debate: Debate, text: Text, findings: Iterable[Finding]) -> Iterator[Action]:
    """Entries of `allow` for findings about a record of this file; the reason is left for the editor to write."""
    for finding in findings:
        record = _accepting_record(debate, finding)
        where = _entry(text, record, finding.rule) if record is not None else None
        if where is not None:
            yield Action(f"Allow `{finding.rule}` here, and say why", QUICK_FIX, (where,), finding)


def _accepting_record(debate: Debate, finding: Finding) -> Record | None:
    """The record that can accept a finding: the one it is about, if it is in the same file."""
    if finding.node is None or finding.rule == STALE or not hasattr(discover.module(RULES, finding.rule), "check"):
        return None
    records: list[Record | None] = [
        table.get(finding.node) for table in (debate.nodes, debate.sources, debate.participants, debate.terms)
    ]
    return next((record for record in records if record is not None and record.file == finding.file), None)


def _entry(text: Text, record: Record, rule: str) -> Edit | None:
    """A line `rule:` in the record's `allow`, which is begun if need be; None where fields stand in braces."""
    at = record.at
    if not isinstance(at, Mapping) or is_flow(text, at):
        return None
    indent, end = " " * (at.column - 1), end_of(text, at)
    allowed = at.values.get("allow")
    written = f"{text.newline}{indent}allow:{text.newline}{indent}  {rule}: "
    if isinstance(allowed, Mapping) and allowed.keys:
        listed = entries(text, allowed)
        if not listed:
            return None
        end = listed[-1].end
        written = f", {rule}: " if is_flow(text, allowed) else f"{text.newline}{' ' * (allowed.column - 1)}{rule}: "
    elif "allow" in at.keys:
        return None
    return Edit(Place(record.file, text.between(end, end)), written)


# -- answering a node --------------------------------------------------------------------------------------------------

_MOVES = {
    "an objection": (OBJECTION, "attacks", "objection-to"),
    "a reply": (REPLY, "replies_to", "reply-to"),
    "an answer": (CLAIM, "answers", "answer-to"),
}
"""What can be added to a node: the kind of the new one, the relation that leads back, and how its id begins."""


def adding_actions(debate: Debate, file: str, text: str, offset: int) -> Iterator[Action]:
    """New files that object to, reply to or answer the node at the cursor."""
    node = node_at(debate, file, text, offset)
    if node is None:
        return
    known = {
        *debate.nodes,
        *debate.relation_ids,
        *debate.rejected,
        *(names.owner_of(n.file) for n in debate.nodes.values()),
    }
    folder = file.rpartition("/")[0] if meanings.record_in(file) == meanings.NODE else node.file.rpartition("/")[0]
    for move, (kind, relation, lead) in _MOVES.items():
        if kind == CLAIM and node.kind != QUESTION:
            continue
        begun = f"kind: {kind}\ntext: >-\n  "
        path = f"{folder}/{_unused_id(f'{lead}-{node.id}', known)}.yaml"
        content = f"{begun}\n{relation}: {node.id}\n"
        yield Action(f"Add {move} to `{node.id}`", ADDITION, file=path, content=content, cursor=len(begun))


def node_at(debate: Debate, file: str, text: str, offset: int) -> Node | None:
    """The node that the word under the cursor names, else the one that the cursor is in."""
    word = word_at(text, offset)
    piece = names.name_at(debate, file, word, offset) if word is not None else None
    if piece is not None and piece.name.sort == meanings.NODE and piece.name.id in debate.nodes:
        return debate.nodes[piece.name.id]
    line = text.count("\n", 0, offset) + 1
    inside = [node for node in debate.nodes.values() if node.file == file]
    before = [node for node in inside if node.key_place().span.line <= line]
    return max(before or inside, key=lambda node: (node in before, node.place().span.line), default=None)


def _unused_id(wanted: str, used: set[str]) -> str:
    """An id that is not taken: the one wanted, cut to what an id may have, with a number if need be."""
    wanted = wanted[: MAX_ID - 4].rstrip("-")
    numbered = (f"{wanted}-{number}" for number in range(2, len(used) + 3))
    return next(name for name in (wanted, *numbered) if name not in used)
