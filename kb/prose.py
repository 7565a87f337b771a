"""Answers in words for the terminal: an open disagreement, a node with its thread, the reasons of a verdict."""

from __future__ import annotations

import textwrap
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from kb.breaking import fill_lines, is_plain
from kb.contention.moves import moves
from kb.disagreements import FORMER, NEVER, UNDISPUTING, departure
from kb.evaluate import evaluate
from kb.queries.because import deed_phrase, deeds_behind
from kb.queries.debts import debts
from kb.queries.objections import dispute_fates, objection_state_of
from kb.queries.state import undisputed_phrase, why
from kb.queries.telling import citations_text, names_text, plain_text
from kb.queries.thread import PREMISE, threads
from kb.queries.why import account
from kb.vocabulary import NO_DISPUTE, QUESTION, RELATIONS, STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kb.contention.rows import Disagreement, Side, TermUse
    from kb.debate import Debate
    from kb.queries.debts import Debt
    from kb.queries.thread import ThreadEntry
    from kb.queries.why import Account
    from kb.tables import Row

_SHOWN = 3
"""Unanswered moves listed when many disagreements are shown; one alone lists all."""
_PARTINGS = {NEVER: "taken to hold it, never did", UNDISPUTING: "no longer disputes it", FORMER: "no longer"}


