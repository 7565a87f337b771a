"""Which acts put a disagreement into its state, and what waits since when: a thread for every way into a state, and the shipped debate."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kb.catalogue import catalogue_for
from kb.disagreements import disagreements
from kb.load import load
from kb.queries import because as query
from kb.queries.debts import debts
from kb.queries.telling import NodeMention, plain_text, render_part
from kb.vocabulary import DEEDS, OBJECTION_STATES, REMARKS, STATES
from tests.conftest import read
from tests.ladder.debates import check_holders
from tests.maps import debates
from tests.stories import story
from tests.test_commands import DEBATE, kb, write
from tests.test_disagreements import ASKED, ATTRIBUTED, CLAIM, DENIAL, OTHER, QUESTION, READINGS, act
from tests.test_pages import pages
from tests.test_state import AGAINST, GRANTED, SIDE_BY_SIDE

if TYPE_CHECKING:
    from kb.debate import Debate

RANDOM = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
CLAIMS = Path(__file__).resolve().parent.parent / "claims"


def acts(text: str) -> tuple[str, list[str]]:
    """The state of a disagreement and the acts behind it, in words, each with its passage."""
    debate = story(text)
    found = next(d for d in disagreements(debate) if d.id in {"q", "c", "flat"})
    deeds = query.deeds_behind(debate, found)
    said = [plain_text(query.deed_phrase(debate, deed)) for deed in deeds]
    return found.state, [f"{s} ({d.citation})" if d.citation else s for s, d in zip(said, deeds, strict=True)]


# -- every way into a state --------------------------------------------------------------------------------------------

ANN, BOB = "Ann put forward `rise` (talk ann-1)", "Bob put forward `sink` (talk bob-1)"
EXCLUSIVE = "by the record only one answer to `q` can hold"
HELD, DENIED = "Ann put forward `c` (talk ann-1)", "Bob denied `c` with `dam` (talk bob-1)"
RIVAL = (
    CLAIM
    + "    ---\n    id: flat\n    kind: claim\n    text: It is flat.\n    source: talk bob-1\n    contradicts: c\n"
)

BECAUSE = {
    "rivals": (QUESTION, "open", [ANN, BOB, EXCLUSIVE]),
    "rivals, one denied": (
        QUESTION + AGAINST,
        "open",
        [ANN, BOB, "Bob denied `rise` with `not-so` (talk bob-2)", EXCLUSIVE],
    ),
    "answers side by side, one denied": (
        SIDE_BY_SIDE + act("not-so", "bob-2", "attacks: rise").replace("reply", "objection"),
        "open",
        [ANN, "Bob denied `rise` with `not-so` (talk bob-2)"],
    ),
    "a denial": (CLAIM + DENIAL, "open", [HELD, DENIED]),
    "the latest act that counts": (
        CLAIM + act("again", "ann-2", "restates: c").replace("reply", "claim") + DENIAL,
        "open",
        [DENIED, "Ann put forward `again` (talk ann-2)"],
    ),
    "a doubt": (
        CLAIM
        + act("rain", "ann-1", "supports: c").replace("reply", "claim")
        + act("dry", "bob-1", "undercuts: rain -> c").replace("reply", "objection"),
        "open",
        [HELD, "Bob denied a reason for `c` with `dry` (talk bob-1)"],
    ),
    "granted in part": (
        CLAIM + DENIAL + act("some", "cleo-2", "concedes: {to: c, part: true}"),
        "open",
        [HELD, DENIED, "Cleo granted in part `c` with `some` (talk cleo-2)"],
    ),
    "a contradiction of the record": (
        RIVAL,
        "open",
        [HELD, "by the record `flat` cannot hold together with `c` (talk bob-1)", "Bob put forward `flat` (talk bob-1)"],
    ),
    "one only gave a reason": (
        CLAIM.replace("    source: talk ann-1\n", "") + act("rain", "cleo-1", "supports: c").replace("reply", "claim") + DENIAL,
        "open",
        [DENIED, "Cleo gave a reason for `c` with `rain` (talk cleo-1)"],
    ),
    "attributed": (ATTRIBUTED, "open", [ANN, "Ann took Bob to hold `sink` (talk ann-1)", EXCLUSIVE]),
    "granted, and held all the same": (
        CLAIM + DENIAL + act("granted", "ann-2", "concedes: dam"),
        "decided",
        [HELD, DENIED, "Bob put forward `dam` (talk bob-1)", "Ann granted `dam` with `granted` (talk ann-2)"],
    ),
    "denied in vain, for a reason of the record": (
        CLAIM
        + act("rain", "", "supports: c").replace("reply", "claim").replace("    source: talk \n", "")
        + DENIAL
        + act("leaks", "ann-2", "undercuts: dam -> c").replace("reply", "objection")
        + act("right", "bob-3", "concedes: leaks"),
        "decided",
        [
            HELD,
            DENIED,
            "Ann put forward `leaks` (talk ann-2)",
            "Bob granted `leaks` with `right` (talk bob-3)",
            "the record itself puts forward `rain`",
        ],
    ),
    "given up": (
        QUESTION + act("gone", "bob-2", "retracts: sink"),
        "conceded",
        [ANN, "Bob took back `sink` with `gone` (talk bob-2)", EXCLUSIVE],
    ),
    "given up, still denied": (
        CLAIM + DENIAL + act("gone", "ann-2", "retracts: c"),
        "conceded",
        [DENIED, "Ann took back `c` with `gone` (talk ann-2)"],
    ),
    "granted": (CLAIM + DENIAL + act("yes", "bob-2", "concedes: c"), "agreed", [HELD, "Bob granted `c` with `yes` (talk bob-2)"]),
    "never disputed": (
        QUESTION.partition("    ---\n    id: sink")[0] + act("yes", "bob-2", "concedes: rise"),
        "agreed",
        [ANN, "Bob granted `rise` with `yes` (talk bob-2)"],
    ),
    "disowned": (
        ATTRIBUTED + act("not-me", "bob-1", "disowns: sink"),
        "misread",
        [
            ANN,
            "Ann took Bob to hold `sink` (talk ann-1)",
            "Bob said they never held `sink` with `not-me` (talk bob-1)",
            EXCLUSIVE,
        ],
    ),
    "only words": (
        QUESTION + act("words", "ann-2", "dissolves: q"),
        "terminological",
        [ANN, BOB, "Ann found only words in `q` with `words` (talk ann-2)", EXCLUSIVE],
    ),
    "only words, denied and then granted": (
        QUESTION
        + act("words", "ann-2", "dissolves: q")
        + act("more", "bob-2", "attacks: words").replace("reply", "objection")
        + act("right", "bob-3", "concedes: words"),
        "terminological",
        [
            ANN,
            BOB,
            "Ann found only words in `q` with `words` (talk ann-2)",
            "Bob granted `words` with `right` (talk bob-3)",
            EXCLUSIVE,
        ],
    ),
    "readings": (
        QUESTION + READINGS + GRANTED,
        "terminological",
        [
            ANN,
            BOB,
            "Ann put forward `at-the-mill` (talk ann-2)",
            "Ann gave one reading of `rise` with `at-the-mill` (talk ann-2)",
            "Bob put forward `at-the-spring` (talk bob-2)",
            "Bob gave one reading of `rise` with `at-the-spring` (talk bob-2)",
            "Ann granted `at-the-spring` with `spring` (talk ann-3)",
            "Bob granted `at-the-mill` with `mill` (talk bob-3)",
            EXCLUSIVE,
        ],
    ),
    "asked in vain": (ASKED + OTHER, "unanswered", ["Ann asked `q` (talk ann-1)"]),
    "a question rejected": (
        ASKED + act("no", "bob-2", "attacks: q").replace("reply", "objection"),
        "open",
        ["Ann asked `q` (talk ann-1)", "Bob denied `q` with `no` (talk bob-2)"],
    ),
    "a question rejected, and taken back": (
        ASKED + act("no", "bob-2", "attacks: q").replace("reply", "objection") + act("gone", "ann-3", "retracts: q"),
        "conceded",
        ["Bob denied `q` with `no` (talk bob-2)", "Ann took back `q` with `gone` (talk ann-3)"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BECAUSE)
def test_the_acts_behind_every_state(case: str) -> None:
    text, state, expected = BECAUSE[case]
    assert acts(text) == (state, expected)


def test_every_state_is_explained_here() -> None:
    assert {state for _, state, _ in BECAUSE.values()} == set(STATES)


# -- debts -------------------------------------------------------------------------------------------------------------


def test_a_debt_tells_since_when_and_where_who_owes_spoke_and_left_it() -> None:
    """Ann speaks twice after Bob's objection about other things, and so does Bob, who does not owe the answer."""
    text = CLAIM + DENIAL + act("rain", "ann-3", "supports: c").replace("reply", "claim")
    debate = story(text)
    (debt,) = debts(debate, disagreements(debate)[0])
    assert (debt.move, debt.by, str(debt.citation), debt.targets) == ("dam", ("bob",), "talk bob-1", ("c",))
    assert (debt.owed_by, [str(s) for s in debt.spoke], debt.due) == (("ann",), ["talk ann-2", "talk ann-3"], True)


