"""The graph of a debate: who says what, where and in which order, and which step an undercut denies."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kb.disagreements import disagreements
from kb.evaluate import evaluate
from kb.model import Citation
from kb.passages import NOWHERE_SAID
from kb.queries.thread import ThreadEntry, threads
from tests.conftest import read
from tests.maps import debates
from tests.stories import story

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

RANDOM = settings(max_examples=100, deadline=None, database=None, suppress_health_check=list(HealthCheck))


# -- who and where -----------------------------------------------------------------------------------------------------


def test_the_speakers_of_the_passages_put_a_node_forward_unless_it_says_by_whom() -> None:
    debate = story("""
        id: both
        kind: claim
        text: They agree.
        source: [talk bob-1, talk ann-1]
        ---
        id: reported
        kind: claim
        text: Cleo said so, Ann reports.
        source: talk ann-2
        by: cleo
        ---
        id: unsaid
        kind: claim
        text: Nobody said so.
        """)
    assert debate.speakers("both") == ("bob", "ann")
    assert debate.speakers("reported") == ("cleo",)
    assert debate.speakers("unsaid") == ()


def test_a_relation_may_have_makers_and_a_place_of_its_own() -> None:
    debate = story("""
        id: c
        kind: claim
        text: It will rise.
        source: talk ann-1
        ---
        id: rain
        kind: claim
        text: It has rained.
        source: talk ann-1
        supports: {to: c, source: talk bob-2}
        attacks: {to: other, by: cleo}
        ---
        id: other
        kind: claim
        text: It was dry.
        source: talk bob-1
        """)
    supports, attacks = debate.nodes["rain"].relations
    assert (debate.makers(supports), debate.makers(attacks)) == (("bob",), ("cleo",))
    assert debate.relation_position(supports) == debate.position(Citation("talk", "bob-2"))
    assert debate.relation_position(attacks) == debate.position(Citation("talk", "ann-1"))


def test_source_order_is_by_date_then_passage_and_item() -> None:
    debate = read("""
        ## sources/later.yaml
        title: Later
        date: 2024-02-01
        passages: [{id: p1}]
        ## sources/earlier.yaml
        title: Earlier
        date: 2024-01-01
        passages: [{id: p2, items: 2}, {id: p1}]
        ## sources/undated.yaml
        title: Undated
        passages: [{id: p1}]
        """).debate
    places = [
        Citation("earlier"),
        Citation("earlier", "p2"),
        Citation("earlier", "p2.1"),
        Citation("earlier", "p2.2"),
        Citation("earlier", "p1"),
        Citation("later", "p1"),
        Citation("undated", "p1"),
        Citation("nowhere", "p1"),
    ]
    positions = [debate.position(place) for place in places]
    assert positions == sorted(positions)
    assert len(set(positions)) == len(positions)
    assert positions[-1] == NOWHERE_SAID


def test_what_several_passages_say_was_said_where_the_speaker_first_said_it() -> None:
    debate = story("""
        id: c
        kind: claim
        text: It will rise.
        source: [talk bob-2, talk ann-1]
        ---
        id: other
        kind: claim
        text: Another matter.
        """)
    cited = debate.nodes["c"].citations
    assert (
        debate.first_position(cited)
        == debate.first_position(cited, "ann")
        == debate.position(Citation("talk", "ann-1"))
    )
    assert debate.first_position(cited, "bob") == debate.position(Citation("talk", "bob-2"))
    assert debate.first_position(cited, "cleo") == debate.first_position(cited)
    assert debate.first_position(()) == NOWHERE_SAID


def test_the_order_of_the_debate_is_source_order_and_a_response_comes_after_what_it_responds_to() -> None:
    debate = story("""
        id: a-reply
        kind: reply
        text: Said in the same breath.
        source: talk ann-1
        replies_to: z-claim
        ---
        id: z-claim
        kind: claim
        text: It will rise.
        source: talk ann-1
        ---
        id: b-late
        kind: claim
        text: Another matter.
        source: talk ann-2
        ---
        id: unsaid
        kind: claim
        text: Nobody said so.
        """)
    assert debate.ordered == ("z-claim", "a-reply", "b-late", "unsaid")


# -- steps -------------------------------------------------------------------------------------------------------------

STEPS = """
    id: c
    kind: claim
    text: It will rise.
    ---
    id: rain
    kind: claim
    text: It has rained.
    supports: {to: c, with: soil, id: rained}
    ---
    id: soil
    kind: claim
    text: The soil is wet.
    ---
    id: dam
    kind: objection
    text: There is a dam.
    attacks: c
    ---
    id: because
    kind: argument
    premises: [soil]
    supports: c
    ---
    id: cut
    kind: objection
    text: That does not follow.
