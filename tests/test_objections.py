"""How objections fare: a thread for every state and every way into it, and a naive reading of random maps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from kb.evaluate import evaluate
from kb.queries.objections import fates
from kb.vocabulary import OBJECTION_STATES
from tests.ladder.debates import check_objections
from tests.maps import debates
from tests.stories import story
from tests.test_moves import CLAIM, OBJECTION, says

if TYPE_CHECKING:
    from kb.debate import Debate

REASON = says("rain", "ann-1", "supports: c", "claim")
CUT = says("dry", "bob-1", "undercuts: rain -> c", "objection")
LEAKS = says("leaks", "ann-2", "attacks: dam", "objection")
BEYOND = says("beyond", "ann-2", "undercuts: dam -> c", "objection")
ALSO = says("yes", "cleo-1", "concedes: c")
QUESTION = says("when", "ann-1", "topic: talk", "question").lstrip().removeprefix("---")
REJECTED = says("never", "bob-1", "attacks: when", "objection")
FORCED = says("forced", "ann-2", "contradicts: dam", "claim")

STATES = {
    "nobody answers": (CLAIM + OBJECTION, "dam", "unanswered"),
    "its maker adds a reason": (CLAIM + OBJECTION + says("thick", "bob-2", "supports: dam"), "dam", "unanswered"),
    "somebody outside replies": (CLAIM + OBJECTION + says("hm", "cleo-2", "replies_to: dam"), "dam", "unanswered"),
    "the side replies to another": (
        CLAIM + OBJECTION + says("low", "bob-1", "attacks: c", "objection") + says("hm", "ann-2", "replies_to: low"),
        "dam",
        "unanswered",
    ),
    "a reply before it": (CLAIM + OBJECTION.replace("bob-1", "bob-3") + LEAKS.replace("attacks", "replies_to"), "dam", "unanswered"),
    "a reply": (CLAIM + OBJECTION + says("hm", "ann-2", "replies_to: dam"), "dam", "answered and standing"),
    "an attack that fails": (
        CLAIM + OBJECTION + LEAKS + says("mended", "bob-3", "attacks: leaks", "objection"),
        "dam",
        "answered and standing",
    ),
    "granted in part": (
        CLAIM + OBJECTION + says("some", "ann-2", "concedes: {to: dam, part: true}"),
        "dam",
        "answered and standing",
    ),
    "only words": (CLAIM + OBJECTION + says("words", "ann-2", "dissolves: dam"), "dam", "answered and standing"),
    "one of two holders gives the target up": (
        CLAIM + ALSO + OBJECTION + says("gone", "ann-2", "retracts: c"),
        "dam",
        "answered and standing",
    ),
    "undecided": (CLAIM + OBJECTION + FORCED, "dam", "in dispute"),
    "attacked": (CLAIM + OBJECTION + LEAKS, "dam", "defeated"),
    "undercut": (CLAIM + OBJECTION + BEYOND, "dam", "defeated"),
    "attacked by somebody outside": (CLAIM + OBJECTION + LEAKS.replace("ann", "cleo"), "dam", "defeated"),
    "its reason falls": (
        CLAIM + OBJECTION + says("thick", "bob-1", "supports: dam", "claim") + LEAKS.replace("attacks: dam", "attacks: thick"),
        "dam",
        "defeated",
    ),
    "granted": (CLAIM + OBJECTION + says("right", "ann-2", "concedes: dam"), "dam", "conceded"),
    "granted, but not that it bears": (
        CLAIM + OBJECTION + says("right", "ann-2", "concedes: dam") + BEYOND.replace("ann-2", "ann-3"),
        "dam",
        "defeated",
    ),
    "granted, but not what is linked with it": (
        CLAIM
        + OBJECTION.replace("attacks: c", "attacks: {to: c, with: closed}")
        + says("closed", "cleo-1", "topic: talk", "claim")
        + says("right", "ann-2", "concedes: dam")
        + says("open", "ann-3", "attacks: closed", "objection"),
        "dam",
        "defeated",
    ),
    "granted by one of two": (
        CLAIM + ALSO + OBJECTION + says("right", "ann-2", "concedes: dam"),
        "dam",
        "answered and standing",
    ),
    "one grants it, one gives up the target": (
        CLAIM + ALSO + OBJECTION + says("right", "ann-2", "concedes: dam") + says("gone", "cleo-3", "retracts: c"),
        "dam",
        "conceded",
    ),
    "the target given up": (CLAIM + OBJECTION + says("gone", "ann-2", "retracts: c"), "dam", "conceded"),
    "granted after an answer": (
        CLAIM + OBJECTION + LEAKS + says("right", "ann-3", "concedes: dam\n    retracts: leaks"),
        "dam",
        "conceded",
    ),
    "taken back": (CLAIM + OBJECTION + says("gone", "bob-2", "retracts: dam"), "dam", "withdrawn"),
    "its maker grants the target": (CLAIM + OBJECTION + says("yes", "bob-2", "concedes: c"), "dam", "withdrawn"),
    "its maker grants the target in part": (
        CLAIM + OBJECTION + says("some", "bob-2", "concedes: {to: c, part: true}"),
        "dam",
        "unanswered",
    ),
    "taken back after it was granted": (
        CLAIM + OBJECTION + says("right", "ann-2", "concedes: dam") + says("gone", "bob-3", "retracts: dam"),
        "dam",
        "withdrawn",
    ),
    "one of two makers takes it back": (
        CLAIM + OBJECTION.replace("talk bob-1", "[talk bob-1, talk cleo-1]") + says("gone", "bob-2", "retracts: dam"),
        "dam",
        "unanswered",
    ),
    "both makers, each in their way": (
        CLAIM
        + OBJECTION.replace("talk bob-1", "[talk bob-1, talk cleo-1]")
        + says("gone", "bob-2", "retracts: dam")
        + says("yes", "cleo-2", "concedes: c"),
        "dam",
        "withdrawn",
    ),
    "an undercut": (CLAIM + REASON + CUT, "dry", "unanswered"),
    "an undercut, its reason taken back": (CLAIM + REASON + CUT + says("gone", "ann-2", "retracts: rain"), "dry", "conceded"),
    "an undercut, granted": (CLAIM + REASON + CUT + says("right", "ann-2", "concedes: dry"), "dry", "conceded"),
    "an undercut, its maker grants the conclusion": (
        CLAIM + REASON + CUT + says("yes", "bob-2", "concedes: c"),
        "dry",
        "unanswered",
    ),
    "an undercut of an undercut": (
        CLAIM + REASON + CUT.replace("undercuts: rain -> c", "undercuts: {to: rain -> c, id: cut}")
        + says("wet", "ann-2", "undercuts: cut", "objection"),
        "wet",
        "unanswered",
    ),
    "an undercut that was undercut": (
        CLAIM + REASON + CUT.replace("undercuts: rain -> c", "undercuts: {to: rain -> c, id: cut}")
        + says("wet", "ann-2", "undercuts: cut", "objection"),
        "dry",
        "defeated",
    ),
    "an undercut of an objection that was taken back": (
        CLAIM + OBJECTION + BEYOND + says("gone", "bob-3", "retracts: dam"),
        "beyond",
        "conceded",
    ),
    "the point in other words is answered": (
        CLAIM + OBJECTION + says("again", "cleo-1", "restates: dam", "objection") + says("hm", "ann-2", "replies_to: again"),
        "dam",
        "answered and standing",
    ),
    "the target in other words is given up": (
        CLAIM + says("so", "ann-1", "restates: c", "claim") + OBJECTION.replace("attacks: c", "attacks: so") + says("gone", "ann-2", "retracts: c"),
        "dam",
        "conceded",
    ),
    "a question rejected": (QUESTION + REJECTED, "never", "unanswered"),
    "a question taken back": (QUESTION + REJECTED + says("gone", "ann-2", "retracts: when"), "never", "conceded"),
    "a question granted to be wrong": (QUESTION + REJECTED + says("right", "ann-2", "concedes: never"), "never", "conceded"),
    "an objection to one's own point": (CLAIM + OBJECTION.replace("bob-1", "ann-2"), "dam", "unanswered"),
    "an objection to one's own point, answered": (
        CLAIM + OBJECTION.replace("bob-1", "ann-2") + says("hm", "ann-3", "replies_to: dam"),
        "dam",
        "answered and standing",
    ),
    "an objection of the record": (CLAIM + OBJECTION.replace("    source: talk bob-1\n", ""), "dam", "unanswered"),
    "an objection to the record": (
        CLAIM.replace("    source: talk ann-1\n", "") + OBJECTION + says("hm", "cleo-2", "replies_to: dam"),
        "dam",
        "answered and standing",
    ),
    "supposed": (CLAIM + OBJECTION + "    certainty: arguendo\n", "dam", None),
    "mentioned": (CLAIM + OBJECTION + "    certainty: mentioned\n", "dam", None),
    "attributed": (CLAIM + OBJECTION + "    attributed_to: cleo\n", "dam", None),
    "the target disowned": (
        CLAIM + "    attributed_to: cleo\n" + OBJECTION + says("not-me", "cleo-2", "disowns: c"),
        "dam",
        "answered and standing",
    ),
    "the target disowned, and the objection granted": (
        CLAIM + "    attributed_to: cleo\n" + OBJECTION + says("not-me", "cleo-2", "disowns: c\n    concedes: dam"),
        "dam",
        "conceded",
    ),
    "put to whom the target is only attributed": (CLAIM + "    attributed_to: cleo\n" + OBJECTION, "dam", "unanswered"),
    "a contradiction is nobody's objection": (CLAIM + OBJECTION.replace("attacks", "contradicts"), "dam", None),
}  # fmt: skip


@pytest.mark.parametrize("case", STATES)
def test_how_an_objection_fares(case: str) -> None:
    text, objection, expected = STATES[case]
    found = {fate.node: fate.state for fate in fates(story(text), [objection])}
    assert found.get(objection) == expected


def test_what_each_of_its_makers_withdrew_in_their_way_tells_against_nothing() -> None:
    text = STATES["both makers, each in their way"][0]
    assert evaluate(story(text)).status("c") == "stands"


def test_every_state_is_met_here() -> None:
    assert {state for _, _, state in STATES.values()} == {None, *OBJECTION_STATES}


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(debates())
def test_on_any_map_as_the_definition_has_it(debate: Debate) -> None:
    check_objections(debate)