def test_what_was_passed_over_is_told_apart() -> None:
    text = CLAIM + DENIAL + act("dry", "bob-2", "attacks: c").replace("reply", "objection")
    debate = story(text + act("it-rained", "ann-3", "attacks: dry").replace("reply", "objection"))
    found = debts(debate, disagreements(debate)[0])
    assert [(d.move, d.owed_by, d.due) for d in found] == [("it-rained", ("bob",), True), ("dam", ("ann",), False)]


def test_what_is_settled_owes_nothing() -> None:
    debate = story(QUESTION + AGAINST + act("words", "ann-3", "dissolves: q"))
    assert debts(debate, disagreements(debate)[0]) == ()


def test_what_was_said_nowhere_waits_since_nowhere() -> None:
    debate = story(CLAIM + DENIAL.replace("source: talk bob-1", "by: bob"))
    (debt,) = debts(debate, disagreements(debate)[0])
    assert (debt.citation, debt.spoke) == (None, ())


# -- at the terminal ---------------------------------------------------------------------------------------------------


def test_json_has_three_keys_more(tmp_path: Path) -> None:
    here = write(tmp_path, DEBATE)
    plain, full = (json.loads(kb(here, "open", "q", *a, "--format", "json").stdout)[0] for a in ([], ["--why"]))
    assert {k: full.pop(k) for k in ("because", "debts", "objections")} == {
        "because": [
            {"participant": "ann", "does": "puts forward", "node": "rise", "source": "talk", "passage": "ann-1", "target": "rise"},
            {"participant": "bob", "does": "puts forward", "node": "sink", "source": "talk", "passage": "bob-1", "target": "sink"},
            {"participant": "bob", "does": "undercuts a reason", "node": "drained", "source": "talk", "passage": "bob-2", "target": "rise"},
            {"participant": None, "does": "is exclusive", "node": "q", "source": None, "passage": None, "target": "q"},
        ],
        "debts": [
            {
                "move": "drained",
                "by": ["bob"],
                "source": "talk",
                "passage": "bob-2",
                "targets": ["rise", "rain"],
                "owed_by": ["ann"],
                "since": "talk bob-2",
                "spoke": ["ann-3"],
                "due": True,
            }
        ],
        "objections": [{"node": "drained", "target": "rained", "state": "unanswered"}],
    }  # fmt: skip
    assert full == plain