"""


@pytest.mark.parametrize(
    ("target", "denied"),
    [
        ("rained", "rain"),
        ("rain -> c", "rain"),
        ("rain->c", "rain"),
        ("dam -> c", "dam"),
        ("because", "because"),
        ("because -> c", "because"),
        ("soil -> c", None),
        ("cut -> c", None),
        ("c -> rain", None),
        ("nowhere -> c", None),
        ("rain", None),
    ],
)
def test_an_undercut_names_the_one_step_it_denies(target: str, denied: str | None) -> None:
    debate = read(STEPS + f"    undercuts: {target}\n").debate
    (relation,) = debate.nodes["cut"].relations
    inference = debate.inference_of(relation)
    found = debate.inferences[inference.undercut].node if inference and inference.undercut is not None else None
    assert found == denied


def test_a_premise_shared_by_two_steps_names_neither() -> None:
    """Both the linked support and the argument lead from the wet soil to the claim."""
    debate = read(STEPS + "    undercuts: soil -> c\n").debate
    assert [i.node for i in debate.undercut_targets(debate.nodes["cut"].relations[0])] == ["because", "rain"]


def test_an_undercut_of_an_undercut_is_placed_whichever_is_written_first() -> None:
    later = "---\n    id: a-first\n    kind: objection\n    text: It does follow.\n    undercuts: the-cut\n"
    debate = read(STEPS + "    undercuts: {to: rained, id: the-cut}\n    " + later).debate
    inference = debate.inference_of(debate.nodes["a-first"].relations[0])
    assert inference is not None
    assert inference.undercut is not None
    assert debate.inferences[inference.undercut].node == "cut"
    assert debate.ends("a-first") == ("cut", "c")


def test_undercuts_that_deny_each_other_are_left_out() -> None:
    debate = read("""
        id: a
        kind: objection
        text: A.
        undercuts: {to: two, id: one}
        ---
        id: b
        kind: objection
        text: B.
        undercuts: {to: one, id: two}
        """).debate
    assert debate.inferences == ()


# -- points ------------------------------------------------------------------------------------------------------------


def test_restatements_are_one_point_under_the_earliest() -> None:
    debate = story("""
        id: a-third
        kind: claim
        text: High water is near.
        source: talk ann-3
        restates: b-second
        ---
        id: b-second
        kind: claim
        text: There will be a flood.
        source: talk ann-2
        restates: z-first
        ---
        id: z-first
        kind: claim
        text: It will rise.
        source: talk ann-1
        """)
    assert set(debate.points.values()) == {"z-first"}
    assert debate.restatements == {"z-first": ("z-first", "b-second", "a-third")}


def test_unknown_targets_are_left_out_of_every_index() -> None:
    debate = read("""
        id: a
        kind: claim
        text: A.
        supports: {to: nowhere, with: nobody}
        restates: nothing
        answers: no-question
        contradicts: never
        undercuts: nowhere -> never
        """).debate
    assert debate.inferences == ()
    assert debate.ends("a") == ()
    assert debate.points == {"a": "a"}
    assert evaluate(debate).verdict("a") == "in"
    assert disagreements(debate) == ()


# -- threads -----------------------------------------------------------------------------------------------------------


def entries(entry: ThreadEntry) -> Iterator[ThreadEntry]:
    """An outline line by line."""
    yield entry
    for child in entry.children:
        yield from entries(child)


@RANDOM
@given(debates())
def test_a_thread_shows_each_node_once_and_marks_it_where_it_comes_again(debate: Debate) -> None:
    for node_id in debate.nodes:
        shown = [e.node for e in entries(threads(debate).thread(node_id)) if not e.again]
        assert len(shown) == len(set(shown))
        for entry in entries(threads(debate).thread(node_id)):
            assert not entry.again or (entry.node in shown and entry.children == ())


@RANDOM
@given(debates())
def test_the_way_up_leads_from_a_question_by_responses(debate: Debate) -> None:
    for node_id in debate.nodes:
        path = threads(debate).path(node_id)
        assert path[-1] == node_id
        assert len(path) == len(set(path))
        assert len(path) == 1 or debate.nodes[path[0]].kind == "question"
        for upper, lower in itertools.pairwise(path):
            assert upper in debate.ends(lower)


def test_replies_are_counted_once() -> None:
    debate = read("""
        id: a
        kind: claim
        text: A.
        ---
        id: b
        kind: reply
        text: B.
        replies_to: a
        ---
        id: c
        kind: reply
        text: C.
        replies_to: [a, b]
        """).debate
    assert threads(debate).thread("a").replies == 2


def test_linked_premises_and_undercuts_stand_in_the_thread() -> None:
    debate = read(STEPS + "    undercuts: rained\n").debate
    rows = {(e.relation, e.node): e for e in entries(threads(debate).thread("c"))}
    assert rows["supports", "soil"].linked == ("rain",)
    assert rows["supports", "rain"].linked == ("soil",)
    assert rows["premise", "soil"].again
    step = rows["undercuts", "cut"].step
    assert step is not None
    assert step.name == "rained"


# -- nothing depends on the order of files -----------------------------------------------------------------------------


@RANDOM
@given(debates(), st.data())
def test_nothing_depends_on_the_order_of_records(debate: Debate, data: st.DataObject) -> None:
    """Loading sorts them, for what is said in one place in a circle has no order but that of its ids."""
    shuffled = data.draw(st.permutations(list(debate.nodes)))
    again = replace(debate, nodes={n: debate.nodes[n] for n in shuffled})
    assume(again.ordered == debate.ordered)
    assert {row.id: row for row in disagreements(again)} == {row.id: row for row in disagreements(debate)}
    for node_id in debate.nodes:
        assert evaluate(again).status(node_id) == evaluate(debate).status(node_id)
        assert threads(again).path(node_id) == threads(debate).path(node_id)


@RANDOM
@given(debates())
def test_every_disagreement_is_well_formed(debate: Debate) -> None:
    rows = disagreements(debate)
    assert len({row.id for row in rows}) == len(rows)
    for row in rows:
        assert set(row.unanswered) | set(row.passed_over) | {p.id for p in row.parts} <= set(row.nodes)
        assert not set(row.unanswered) & set(row.passed_over)
        assert bool(row.unanswered) == bool(row.owed_by)
        assert not row.settled or not row.owed_by
        assert row.id in row.nodes
        assert len(row.sides) > 1 or row.state in {"unanswered", "agreed"}
        for side in row.sides:
            assert not set(side.participants) & set(side.former)
