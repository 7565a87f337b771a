"""A debate in parts: the answers of its parts are those of the whole, and a part is not asked again what is known."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kb.evaluate
import kb.parted
from kb.chronicle.turns import turns
from kb.contention.rows import pack, unpack
from kb.disagreements import disagreements
from kb.evaluate import Evaluation, evaluate, judgements
from kb.former import former_ids
from kb.incremental.parts import parted
from kb.indexed import by_topic, kinds
from kb.load import load
from kb.parted import Part, Parted, around, is_known, jointly, near, whole
from kb.publishing.theme import Theme
from kb.queries.participants import disputes_of, owed_moves
from kb.queries.terms import nodes_by_term
from kb.queries.thread import descendant_count, reply_count
from kb.results import Known, Results
from kb.site import Site
from kb.standing.stances import stances, stances_of
from tests import sites
from tests.conftest import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.debate import Debate

SHIPPED = Path(__file__).parent.parent / "claims"

THREADS = (
    "## kb.yaml\ntitle: Bridges\n## participants/ann.yaml\nname: Ann\n## participants/bob.yaml\nname: Bob\n"
    + "".join(
        f"""
## t/nodes-{n}.yaml
id: question-{n}
kind: question
text: Was bridge {n} worth it?
---
id: yes-{n}
kind: claim
text: Bridge {n} was.
by: ann
answers: question-{n}
---
id: no-{n}
kind: claim
text: Bridge {n} was not.
by: bob
answers: question-{n}
contradicts: yes-{n}
---
id: dear-{n}
kind: objection
text: Bridge {n} was dear.
by: bob
attacks: yes-{n}
"""
        for n in range(4)
    )
)


def undivided(debate: Debate) -> Parted:
    """The same debate as a single part."""
    return Parted(debate, dict.fromkeys(debate.nodes, "all"))


def rendered(debate: Parted) -> dict[str, bytes]:
    """The files of the site of a debate."""
    made = Site(debate, Theme())
    return {output.path: output.raw for found in made.files() for output in sites.outputs_of(found)}


CITED = """
## kb.yaml
title: Cited
## participants/ann.yaml
name: Ann
## sources/one.yaml
title: One
date: 2020-01-01
passages: [{id: p1, by: ann}, {id: p2, by: ann, items: 2}]
## sources/two.yaml
title: Two
date: 2021-01-01
passages: [{id: p1, by: ann}]
## t/early.yaml
id: early
kind: claim
text: Said in the first, second.
source: one p2.1
## t/first.yaml
id: first
kind: claim
text: Said in the first as a whole.
source: one
formerly: [opening, start]
## t/last.yaml
id: last
kind: claim
text: Said in the second.
source: [two p1, one p1]
by: ann
## t/second.yaml
id: another
kind: claim
text: Said in the second as a whole.
source: two
formerly: [opening, other]
## t/somewhere.yaml
id: anywhere
kind: claim
text: Said somewhere.
by: ann
"""


@pytest.fixture(params=["threads", "cited", "shipped"])
def debate(request: pytest.FixtureRequest) -> Debate:
    """A debate of several parts, one with all kinds of citations, and one that people had."""
    texts = {"threads": THREADS, "cited": CITED}
    return read(texts[request.param]).debate if request.param in texts else load(SHIPPED).debate


def test_what_bears_on_each_other_stands_in_one_part() -> None:
    found = parted(read(THREADS).debate)
    assert sorted(sorted(group) for group in found.groups.values()) == [
        sorted(f"{name}-{n}" for name in ("question", "yes", "no", "dear")) for n in range(4)
    ]
    part = near(found, "yes-2")
    assert isinstance(part, Part)
    assert part is near(found, "dear-2") is near(part, "dear-2")
    assert "yes-1" not in part.nodes
    assert whole(part) is whole(found) is found


def test_part_by_part_is_found_what_is_found_of_the_whole(debate: Debate) -> None:
    found = parted(debate)
    assert disagreements(found) == disagreements(debate)
    assert judgements(found) == judgements(debate)
    assert {n: judgements(found)[n].status for n in debate.nodes} == {
        n: evaluate(debate).status(n) for n in debate.nodes
    }
    for who in debate.participants:
        assert list(stances_of(found, who).items()) == list(stances_of(debate, who).items())
        assert owed_moves(found, who) == owed_moves(debate, who)
        assert [row.id for row in disputes_of(found, who)] == [
            row.id for row in disagreements(debate) if any(who in (*s.participants, *s.former) for s in row.sides)
        ]
        assert all(stances(debate).now(point)[who] == stance for point, stance in stances_of(found, who).items())


def test_a_site_has_the_same_bytes_however_its_debate_is_divided(debate: Debate) -> None:
    assert rendered(parted(debate)) == rendered(undivided(debate))


def test_a_debate_that_is_too_large_to_stay_evaluated_has_the_same_site(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = rendered(parted(read(THREADS).debate))
    monkeypatch.setattr(kb.parted, "_ALL", 0)
    monkeypatch.setattr(kb.parted, "_FEW", 1)
    found = parted(read(THREADS).debate)
    assert rendered(found) == expected
    first = found.near("yes-0")
    disagreements(first)
    assert any("." in name for name in vars(first))
    found.near("yes-1")
    assert not any("." in name for name in vars(first)), "what was found out about a part that is let go stays"
    joined = around(found, ["yes-0", "yes-1"])
    disagreements(joined)
    assert any("." in name for name in vars(joined))
    around(found, ["yes-1", "yes-2"])
    assert not any("." in name for name in vars(joined)), "what was found out about parts joined before stays"


def test_what_is_known_of_a_part_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = parted(read(THREADS).debate)
    expected = disagreements(first), judgements(first)
    gone = first.group("yes-3")
    asked: list[str] = []

    def noted(debate: Debate) -> Evaluation:
        asked.extend(debate.nodes)
        return Evaluation(debate)

    monkeypatch.setattr(kb.evaluate, "evaluate", noted)
    again = parted(read(THREADS).debate, known=remembered(first, gone))
    assert (disagreements(again), judgements(again)) == expected
    assert {n.rpartition("-")[2] for n in asked} == {"3"}
    assert is_known(again, "yes-2")
    assert not is_known(again, "yes-3")


def test_the_graph_of_a_debate_is_put_together_from_its_parts(debate: Debate) -> None:
    found = parted(debate)
    assert dict(found.depths) == dict(debate.depths)
    assert {n: found.ends(n) for n in found.nodes} == {n: debate.ends(n) for n in debate.nodes}
    assert found.ordered == debate.ordered
    for node_id in debate.nodes:
        assert (
            descendant_count(found, node_id)
            == descendant_count(near(found, node_id), node_id)
            == descendant_count(debate, node_id)
        )
        assert reply_count(found, node_id) == reply_count(debate, node_id)


def test_indexes_say_the_same_however_their_debate_is_known(debate: Debate) -> None:
    def indexes(of: Debate) -> dict[str, object]:
        return {
            "order": [*of.order.items()],
            "ends": [of.ends(node_id) for node_id in of.nodes],
            "citing": [*of.citing.items()],
            "speakers": [of.speakers(node_id) for node_id in of.nodes],
            "points": [*of.points.items()],
            "answers": [*of.answers.items()],
            "topics": [*by_topic(of).items()],
            "kinds": sorted(kinds(of).items()),
            "turns": turns(of),
            "terms": [*nodes_by_term(of).items()],
            "former": former_ids(of),
        }

    expected, first = indexes(debate), parted(debate)
    assert indexes(first) == expected
    bare = dataclasses.replace(debate, nodes={node_id: Unread() for node_id in debate.nodes})  # type: ignore[misc] # on purpose
    again = parted(bare, {node_id: first.group(node_id) for node_id in debate.nodes}, remembered(first))
    assert indexes(again) == expected, "and no record of a node is read for them"
    for gone in sorted(first.groups)[:8]:
        assert indexes(parted(debate, known=remembered(first, gone))) == expected


def remembered(debate: Parted, gone: str = "") -> Known:
    """The answers about the parts of a debate as a file has them, but for one part that has changed since."""
    results = debate.results
    parts = [name for name in results.parts if name != gone]
    columns = {question: {name: results.of(question)[name] for name in parts} for question in results.questions}
    return Known(Results(parts, json.loads(json.dumps(columns))))


class Unread:
    """A node that fails the test if anybody reads it."""

    def __getattr__(self, name: str) -> object:
        """Fail, whatever is read."""
        raise AssertionError(name)


@pytest.mark.parametrize("most", [20_000, 0])
def test_what_is_known_of_several_parts_is_asked_again_only_if_one_of_them_changed(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kb.parted, "_ALL", most)
    asked: list[str] = []

    def rows(debate: Debate, *nodes: str) -> Sequence[str]:
        def ask() -> list[str]:
            asked.append(nodes[0])
            return [debate.nodes[node_id].text for node_id in nodes]

        return jointly(debate, "texts", nodes, ask)

    first = parted(read(THREADS).debate)
    pairs = [("yes-0", "yes-1"), ("yes-2", "no-3")]
    expected = [rows(first, *pair) for pair in pairs]
    assert [rows(first, *pair) for pair in pairs] == expected
    assert asked == ["yes-0", "yes-2"]
    known = Known(jointly=json.loads(json.dumps(first.all_known.jointly)))
    gone = first.group("yes-1")
    groups = {n: f"{gone} edited" if first.group(n) == gone else first.group(n) for n in first.nodes}
    again = Parted(first, groups, known)
    assert [rows(again, *pair) for pair in pairs] == expected
    assert asked == ["yes-0", "yes-2", "yes-0"]
    for _ in range(8):
        assert len(again.all_known.jointly) == 3, "who asks again soon need not wait"
        again = Parted(first, groups, Known(jointly=json.loads(json.dumps(again.all_known.jointly))))
        assert [rows(again, *pair) for pair in pairs] == expected
    assert len(again.all_known.jointly) == len(pairs), "what nobody asks any longer is not kept"
    assert asked == ["yes-0", "yes-2", "yes-0"]


def test_several_parts_are_one_debate_until_the_whole_costs_less() -> None:
    found = parted(read(THREADS).debate)
    one, two = found.around(["yes-1", "no-1"]), found.around(["yes-1", "no-2"])
    assert one is found.near("yes-1")
    assert sorted(two.nodes) == sorted(f"{name}-{n}" for name in ("question", "yes", "no", "dear") for n in (1, 2))
    assert {n: two.ends(n) for n in two.nodes} == {n: found.ends(n) for n in two.nodes}
    assert found.around(["yes-0", "no-3"]) is found
    assert around(read(THREADS).debate, ["yes-1"]).nodes.keys() == found.nodes.keys()


def test_a_disagreement_survives_being_written_down() -> None:
    rows = disagreements(load(SHIPPED).debate)
    assert len(rows) > 10
    assert tuple(unpack(json.loads(json.dumps(pack(row)))) for row in rows) == rows