def test_the_terminal_tells_acts_debts_and_objections(tmp_path: Path) -> None:
    shown = kb(write(tmp_path, DEBATE), "open", "q", "--why").stdout
    for line in (
        "    . Bob denied a reason for `rise` with `drained` (talk bob-2)",
        "      against rise, rain; waits for Ann since talk bob-2; spoke in ann-3 without an answer on record",
        "    - [unanswered] drained against rained",
    ):
        assert f"{line}\n" in shown


def test_a_table_of_acts_has_a_row_for_each(tmp_path: Path) -> None:
    shown = kb(write(tmp_path, DEBATE), "open", "q", "--why", "--format", "csv").stdout.splitlines()
    assert shown[0] == "id,participant,does,node,source,passage,target"
    assert shown[1] == "q,ann,puts forward,rise,talk,ann-1,rise"
    assert len(shown) == 5


def test_why_without_an_id_is_misuse(tmp_path: Path) -> None:
    """All acts of all disagreements would be an account of the whole debate, which nobody reads in one piece."""
    run = kb(write(tmp_path, DEBATE), "open", "--why")
    assert (run.exit_code, run.stdout, len(run.stderr.splitlines())) == (2, "", 1)
    assert "--why needs the ID" in run.stderr


def test_show_tells_beside_an_objection_how_it_fares(tmp_path: Path) -> None:
    here = write(tmp_path, DEBATE)
    assert "undercuts rained (unanswered) <- drained (bob)" in kb(here, "show", "rain").stdout
    row = json.loads(kb(here, "show", "rain", "--format", "json").stdout)
    assert [(r["from"], r["objection"]) for r in row["incoming"]] == [("drained", "unanswered")]
    assert [(e["id"], e["objection"]) for e in row["thread"]] == [("drained", "unanswered")]


