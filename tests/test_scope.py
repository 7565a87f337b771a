"""Rules keep what they promise about what they look at: an edit of anything else changes none of their findings."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from kb import discover
from kb.incremental.connections import Connections, connecting_names
from kb.incremental.edits import Edits, no_edits
from kb.incremental.silence import silence
from kb.linting.manual import RULES
from kb.linting.scope import DANGLING, EVERYTHING, LAYOUT, REJECTED, scope
from kb.reading.contents import Contents
from tests import mutations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.debate import Debate
    from kb.finding import Problem

CHECKED = [name for name in discover.names(RULES) if hasattr(discover.module(RULES, name), "check")]
MODEST = [name for name in CHECKED if scope(discover.module(RULES, name)).reads < EVERYTHING]
LOCAL = [name for name in CHECKED if scope(discover.module(RULES, name)).local]
WHILE_CLEAN = [name for name in CHECKED if scope(discover.module(RULES, name)).local_while_clean]
TRIES = 60


def some(name: str, *, most: int) -> Iterator[tuple[Debate, random.Random]]:
    """Debates, in many of which a rule finds something, each with the dice by which it was made."""
    dice = random.Random(name)
    reads = scope(discover.module(RULES, name)).reads
    own = mutations.manual_debates(name)
    for turn in range(most):
        start = dice.choice(own) if turn % 3 and own else dice.choice(mutations.debates())
        yield (mutations.with_changed_fields(start, reads, dice) if turn % 4 else start), dice


def found(name: str, debate: Debate) -> list[str]:
    """What a rule finds, in an order of its own."""
    return sorted(map(str, discover.module(RULES, name).check(debate)))


def owned(problems: Iterable[Problem], debate: Debate) -> list[str]:
    """The problems that are on a node of the debate."""
    return sorted(str(problem) for problem in problems if problem.node in debate.nodes)


@pytest.mark.parametrize("name", CHECKED)
def test_a_rule_names_what_there_is(name: str) -> None:
    assert scope(discover.module(RULES, name)).reads <= EVERYTHING


@pytest.mark.parametrize("name", MODEST)
def test_what_a_rule_does_not_read_does_not_change_its_findings(name: str) -> None:
    reads, local, _ = scope(discover.module(RULES, name))
    unread = sorted(EVERYTHING - reads - ({REJECTED} if local else set()))
    for debate, dice in some(name, most=TRIES):
        before = found(name, debate)
        for field in unread:
            if field != LAYOUT:
                assert found(name, mutations.with_one_change(debate, field, dice)) == before, f"{name} reads `{field}`"


@pytest.mark.parametrize("name", MODEST)
def test_how_a_file_is_written_changes_only_where_findings_stand(name: str) -> None:
    if LAYOUT in scope(discover.module(RULES, name)).reads:
        return
    check = discover.module(RULES, name).check
    for debate, dice in some(name, most=TRIES // 4):
        other = mutations.with_one_change(debate, LAYOUT, dice)
        assert [p.message for p in check(debate)] == [p.message for p in check(other)]


@pytest.mark.parametrize("name", LOCAL)
def test_a_local_rule_finds_the_same_on_the_connected_parts_of_a_debate_as_on_the_whole(name: str) -> None:
    check, reads = discover.module(RULES, name).check, scope(discover.module(RULES, name)).reads
    count = 0
    for debate, dice in some(name, most=TRIES):
        joined = mutations.side_by_side(
            debate, mutations.with_changed_fields(dice.choice(mutations.manual_debates(name)), reads, dice)
        )
        whole = list(check(joined))
        count += len(whole)
        parts = list(connected_parts(joined, name))
        assert owned(whole, joined) == sorted(p for part in parts for p in owned(check(part), part))
        apart = [problem for problem in whole if problem.node not in joined.nodes]
        assert apart == [problem for problem in check(replace(joined, nodes={})) if problem.node is None]
    assert count > 5, "it found something to compare"


@pytest.mark.parametrize("name", WHILE_CLEAN)
def test_once_all_was_in_order_a_rule_is_silent_while_it_is_so_on_what_edits_concern(name: str) -> None:
    rule = discover.module(RULES, name)
    dice = random.Random(name)
    reads = scope(rule).reads
    usual = reads & {"answers", "supports", "source"} or reads
    clean = [debate for debate in mutations.debates() if len(debate.nodes) < 20 and is_clean(debate, name)]
    own = [debate for debate in mutations.manual_debates(name) if is_clean(debate, name)]
    clean += [debate for debate in clean if debate.asks] * 3
    lasted = ended = 0
    for turn in range(20 * TRIES):
        debate = mutations.side_by_side(dice.choice(own), dice.choice(clean))
        if turn % 4 == 0:
            debate = mutations.with_one_change(debate, "kb.yaml", dice)
        before = silence(debate, {one: tuple(discover.module(RULES, one).check(debate)) for one in (*DANGLING, name)})
        if before is None or name not in before.rules:
            continue
        after = debate
        for _ in range(dice.choice([1, 1, 5])):
            after = mutations.with_changed_fields(after, dice.choice([reads, usual]), dice)
        edits = between(debate, after)
        if before.after(edits).still_holds(name, rule, after, partial(near, after, edits.names)):
            lasted += after != debate
            assert found(name, after) == []
        else:
            ended += found(name, after) != []
    assert lasted > 10
    assert ended > 5


def between(debate: Debate, after: Debate) -> Edits:
    """The edits that turn one debate into another."""
    edits = no_edits()
    one, other = (Contents(records=tuple(each.nodes.values()), rejected=each.rejected) for each in (debate, after))
    edits.add("claims/all.yaml", one, other)
    return edits


def is_clean(debate: Debate, name: str) -> bool:
    """Whether everything could be read, all names lead somewhere, and a rule finds nothing."""
    return not debate.rejected and not any(found(rule, debate) for rule in (*DANGLING, name))


def near(debate: Debate, named: set[str]) -> Debate:
    """The part of a debate that is connected with some names; it knows that there may be more to ask elsewhere."""
    connections = Connections()
    for node in debate.nodes.values():
        connections.put(node.id, connecting_names(node))
    part = replace(debate, nodes={i: debate.nodes[i] for i in sorted(connections.near(named))})
    vars(part)["asks"] = debate.asks or bool(debate.settings.main)
    return part


def connected_parts(debate: Debate, name: str) -> Iterator[Debate]:
    """Each part by itself; it knows of ids that were rejected elsewhere only if the rule says that it reads these."""
    knows = REJECTED in scope(discover.module(RULES, name)).reads
    connections = Connections()
    for node in debate.nodes.values():
        connections.put(node.id, connecting_names(node))
    left = set(debate.nodes)
    while left:
        near = connections.near([min(left)])
        left -= near
        part = replace(debate, nodes={node_id: debate.nodes[node_id] for node_id in sorted(near)})
        named = {one for node in part.nodes.values() for one in connecting_names(node)}
        yield part if knows else replace(part, rejected=debate.rejected & named)


def test_most_rules_are_local_and_few_depend_on_everything() -> None:
    assert len(LOCAL) > len(CHECKED) / 2
    assert len(MODEST) > len(CHECKED) * 0.9