def wrapped(text: str, width: int, indent: str, first: str | None = None) -> list[str]:
    """The lines of a text; however deep it stands, half of the width is left to it."""
    first, indent = (indent if first is None else first)[: width // 2], indent[: width // 2]
    if is_plain(text):
        lines = textwrap.wrap(text, width, initial_indent=first, subsequent_indent=indent, break_on_hyphens=False)
    else:
        lines = fill_lines(text, width, first, indent)
    return lines or [first.rstrip()]


# -- kb open -----------------------------------------------------------------------------------------------------------


def disputes_text(
    debate: Debate, disputes: Sequence[Disagreement], width: int, about: str | None = None, *, explain: bool = False
) -> str:
    """Disagreements one after the other, with the acts behind them if asked.

    First what there is to say of the node they were asked about, if it is none of them.
    """
    whole = explain or len(disputes) == 1
    blocks = ["\n".join(_dispute_lines(debate, d, width, whole=whole, explain=explain)) for d in disputes]
    if about is not None and (phrase := undisputed_phrase(debate, about)) is not None:
        blocks.insert(0, "\n".join(_undisputed_lines(debate, about, plain_text(phrase), width, near=bool(disputes))))
    return "\n\n".join(blocks) + "\n"


def _undisputed_lines(debate: Debate, node_id: str, text: str, width: int, *, near: bool) -> Iterator[str]:
    """A node that is no disagreement itself, before those near it."""
    question = debate.nodes[node_id].kind == QUESTION
    yield f"{node_id}  [{NO_DISPUTE.name}]" if question else node_id
    yield from wrapped(debate.nodes[node_id].text, width, "  ")
    yield from wrapped(text, width, "  ")
    if question or not near:
        yield "  Disputes near it, open and settled:" if near else "  Nothing near it is in dispute."


def _dispute_lines(debate: Debate, dispute: Disagreement, width: int, *, whole: bool, explain: bool) -> Iterator[str]:
    state = dispute.state if dispute.joined or dispute.state != "open" else "open, never joined"
    yield f"{dispute.id}  [{state}]"
    yield from wrapped(debate.nodes[dispute.id].text, width, "  ")
    if whole:
        yield from wrapped(f"{dispute.state}: {plain_text(why(debate, dispute))}", width, "  ")
    for deed in deeds_behind(debate, dispute) if explain else ():
        place = f" ({deed.citation})" if deed.citation is not None else ""
        yield from wrapped(plain_text(deed_phrase(debate, deed)) + place, width, "      ", "    . ")
    if dispute.state != "unanswered":
        for side in dispute.sides:
            yield from _side_lines(debate, dispute, side, width)
    yield from _waiting_lines(debate, dispute, width, whole=whole, explain=explain)
    if whole:
        yield from _detail_lines(debate, dispute, width, explain=explain)


def _side_lines(debate: Debate, dispute: Disagreement, side: Side, width: int) -> Iterator[str]:
    who = _holders_text(debate, side)
    if side.position == dispute.id and dispute.question is None:
        yield from wrapped(f"{who}: yes", width, "    ", "  - ")
    else:
        yield from wrapped(f"{who}: {debate.nodes[side.position].text} ({side.position})", width, "    ", "  - ")


def _holders_text(debate: Debate, side: Side) -> str:
    """Who is on a side, and of whom that is only taken to be so; if nobody is left, who was, and how they left."""
    if not side.participants:
        return f"{names_text(debate, side.former)} ({_PARTINGS[departure(debate, side)]})"
    attributed = [who for who in side.participants if who in side.attributed]
    said = [who for who in side.participants if who not in side.attributed]
    parts = [names_text(debate, said)] if said else []
    parts += [f"{names_text(debate, attributed)} (taken to hold it)"] if attributed else []
    return "; ".join(parts)


def _waiting_lines(debate: Debate, dispute: Disagreement, width: int, *, whole: bool, explain: bool) -> Iterator[str]:
    latest = sorted(dispute.unanswered, key=moves(debate).when, reverse=True)
    shown = latest if whole else latest[:_SHOWN]
    owed = {debt.move: debt for debt in debts(debate, dispute)} if explain else {}
    if shown and (explain or latest != [dispute.id]):
        yield "  last said and not answered:"
        for move in shown:
            said = ", ".join(filter(None, (names_text(debate, debate.speakers(move)), citations_text(debate, move))))
            yield from wrapped(f"{debate.nodes[move].text} ({move}; {said})", width, "      ", "    * ")
            if move in owed:
                yield from wrapped(_debt_text(debate, owed[move]), width, "        ", "      ")
        if len(latest) > len(shown):
            yield f"      and {len(latest) - len(shown)} more: kb open {dispute.id}"
    if dispute.state == "unanswered":
        asked = ", ".join(
            filter(None, (names_text(debate, dispute.sides[0].participants), citations_text(debate, dispute.id)))
        )
        yield from wrapped(f"asked by {asked}", width, "    ", "  ")
    if dispute.owed_by:
        yield from wrapped(f"owes the next word: {names_text(debate, dispute.owed_by)}", width, "    ", "  ")


def _passed_over_lines(debate: Debate, dispute: Disagreement, width: int, *, explain: bool) -> Iterator[str]:
    """The moves that the side that spoke last has left, by name, or each with what it is about."""
    head = "  passed over by the side that spoke last:"
    if not explain and dispute.passed_over:
        yield from wrapped(f"{head.strip()} {', '.join(dispute.passed_over)}", width, "    ", "  ")
    passed_over = [debt for debt in debts(debate, dispute) if not debt.due] if explain else []
    if passed_over:
        yield head
    for debt in passed_over:
        yield from wrapped(f"{debt.move}: {_debt_text(debate, debt)}", width, "      ", "    * ")


def _debt_text(debate: Debate, debt: Debt) -> str:
    """Against what a move was made, whom it waits for since when, and where they spoke without answering it."""
    told_against = f"{'to' if debate.nodes[debt.move].kind == QUESTION else 'against'} {', '.join(debt.targets)}; "
    since = f" since {debt.citation}" if debt.citation is not None else ""
    spoke = [str(citation.passage) for citation in debt.spoke[:_SHOWN]]
    spoke += [f"{more} more passages"] if (more := len(debt.spoke) - len(spoke)) else []
    left = f"; spoke in {', '.join(spoke)} without an answer on record" if spoke else ""
    return f"{told_against if debt.targets else ''}waits for {names_text(debate, debt.owed_by)}{since}{left}"


def _detail_lines(debate: Debate, dispute: Disagreement, width: int, *, explain: bool) -> Iterator[str]:
    """What is told of a disagreement shown alone."""
    yield from _passed_over_lines(debate, dispute, width, explain=explain)
    if dispute.parts:
        yield "  parts:"
        for part in dispute.parts:
            yield from wrapped(f"[{part.state}] {debate.nodes[part.id].label} ({part.id})", width, "      ", "    - ")
    if dispute.senses:
        yield "  words the sides use differently:"
        for term, uses in groupby(dispute.senses, attrgetter("term")):
            yield f"    - {debate.terms[term].term if term in debate.terms else term}"
            for use in uses:
                yield from wrapped(_sense_text(debate, use), width, "        ", "      . ")
    objections = dispute_fates(debate, dispute) if explain else ()
    if objections:
        yield "  objections:"
        for fate in objections:
            yield from wrapped(f"[{fate.state}] {fate.node} against {fate.target}", width, "      ", "    - ")


def _sense_text(debate: Debate, use: TermUse) -> str:
    """Who uses a term in a sense, what that is, and its id."""
    senses = debate.terms[use.term].senses if use.term in debate.terms else ()
    text = next((f"{sense.text} " for sense in senses if sense.id == use.sense), "")
    return f"{names_text(debate, use.participants)}: {text}({use.term}/{use.sense})"


# -- kb show -----------------------------------------------------------------------------------------------------------


def node_text(debate: Debate, node_id: str, width: int) -> str:
    """A node with its relations and the thread under it."""
    return "\n".join(_node_lines(debate, node_id, width)) + "\n"


def _node_lines(debate: Debate, node_id: str, width: int) -> Iterator[str]:
    node, evaluation = debate.nodes[node_id], evaluate(debate)
    yield f"{node.id}  [{_kind_and_status(debate, node_id)}]"
    yield from wrapped(node.text, width, "  ")
    yield ""
    status = evaluation.status(node_id)
    speakers = names_text(debate, debate.speakers(node_id)) or "the record"
    facts = [
        ("by", speakers if node.kind == QUESTION else f"{speakers}, {node.certainty}"),
        ("where", citations_text(debate, node_id)),
        ("taken to be held by", names_text(debate, node.attributed_to)),
        ("status", f"{status}: {STATUSES[status].gloss}" if status else _no_status_text(debate, node_id)),
        ("stances", ", ".join(f"{p} {s}" for p, s in sorted(evaluation.stances.now(node_id).items()))),
        ("terms", ", ".join(node.terms)),
        ("note", node.note or ""),
        ("file", f"{node.file}:{node.place().span.line}"),
    ]
    for name, value in facts:
        if value:
            yield from wrapped(value, width, " " * 9, f"  {name}: ".ljust(9))
    yield from _relation_lines(debate, node_id, width)
    tree = threads(debate).thread(node_id)
    if tree.children:
        yield ""
        for child in tree.children:
            yield from _entry_lines(debate, child, width, "  ")


def _no_status_text(debate: Debate, node_id: str) -> str:
    """Why a node other than a question has no status."""
    return "" if debate.nodes[node_id].kind == QUESTION else f"none: {account(debate, node_id).text}"


def _kind_and_status(debate: Debate, node_id: str) -> str:
    return ", ".join(filter(None, (debate.nodes[node_id].kind, evaluate(debate).status(node_id))))


def _relation_lines(debate: Debate, node_id: str, width: int) -> Iterator[str]:
    node = debate.nodes[node_id]
    if node.relations:
        yield ""
    for relation in node.relations:
        linked = f" (together with {', '.join(relation.premises)})" if relation.premises else ""
        text = f": {debate.nodes[relation.to].label}" if relation.to in debate.nodes else ""
        part = " in part" if relation.part else ""
        yield from wrapped(
            f"{RELATIONS[relation.kind].gloss} {relation.to}{part}{linked}{text}", width, "      ", "  -> "
        )


def _entry_lines(debate: Debate, entry: ThreadEntry, width: int, indent: str) -> Iterator[str]:
    node = debate.nodes[entry.node]
    verb = "premise" if entry.relation == PREMISE else entry.relation.replace("_", " ")
    who = ", ".join(debate.speakers(entry.node))
    step = f" {entry.step.name}" if entry.step is not None else ""
    linked = f", with {', '.join(entry.linked)}" if entry.linked else ""
    fate = f" ({state})" if (state := objection_state_of(debate, entry.made)) is not None else ""
    text = "shown elsewhere in this thread" if entry.again else node.label
    status = evaluate(debate).status(entry.node)
    end = f" [{status}]" if status and node.kind != QUESTION else ""
    part = " in part" if entry.part else ""
    line = f"{verb}{part}{step}{linked}{fate} <- {entry.node}{f' ({who})' if who else ''}: {text}{end}"
    yield from wrapped(line, width, indent + "  ", indent)
    if not (entry.children or entry.again) and threads(debate).responses(entry.node):
        yield from wrapped(f"and more: kb show {entry.node}", width, indent + "    ", indent + "  ")
    for child in entry.children:
        yield from _entry_lines(debate, child, width, indent + "  ")


# -- kb why ------------------------------------------------------------------------------------------------------------


def account_text(debate: Debate, account: Account, width: int, rests_on: Row | None = None) -> str:
    """An account as indented sentences; at the end the circle that an undecided point hangs on, if the first has not told it."""
    lines = list(_account_lines(debate, account, width, ""))
    circle = (rests_on or {}).get("circle")
    points = [str(point) for point in circle] if isinstance(circle, list) else []
    if points and not account.is_draw(points):
        lines += wrapped(f"In the end it hangs on a circle: {_circle_text(points)}.", width, "  ")
    return "\n".join(lines) + "\n"


def _circle_text(points: list[str]) -> str:
    """Points that wait for one another."""
    if len(points) == 1:
        return f"`{points[0]}` bears on itself"
    named = [f"`{point}`" for point in points]
    return f"{', '.join(named[:-1])} and {named[-1]} wait for one another"


def _account_lines(debate: Debate, account: Account, width: int, indent: str) -> Iterator[str]:
    head = f"{account.node} {_status_verb(account.status or account.verdict)}: {account.text}"
    yield from wrapped(head, width, indent + "  ", indent)
    if not indent:
        yield from wrapped(debate.nodes[account.node].text, width, "  ")
    for inner in account.because:
        yield from _account_lines(debate, inner, width, indent + "  ")


def _status_verb(status: str | None) -> str:
    """A status as the verb of a sentence."""
    if status is None:
        return "has no verdict"
    return status if status == "stands" else f"is {status}"
