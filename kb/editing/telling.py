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


def safe(text: str) -> str:
    """What an editor of the debate wrote, to be shown as Markdown: emphasis stays, and nothing is fetched from anywhere."""
    return _MARKUP.sub(r"\\\g<0>", " ".join(text.split()))


def gloss(record: str, path: tuple[str, ...], name: str) -> str:
    """What a field says, in a line."""
    return GLOSSES.get((record, *path), {}).get(name, "")


def field(record: str, path: tuple[str, ...], name: str) -> str | None:
    """What a field says; of a relation also which nodes it can join."""
    said = gloss(record, path, name)
    if record == meanings.NODE and not path and name in RELATIONS:
        ends = (sorted(RELATIONS[name].sources), sorted(RELATIONS[name].targets))
        sources, targets = (", ".join(end).replace("inference", "a step `X -> Y`") for end in ends)
        said += f".\n\nFrom {sources}; to {targets}."
    return f"**{name}**: {said}" if said else None


def rule(name: str) -> str | None:
    """The manual page of a rule."""
    if name not in discover.names(manual.RULES):
        return None
    page = manual.find_rule(name)
    return f"**{page.name}** ({page.rank})\n\n{page.markdown}"


def told(debate: Debate, name: Name) -> str | None:
    """What a name stands for, as Markdown; None if it stands for nothing."""
    if name.sort == meanings.RULE:
        return rule(name.id)
    found = record_of(debate, name)
    if isinstance(found, Node):
        return "\n\n".join(filter(None, _node(debate, found)))
    if isinstance(found, Relation):
        return f"**{found.id}**: `{found.node}` {RELATIONS[found.kind].gloss.rstrip(':')} `{found.to}`"
    if isinstance(found, Passage):
        return "\n\n".join(filter(None, _passage(debate, name, found)))
    if isinstance(found, Term):
        return "\n".join(_term(debate, found))
    return "\n\n".join(filter(None, _brief(debate, name, found))) if found is not None else None


def _node(debate: Debate, node: Node) -> Iterator[str]:
    """What a node says, who says it, and how it fares."""
    if node.title:
        yield f"**{safe(node.title)}**"
    yield safe(node.text)
    speakers = safe(names_text(debate, debate.speakers(node.id))) or "the record"
    said = citations_text(debate, node.id)
    yield f"*{node.kind}* by {speakers}, {node.certainty}" + (f" ({safe(said)})" if said else "")
    status = evaluate(debate).status(node.id)
    fares = f"**{status}** on the record so far: {STATUSES[status].gloss}" if status else ""
    yield "; ".join(filter(None, (fares, objections_text(debate, node.id))))


def _passage(debate: Debate, name: Name, passage: Passage) -> Iterator[str]:
    """Who speaks in a passage, what it says if that is kept, and who cites it."""
    source, _, written = name.id.partition(" ")
    dated = f", {safe(passage.date)}" if passage.date else ""
    yield f"**{safe(name.id)}** by {safe(names_text(debate, passage.by)) or 'nobody named'}{dated}"
    yield safe(passage.text or "")
    citing = debate.citing.get((source, written), ())
    yield f"cited by {', '.join(f'`{node}`' for node in citing)}" if citing else "cited by no node"
    yield f"skipped: {safe(passage.skip)}" if passage.skip else ""


def _term(debate: Debate, term: Term) -> Iterator[str]:
    yield f"**{safe(term.term)}**\n"
    for sense in term.senses:
        users = safe(names_text(debate, sense.by))
        yield f"- `{sense.id}`{f' ({users})' if users else ''}: {safe(sense.text)}"


def _brief(debate: Debate, name: Name, found: object) -> Iterator[str]:
    """What there is to say of a source, a participant, a sense or a topic."""
    if isinstance(found, Source):
        yield f"**{safe(found.title)}**"
        yield safe(", ".join(filter(None, (found.type, found.date, *found.authors))))
        yield safe(found.url or "")
    elif isinstance(found, Participant):
        yield f"**{safe(found.name)}**" + (f", {safe(found.role)}" if found.role else "")
        yield f"attribution {found.attribution.status}"
    elif isinstance(found, Sense):
        yield f"**{safe(name.id)}** as used by {safe(names_text(debate, found.by)) or 'nobody named'}"
        yield safe(found.text)
    elif isinstance(found, Topic):
        yield f"**{safe(found.title)}**"
        yield safe(found.description or "")
