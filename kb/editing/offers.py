"""What could be written at a place of a debate: ids with what they stand for, words of tables, names that are in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.editing import meanings
from kb.linting import manual
from kb.vocabulary import INFERENCE, NO_DISPUTE, QUESTION, RELATIONS, STATES, STATUSES, VERDICTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kb.debate import Debate
    from kb.model import Node


class Offer(NamedTuple):
    """Something that could be written: the word, what it is in brief, and the sentence it stands for."""

    word: str
    brief: str = ""
    text: str = ""
    sort: str = ""
    """What it names, as `meanings` call it."""


class OfferContext(NamedTuple):
    """Where something is to be written: in which record of which kind, and under which relation or of which source."""

    owner: str
    kind: str = ""
    relation: str = ""
    source: str = ""


def offers(debate: Debate, meaning: str, context: OfferContext) -> Iterator[Offer]:
    """Everything that a value, or a key, of this meaning could be."""
    offered = _OFFERED.get(meaning)
    if offered is not None:
        yield from offered(debate, context)
    for word, gloss in meanings.WORDS.get(meaning, {}).items() if offered is None else ():
        yield Offer(word, gloss)


# -- nodes and steps ---------------------------------------------------------------------------------------------------


def _node_offers(debate: Debate, context: OfferContext) -> Iterator[Offer]:
    for node in debate.nodes.values():
        if node.id != context.owner:
            yield node_offer(debate, node)


def node_offer(debate: Debate, node: Node) -> Offer:
    """A node: its id, who says it, and its text."""
    brief = ", ".join((node.kind, *debate.speakers(node.id)))
    return Offer(node.id, brief, node.text or node.label, meanings.NODE)


def _target_offers(debate: Debate, context: OfferContext) -> Iterator[Offer]:
    """What a relation can lead to: nodes of the kinds it allows, and the steps that an undercut can deny."""
    relation = RELATIONS.get(context.relation)
    if relation is None:
        return
    for offer in _node_offers(debate, context):
        if debate.nodes[offer.word].kind in relation.targets and _can_be_given_up(debate, context, offer.word):
            yield offer
    if INFERENCE in relation.targets:
        yield from _step_offers(debate, context)


def _can_be_given_up(debate: Debate, context: OfferContext, target: str) -> bool:
    """Whether the speakers of a node said its target, or are taken to hold it, where its relation is about just that."""
    speakers = debate.speakers(context.owner) if context.owner in debate.nodes else ()
    if not speakers or context.relation not in {"retracts", "disowns"}:
        return True
    own = debate.speakers(target) if context.relation == "retracts" else debate.nodes[target].attributed_to
    return not set(own).isdisjoint(speakers)


def _step_offers(debate: Debate, context: OfferContext) -> Iterator[Offer]:
    """Steps by the name that an undercut calls them: of undercuts those that have an id."""
    seen = set(debate.nodes)
    for step in debate.inferences:
        if step.node == context.owner or step.name in seen or (step.kind == "undercuts" and step.relation.id is None):
            continue
        seen.add(step.name)
        text = (
            f"{debate.nodes[step.node].label} {RELATIONS[step.kind].gloss.rstrip(':')} {_end_text(debate, step.target)}"
        )
        yield Offer(step.name, f"step {step.node} -> {step.relation.to}", text, meanings.STEP)


def _end_text(debate: Debate, target: str) -> str:
    return debate.nodes[target].label if target in debate.nodes else target


# -- sources, people, words --------------------------------------------------------------------------------------------


def _citation_offers(debate: Debate, context: OfferContext) -> Iterator[Offer]:
    """Sources, or the passages of the one that is written already."""
    if not context.source:
        for source in debate.sources.values():
            yield Offer(source.id, source.type or "source", source.title, meanings.SOURCE)
        return
    cited = debate.sources.get(context.source)
    for passage in cited.passages if cited is not None else ():
        for name in passage.item_ids() or (passage.id,):
            times = len(debate.citing.get((context.source, name), ()))
            brief = ", ".join((*passage.by, f"cited {times} times" if times else "not cited yet"))
            yield Offer(f"{context.source} {name}", brief, passage.text or passage.skip or "", meanings.PASSAGE)


def _reply_offers(debate: Debate, context: OfferContext) -> Iterator[Offer]:
    """Passages of the same source, and the comments they make up."""
    source = debate.sources.get(context.owner)
    comments: dict[str, None] = {}
    for passage in source.passages if source is not None else ():
        comment = passage.id.rpartition(".")[0]
        if comment and comment not in comments:
            comments[comment] = None
            yield Offer(comment, ", ".join(("comment", *passage.by)), "", meanings.PASSAGE)
        yield Offer(passage.id, ", ".join(passage.by), passage.text or "", meanings.PASSAGE)


def _participant_offers(debate: Debate, _context: OfferContext) -> Iterator[Offer]:
    for participant in debate.participants.values():
        yield Offer(participant.id, participant.name, participant.role or "", meanings.PARTICIPANT)


def _term_offers(debate: Debate, context: OfferContext) -> Iterator[Offer]:
    """Terms, and each of their senses."""
    for term in debate.terms.values():
        if term.id != context.owner:
            yield Offer(term.id, term.term, "", meanings.TERM)
            for sense in term.senses:
                yield Offer(f"{term.id}/{sense.id}", ", ".join(sense.by), sense.text, meanings.SENSE)


def _rule_offers(_debate: Debate, _context: OfferContext) -> Iterator[Offer]:
    for rule in manual.rules():
        yield Offer(rule.name, rule.rank, rule.summary, meanings.RULE)


def _outcome_offers(debate: Debate, context: OfferContext) -> Iterator[Offer]:
    """Outcomes: of a question the states of its dispute, of anything else statuses and verdicts."""
    node = debate.nodes.get(context.owner)
    question = (node.kind if node is not None else context.kind) == QUESTION
    words = (*STATES.values(), NO_DISPUTE) if question else (*STATUSES.values(), *VERDICTS.values())
    yield from (Offer(word.name, "", word.gloss) for word in words)


def _folder_offers(debate: Debate, _context: OfferContext) -> Iterator[Offer]:
    for topic in debate.topic_order:
        yield Offer(topic, "", debate.topics[topic].title if topic in debate.topics else "", meanings.FOLDER)


def _used_words(words: Callable[[Debate], Iterator[str | None]]) -> Callable[[Debate, OfferContext], Iterator[Offer]]:
    """Words that other records have in the same field."""

    def offered(debate: Debate, _context: OfferContext) -> Iterator[Offer]:
        yield from (Offer(word, "in use") for word in sorted({word for word in words(debate) if word}))

    return offered


def _schemes(debate: Debate) -> Iterator[str | None]:
    for node in debate.nodes.values():
        yield node.scheme
        yield from (relation.scheme for relation in node.relations)


_OFFERED: Mapping[str, Callable[[Debate, OfferContext], Iterator[Offer]]] = {
    meanings.NODE: _node_offers,
    meanings.TARGET: _target_offers,
    meanings.CITATION: _citation_offers,
    meanings.REPLIED: _reply_offers,
    meanings.PARTICIPANT: _participant_offers,
    meanings.USE: _term_offers,
    meanings.RULE: _rule_offers,
    meanings.OUTCOME: _outcome_offers,
    meanings.FOLDER: _folder_offers,
    meanings.TAG: _used_words(lambda debate: (tag for node in debate.nodes.values() for tag in node.tags)),
    meanings.SCHEME: _used_words(_schemes),
    meanings.MEDIUM: _used_words(lambda debate: (source.type for source in debate.sources.values())),
}
"""By what a value means; words of a table are offered as they are."""