# -- on the site -------------------------------------------------------------------------------------------------------


def test_pages_that_show_a_disagreement_unfold_what_makes_it_so() -> None:
    found = pages(DEBATE)
    folded = {path for path, page in found.items() if "What makes it so" in page}
    assert folded == {"nodes/q.html"}
    page = found["nodes/q.html"]
    assert "<bdi>Bob</bdi> denied a reason for <a" in page
    assert "waits for <bdi>Ann</bdi> since <a" in page
    assert "as an objection: unanswered" in found["nodes/rain.html"]
    assert "as an objection: unanswered" not in found["nodes/rise.html"]


def test_the_page_of_a_point_in_dispute_unfolds_it_too() -> None:
    thread = "## participants/ann.yaml\nname: Ann\n## participants/bob.yaml\nname: Bob\n## talk/nodes.yaml\n"
    thread += "id: c\nkind: claim\ntext: It rises.\nby: ann\n---\nid: dam\nkind: objection\ntext: The dam.\nby: bob\nattacks: c\n"
    found = pages(thread)
    assert [path for path, page in found.items() if "What makes it so" in page] == ["nodes/c.html"]
    assert "<bdi>Bob</bdi> denied <a" in found["nodes/c.html"]


# -- on any debate -----------------------------------------------------------------------------------------------------


def accounts(debate: Debate) -> dict[str, tuple[query.Deed, ...]]:
    """The acts behind all disagreements."""
    return {found.id: query.deeds_behind(debate, found) for found in disagreements(debate)}


@RANDOM
@given(debates())
def test_everybody_on_a_side_is_told_by_an_act_of_theirs(debate: Debate) -> None:
    for found in disagreements(debate):
        deeds = query.deeds_behind(debate, found)
        assert len(set(deeds)) == len(deeds) > 0
        who = {deed.participant for deed in deeds}
        assert {p for side in found.sides for p in side.members} <= who
        for deed in deeds:
            assert deed.does in (REMARKS | DEEDS if deed.participant is None else DEEDS)
            assert {deed.node, deed.target} <= set(debate.nodes)
            assert any(
                isinstance(part, NodeMention) for part in render_part(query.deed_phrase(debate, deed), catalogue_for())
            )
        for debt in debts(debate, found):
            assert debt.owed_by
            assert not set(debt.owed_by) & set(debt.by)


@RANDOM
@given(debates())
def test_the_act_told_of_a_holder_is_the_latest_that_counts(debate: Debate) -> None:
    check_holders(debate)


@RANDOM
@given(debates(), st.data())
def test_nothing_depends_on_the_order_of_files(debate: Debate, data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(list(debate.nodes)))
    again = replace(debate, nodes={n: debate.nodes[n] for n in shuffled})
    assume(again.ordered == debate.ordered)
    assert accounts(again) == accounts(debate)
    owed = ({d.id: debts(debate, d) for d in disagreements(x)} for x in (debate, again))
    assert next(owed) == next(owed)


def test_every_node_of_the_shipped_debate_is_explained() -> None:
    debate = load(CLAIMS).debate
    project = CLAIMS.parent
    met = set()
    for node_id in debate.nodes:
        run = kb(project, "open", node_id, "--why")
        assert run.exit_code == 0, run.output
        assert run.stdout.strip()
        met |= {state for state in OBJECTION_STATES if f"[{state}]" in run.stdout}
    assert {"unanswered", "answered and standing", "defeated"} <= met
    for deeds in accounts(debate).values():
        for deed in deeds:
            assert plain_text(query.deed_phrase(debate, deed)).count("`") >= 2
            assert deed.participant is None or deed.citation is not None or not debate.nodes[deed.node].citations


def test_a_debate_without_sources_is_explained_as_well() -> None:
    people = "## participants/ann.yaml\nname: Ann\n## participants/bob.yaml\nname: Bob\n## talk/nodes.yaml\n"
    found = read(
        people
        + "id: c\nkind: claim\ntext: Up.\nby: ann\n---\nid: no\nkind: objection\ntext: No.\nby: bob\nattacks: c\n"
    )
    assert [d.citation for deeds in accounts(found.debate).values() for d in deeds] == [None, None]
