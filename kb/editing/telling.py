"""What an editor is told of a thing of the debate: who says a node and how it fares, what a passage or a sense holds, what a word means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kb import discover
from kb.editing import meanings
from kb.editing.names import Name, record_of
from kb.evaluate import evaluate
from kb.glosses import GLOSSES
from kb.linting import manual
from kb.model import Node, Participant, Passage, Relation, Sense, Source, Term, Topic
from kb.queries.objections import objections_text
from kb.queries.telling import citations_text, names_text
from kb.vocabulary import RELATIONS, STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

_MARKUP = re.compile(r"[\\\[\]<>!&|]")
"""What would become a link, a picture or a tag."""


def safe_markdown(text: str) -> str:
    """What an editor of the debate wrote, to be shown as Markdown: emphasis stays, and nothing is fetched from anywhere."""
    return _MARKUP.sub(r"\\\g<0>", " ".join(text.split()))


def gloss(record: str, path: tuple[str, ...], name: str) -> str:
    """What a field says, in a line."""
    return GLOSSES.get((record, *path), {}).get(name, "")


def describe_field(record: str, path: tuple[str, ...], name: str) -> str | None:
    """What a field says; of a relation also which nodes it can join."""
    text = gloss(record, path, name)
    if record == meanings.NODE and not path and name in RELATIONS:
        ends = (sorted(RELATIONS[name].sources), sorted(RELATIONS[name].targets))
        sources, targets = (", ".join(end).replace("inference", "a step `X -> Y`") for end in ends)
        text += f".\n\nFrom {sources}; to {targets}."
    return f"**{name}**: {text}" if text else None


def describe_rule(name: str) -> str | None:
    """The manual page of a rule."""
    if name not in discover.names(manual.RULES):
        return None
    page = manual.find_rule(name)
    return f"**{page.name}** ({page.rank})\n\n{page.markdown}"


def describe(debate: Debate, name: Name) -> str | None:
    """What a name stands for, as Markdown; None if it stands for nothing."""
    if name.sort == meanings.RULE:
        return describe_rule(name.id)
    record = record_of(debate, name)
    if isinstance(record, Node):
        return "\n\n".join(filter(None, _node_lines(debate, record)))
    if isinstance(record, Relation):
        return f"**{record.id}**: `{record.node}` {RELATIONS[record.kind].gloss.rstrip(':')} `{record.to}`"
    if isinstance(record, Passage):
        return "\n\n".join(filter(None, _passage_lines(debate, name, record)))
    if isinstance(record, Term):
        return "\n".join(_term_lines(debate, record))
    return "\n\n".join(filter(None, _record_lines(debate, name, record))) if record is not None else None


def _node_lines(debate: Debate, node: Node) -> Iterator[str]:
    """What a node says, who says it, and how it fares."""
    if node.title:
        yield f"**{safe_markdown(node.title)}**"
    yield safe_markdown(node.text)
    speakers = safe_markdown(names_text(debate, debate.speakers(node.id))) or "the record"
    places = citations_text(debate, node.id)
    yield f"*{node.kind}* by {speakers}, {node.certainty}" + (f" ({safe_markdown(places)})" if places else "")
    status = evaluate(debate).status(node.id)
    fares = f"**{status}** on the record so far: {STATUSES[status].gloss}" if status else ""
    yield "; ".join(filter(None, (fares, objections_text(debate, node.id))))


def _passage_lines(debate: Debate, name: Name, passage: Passage) -> Iterator[str]:
    """Who speaks in a passage, what it says if that is kept, and who cites it."""
    source, _, written = name.id.partition(" ")
    dated = f", {safe_markdown(passage.date)}" if passage.date else ""
    yield f"**{safe_markdown(name.id)}** by {safe_markdown(names_text(debate, passage.by)) or 'nobody named'}{dated}"
    yield safe_markdown(passage.text or "")
    citing = debate.citing.get((source, written), ())
    yield f"cited by {', '.join(f'`{node}`' for node in citing)}" if citing else "cited by no node"
    yield f"skipped: {safe_markdown(passage.skip)}" if passage.skip else ""


def _term_lines(debate: Debate, term: Term) -> Iterator[str]:
    yield f"**{safe_markdown(term.term)}**\n"
    for sense in term.senses:
        users = safe_markdown(names_text(debate, sense.by))
        yield f"- `{sense.id}`{f' ({users})' if users else ''}: {safe_markdown(sense.text)}"


def _record_lines(debate: Debate, name: Name, record: object) -> Iterator[str]:
    """What there is to say of a source, a participant, a sense or a topic."""
    if isinstance(record, Source):
        yield f"**{safe_markdown(record.title)}**"
        yield safe_markdown(", ".join(filter(None, (record.type, record.date, *record.authors))))
        yield safe_markdown(record.url or "")
    elif isinstance(record, Participant):
        yield f"**{safe_markdown(record.name)}**" + (f", {safe_markdown(record.role)}" if record.role else "")
        yield f"attribution {record.attribution.status}"
    elif isinstance(record, Sense):
        yield f"**{safe_markdown(name.id)}** as used by {safe_markdown(names_text(debate, record.by)) or 'nobody named'}"
        yield safe_markdown(record.text)
    elif isinstance(record, Topic):
        yield f"**{safe_markdown(record.title)}**"
        yield safe_markdown(record.description or "")
