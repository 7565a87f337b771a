"""Where a debate turned: after which turn something came into dispute or was settled, and which answers then stood or fell."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kb.chronicle.turns import is_told, turn_span, turns
from kb.contention.sides import sides
from kb.debate import Debate
from kb.disagreements import disagreements
from kb.evaluate import evaluate
from kb.memory import once
from kb.parted import by_part
from kb.passages import NOWHERE_SAID
from kb.queries.because import deeds_behind
from kb.standing.acts import ATTRIBUTED, HOLDS, OPPOSES
from kb.standing.framework import YES
from kb.standing.stances import stances
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kb.contention.rows import Disagreement
    from kb.contention.sides import Position
    from kb.model import Node
    from kb.passages import SourcePosition

_AFFORDED = 30_000
"""Points times turns. Of debates larger than this it is not worked out what stood after each turn."""
OPENED = "opened"


class Milestone(NamedTuple):
    """Something that a turn changed."""

    what: str
    """`opened`; the state in which something was settled; or the verdict before and after (`in out`), of what stands now `now in` or `again in`."""
    node: str


@once
def milestones(debate: Debate) -> Mapping[int, tuple[Milestone, ...]]:
    """By the number of a turn what it changed: what came into dispute, what was settled, what stood or fell."""
    by_turn: dict[int, dict[Milestone, None]] = defaultdict(dict)
    turn_of = {node: number for number, turn in enumerate(turns(debate)) for node in turn.nodes}
    spans = {about: (opened, closed) for about, opened, closed in _dispute_spans(debate)}
    for row in disagreements(debate):
        if row.id in spans:
            opened, closed = spans[row.id]
            by_turn[turn_of[opened]][Milestone(OPENED, row.id)] = None
            if closed and turn_of[closed] >= turn_of[opened]:
                by_turn[turn_of[closed]][Milestone(row.state, row.id)] = None
    for number, milestone in _verdict_changes(debate):
        by_turn[number][milestone] = None
    return {number: tuple(of_turn) for number, of_turn in by_turn.items()}


@by_part
def _dispute_spans(debate: Debate) -> Sequence[tuple[str, str, str]]:
    """What came into dispute: what it is about, the point by which it was opened, and that by which it was settled, if it is."""
    spans = list[tuple[str, str, str]]()
    for row in disagreements(debate):
        opened = _opening_point(debate, row)
        if opened is not None:
            deeds = (deed.node for deed in deeds_behind(debate, row)) if row.settled else ()
            told_nodes = (node_id for node_id in deeds if is_told(debate, node_id))
            spans.append((row.id, opened, max(told_nodes, key=debate.order.__getitem__, default="")))
    return spans


def _opening_point(debate: Debate, row: Disagreement) -> str | None:
    """The point by which a second side stood; None for what nobody stands against, or if it is not known where it was said."""
    contest, order = sides(debate).contest(row.id), debate.order.__getitem__
    first = [_first_stand(debate, position) for position in contest.positions]
    meetings = (
        max(one, other, key=order)
        for a, b in contest.pairs
        if (one := first[a]) is not None and (other := first[b]) is not None
    )
    return min(meetings, key=order, default=None)


def _first_stand(debate: Debate, position: Position) -> str | None:
    """The point by which somebody first stood on a side: nobody stands on one before what it holds, or denies, was said."""
    wanted, order = OPPOSES if position.denies else HOLDS, debate.order.__getitem__
    acts = (act for act in stances(debate).acts(position.contested) if act.participant in position.ever)
    stood = (act.node for act in acts if (act.stance in wanted or act.kind == ATTRIBUTED) and is_told(debate, act.node))
    first = min(stood, key=order, default=None)
    return (
        first if first is None or not is_told(debate, position.contested) else max(first, position.contested, key=order)
    )


# -- what stood after each turn ----------------------------------------------------------------------------------------


def _verdict_changes(debate: Debate) -> Iterator[tuple[int, Milestone]]:
    """Answers and other positions whose verdict a turn changed."""
    all_turns = turns(debate)
    if len(debate.nodes) * len(all_turns) > _AFFORDED:
        return
    watched = _watched_points(debate)
    before: Mapping[str, str | None] = {}
    stood: set[str] = set()
    for number, turn in enumerate(all_turns):
        if not turn.passages:
            continue
        so_far = _debate_until(debate, turn_span(debate, turn)[1])
        now = {n: evaluate(so_far).verdict(n) for n in watched if n in so_far.nodes}
        for node_id, verdict in now.items():
            was = before.get(node_id)
            if was is not None and verdict is not None and was != verdict:
                yield number, Milestone(_change(was, verdict, again=node_id in stood), node_id)
        stood.update(n for n, verdict in now.items() if verdict == YES)
        before = now


def _change(was: str, now: str, *, again: bool) -> str:
    """What became of a verdict; something can stand again only if it stood before."""
    if now != YES:
        return f"{was} {now}"
    return "again in" if again else "now in"


def _watched_points(debate: Debate) -> list[str]:
    """What readers want to know the fate of: main theses, answers to main questions, and what sides hold."""
    main = debate.settings.main
    watched = {*main, *(answer for question in main for answer in debate.answers.get(question, ()))}
    watched |= {side.position for row in disagreements(debate) for side in row.sides}
    return [n for n in debate.ordered if n in watched and evaluate(debate).verdict(n) is not None]


def _debate_until(debate: Debate, moment: SourcePosition) -> Debate:
    """The debate as it was when everything up to a moment was said; questions that only the editors put were there all along."""
    nodes = {}
    for node in debate.nodes.values():
        moment_said = debate.first_position(node.citations)
        if moment_said <= moment or (moment_said == NOWHERE_SAID and node.kind == QUESTION):
            nodes[node.id] = _node_as_of(debate, node, moment)
    return Debate(
        settings=debate.settings,
        nodes=nodes,
        sources=debate.sources,
        participants=debate.participants,
        terms=debate.terms,
        topics=debate.topics,
    )


def _node_as_of(debate: Debate, node: Node, moment: SourcePosition) -> Node:
    """A node with the relations that had been made by a moment."""
    relations = tuple(
        relation
        for relation in node.relations
        if not relation.citations or debate.relation_position(relation) <= moment
    )
    return node if len(relations) == len(node.relations) else replace(node, relations=relations)
