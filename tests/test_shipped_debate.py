"""The debate in `claims/` is complete and clean; editors who break it learn that from the tests."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kb.disagreements import disagreements
from kb.lint import lint
from kb.load import Loaded, load
from kb.queries import coverage
from kb.queries import open as open_
from kb.queries.why import account

CLAIMS = Path(__file__).resolve().parent.parent / "claims"


@pytest.fixture(scope="module")
def shipped() -> Loaded:
    """The debate in the repository."""
    return load(CLAIMS)


def test_the_linter_has_nothing_to_say(shipped: Loaded) -> None:
    assert [f"{f.file}:{f.span.line}: {f.rule}: {f.message}" for f in lint(shipped) if f.severity != "info"] == []


def test_every_passage_is_cited_or_says_why_not(shipped: Loaded) -> None:
    rows = coverage.rows(shipped.debate)
    assert len({row["source"] for row in rows}) == 3
    assert [f"{row['source']} {row['passage']}" for row in rows if row["state"] == "uncited"] == []


def test_passages_have_a_fingerprint_and_never_the_text(shipped: Loaded) -> None:
    passages = [p for s in shipped.debate.sources.values() for p in s.passages]
    assert [p.id for p in passages if not re.fullmatch("[0-9a-f]{16}", p.sha256 or "")] == []
    assert [p.id for p in passages if p.text] == []


def test_there_is_something_to_settle_and_something_settled(shipped: Loaded) -> None:
    found = disagreements(shipped.debate)
    assert any(d.settled for d in found)
    assert any(not d.settled and d.owed_by for d in found)
    assert set(shipped.debate.settings.main) <= set(shipped.debate.nodes)


def test_a_main_question_is_open_between_two_sides(shipped: Loaded) -> None:
    rows = {row["id"]: row for row in open_.rows(shipped.debate)}
    leading = [rows[node_id] for node_id in shipped.debate.settings.main if node_id in rows]
    assert any(
        row["state"] == "open" and row["joined"] and len([s for s in row["sides"] if s["participants"]]) > 1  # type: ignore[union-attr, index, call-overload] # a list of mappings
        for row in leading
    )


def test_every_node_is_told_why_it_stands_as_it_does(shipped: Loaded) -> None:
    for node_id in shipped.debate.nodes:
        assert account(shipped.debate, node_id).text.endswith(".")


def test_what_texts_say_past_each_other_is_in_dispute_and_turns_no_verdict_of_what_they_said(shipped: Loaded) -> None:
    rows = {d.id: d for d in disagreements(shipped.debate)}
    for question in (
        "what-does-rlhf-chiefly-change",
        "may-inner-misalignment-be-set-aside",
        "does-the-next-token-leave-room-to-plan",
    ):
        row = rows[question]
        assert (row.state, row.joined, row.owed_by) == ("open", False, ())
        positions = [shipped.debate.nodes[side.position] for side in row.sides]
        assert len(positions) > 1
        assert all(node.attributed_to and not node.citations for node in positions), (
            "the editors' reading, marked as such"
        )


def test_nothing_tells_against_a_text_that_it_does_not_answer(shipped: Loaded) -> None:
    """Each text is a conversation of its own; what joins two of them are questions with attributed answers."""
    nodes = shipped.debate.nodes
    heard_in = {node_id: {citation.source for citation in node.citations} for node_id, node in nodes.items()}
    against = [
        (node_id, relation.to)
        for node_id, node in nodes.items()
        for relation in node.relations
        if relation.kind in {"attacks", "contradicts"} and heard_in[node_id] and heard_in.get(relation.to)
    ]
    assert len(against) > 1
    assert [pair for pair in against if not heard_in[pair[0]] & heard_in[pair[1]]] == []
