"""Rules about who argues what: each fault where it is hard to see, and honest moves that only look like one."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pytest

from kb.lint import lint
from kb.linting.manual import find_rule
from kb.phrases import is_negation, is_same_but_filler, offers_a_choice, only_denies_relevance, phrases
from tests import examples
from tests.conftest import read

if TYPE_CHECKING:
    from pathlib import Path

    from kb.finding import Finding
    from kb.load import Loaded

NAMES = (
    "accepted-contradiction",
    "attack-on-relevance",
    "begging-the-question",
    "compatible-answers",
    "denied-conclusion",
    "friendly-fire",
    "given-up-target",
    "granted-reasons",
    "hidden-attack",
    "idle-premise",
    "relying-on-conceded",
    "straw-man",
    "support-of-denied",
    "thinly-mapped",
    "undercut-of-an-end",
)
POLICIES = ("objection-left", "unopposed-thesis")

PEOPLE = "".join(f"## participants/{name}.yaml\nname: {name.title()}\n" for name in ("ada", "bo", "cy"))
LETTERS = """\
## sources/letters.yaml
title: Letters
passages: [{id: p1, by: ada}, {id: p2, by: bo}, {id: p3, by: ada}, {id: p4, by: bo}, {id: p5, by: ada}, {id: p6, by: bo}]
"""

CASES = {
    # -- begging the question
    "the same words are the same words in any language": """
        {id: a, kind: claim, text: Le mur est sain., supports: b}    # <- begging-the-question
        {id: b, kind: claim, text: Le mur est sain !}
        ## kb.yaml
        title: Le mur
        language: fr
        """,
    "assurances do not make a reason, in German either": """
        {id: a, kind: claim, text: Die Mauer ist natürlich wirklich stabil., supports: b}    # <- begging-the-question
        {id: b, kind: claim, text: Die Mauer ist stabil.}
        ## kb.yaml
        title: Die Mauer
        language: de-CH
        """,
    "a quantifier, a hedge or the order of words makes another point": """
        {id: a, kind: claim, text: Some swans are white., supports: b}
        {id: b, kind: claim, text: Swans are white.}
        {id: c, kind: claim, text: The wall may hold., supports: d}
        {id: d, kind: claim, text: The wall holds.}
        {id: e, kind: claim, text: Prices drive wages., supports: f}
        {id: f, kind: claim, text: Wages drive prices.}
        """,
    "an argument whose premise restates its conclusion": """
        {id: a, kind: claim, text: The wall is sound.}
        {id: b, kind: claim, text: One can trust the wall., restates: a}
        {id: c, kind: claim, text: It was built last year.}
        {id: d, kind: argument, premises: [c, b], supports: a}    # <- begging-the-question
        """,
    "the same words as an objection, or on another matter, beg nothing": """
        {id: a, kind: objection, text: The wall is sound., attacks: b}
        {id: b, kind: claim, text: The wall is cracked.}
        {id: c, kind: claim, text: Clearly the wall is sound., supports: d}
        {id: d, kind: claim, text: The harbour is safe.}
        """,
    # -- undercuts of an end
    "a contracted or German negation denies in so many words": """
        {id: a, kind: claim, text: Fees bring books back., supports: b}
        {id: b, kind: claim, text: Fees should stay.}
        {id: c, kind: objection, text: Fees don't bring books back., undercuts: a -> b}    # <- undercut-of-an-end
        {id: d, kind: objection, text: Fees should not stay., undercuts: a -> b}    # <- undercut-of-an-end
        """,
    "an undercut by the plain negation in German": """
        {id: a, kind: claim, text: Gebühren bringen Bücher zurück., supports: b}
        {id: b, kind: claim, text: Gebühren sollen bleiben.}
        {id: c, kind: objection, text: Gebühren bringen Bücher nicht zurück., undercuts: a -> b}    # <- undercut-of-an-end
        ## kb.yaml
        title: Gebühren
        language: de
        """,
    "what contradicts or attacks an end denies it, wherever that is written": """
        {id: a, kind: claim, text: Fees bring books back., supports: {to: b, with: e}, contradicts: c}
        {id: b, kind: claim, text: Fees should stay.}
        {id: c, kind: objection, text: Readers ignore fees., undercuts: a -> b}    # <- undercut-of-an-end
        {id: d, kind: objection, text: Fees keep the poor away., attacks: b, undercuts: a -> b}    # <- undercut-of-an-end
        {id: e, kind: claim, text: Books should come back.}
        {id: f, kind: objection, text: Shelves are full., attacks: e, undercuts: a -> b}    # <- undercut-of-an-end
        """,
    "who denies a claim may also find fault with another's objection to it": """
        {id: a, kind: claim, text: Fees should stay.}
        {id: b, kind: objection, text: Fees are ugly., attacks: a}
        {id: c, kind: objection, text: Fees cost more than they bring., attacks: a, undercuts: b -> a}
        {id: d, kind: objection, text: Ugliness does not matter to readers., undercuts: b -> a}
        """,
    # -- attacks on relevance
    "what only denies a step": """
        {id: a, kind: claim, text: Sales rose in May., supports: b}
        {id: b, kind: claim, text: The poster sells the book., supports: e}
        {id: c, kind: objection, text: "Granted, but that doesn't follow.", attacks: b}    # <- attack-on-relevance
        {id: d, kind: reply, text: The evidence given has no bearing on posters., attacks: b}    # <- attack-on-relevance
        {id: e, kind: claim, text: Print more of them.}
        {id: f, kind: objection, text: That is beside the point., attacks: a}    # <- attack-on-relevance
        """,
    "to deny what is about following, to say more, or to answer what has no reason": """
        {id: a, kind: claim, text: From the sales it follows that the poster works., supports: b}
        {id: b, kind: claim, text: The poster sells the book.}
        {id: c, kind: objection, text: From the sales that does not follow., attacks: a}
        {id: d, kind: objection, text: "It does not follow, and the poster was never put up.", attacks: b}
        {id: e, kind: claim, text: Whales are fish.}
        {id: f, kind: objection, text: That does not follow from anything., attacks: e}
        {id: g, kind: argument, premises: [a], supports: b}
        {id: h, kind: objection, text: That does not follow., attacks: g}
        """,
    # -- friendly fire
    "an objection considered, a change of mind and a dissenting author": """
        {id: a, kind: claim, text: The town needs a bridge., by: ada}
        {id: b, kind: objection, text: It may cost too much., by: ada, attacks: a}
        {id: c, kind: objection, text: Traffic is falling., by: bo, attacks: a}
        {id: d, kind: reply, text: It is., by: ada, concedes: c, attacks: a}
        {id: e, kind: claim, text: The river is wide., by: [ada, bo]}
        {id: f, kind: reply, text: It is no wider than a street., by: bo, attacks: e}
        {id: g, kind: claim, text: The ferry is slow.}
        {id: h, kind: reply, text: It is fast., attacks: g}
        """,
    "a reply that undercuts its own speaker's step": """
        {id: a, kind: claim, text: The ferry is slow., by: ada, supports: b}
        {id: b, kind: claim, text: The town needs a bridge., by: ada}
        {id: c, kind: claim, text: Ferries can be made faster., by: bo, qualifies: a}
        {id: d, kind: reply, text: Faster ferries cost more., by: ada, replies_to: c, undercuts: a -> b}    # <- friendly-fire
        """,
    # -- concessions
    "to argue from what one denied and then granted": """
        {id: a, kind: claim, text: The buses are slow., source: letters p1}
        {id: b, kind: objection, text: They got faster., source: letters p2, attacks: a}
        {id: c, kind: reply, text: They were slow last year., source: letters p4, concedes: a}
        {id: d, kind: claim, text: Nobody waits long., source: letters p6, supports: {to: e, with: b}}    # <- relying-on-conceded
        {id: e, kind: claim, text: The lanes should stay., source: letters p6}
        {id: f, kind: claim, text: They got faster indeed., source: letters p6, restates: b}    # <- relying-on-conceded
        """,
    "what comes before the concession, or is granted in part, taken back, or met by an undercut": """
        {id: a, kind: claim, text: The buses are slow., source: letters p1, supports: {to: e, with: g}}
        {id: b, kind: objection, text: They got faster., source: letters p2, attacks: a}
        {id: c, kind: reply, text: A little., source: letters p3, concedes: {to: b, part: true}}
        {id: d, kind: claim, text: Riders wait., source: letters p5, supports: {to: e, with: a}}
        {id: e, kind: claim, text: The lanes should go., source: letters p5}
        {id: g, kind: claim, text: Time is money., source: letters p1}
        {id: h, kind: objection, text: Riders have time., source: letters p2, attacks: g}
        {id: i, kind: reply, text: They do., source: letters p3, concedes: h}
        {id: j, kind: objection, text: Their time is money all the same., source: letters p3, undercuts: h -> g}
        {id: k, kind: claim, text: Waiting costs., source: letters p5, supports: {to: e, with: g}}
        {id: l, kind: claim, text: Lanes are ugly., source: letters p1}
        {id: m, kind: objection, text: They are pretty., source: letters p2, attacks: l}
        {id: n, kind: reply, text: They are., source: letters p3, concedes: m}
        {id: o, kind: objection, text: Not in the rain., source: letters p5, attacks: m}
        {id: p, kind: claim, text: Ugly things should go., source: letters p5, supports: {to: e, with: l}}
        """,
    # -- contradictions
    "several answers to a question that takes one": """
        {id: q, kind: question, text: Which day?, exclusive: true}
        {id: a, kind: claim, text: On Monday., by: ada, answers: q}
        {id: b, kind: claim, text: On Friday., by: ada, certainty: tentative, answers: q}    # <- accepted-contradiction
        {id: c, kind: claim, text: At the weekend., by: ada, answers: q}    # <- accepted-contradiction
        {id: d, kind: claim, text: Suppose it were Sunday., by: ada, certainty: arguendo, answers: q}
        {id: e, kind: claim, text: "Monday, to be sure.", by: ada, answers: q, restates: a}
        """,
    "one answer each, one that is retracted, and one gone over to": """
        {id: q, kind: question, text: Which day?, exclusive: true}
        {id: a, kind: claim, text: On Monday., source: letters p1, answers: q}
        {id: b, kind: claim, text: On Friday., source: letters p2, answers: q}
        {id: c, kind: reply, text: Friday it is., source: letters p3, concedes: b}
        {id: d, kind: claim, text: On Sunday., source: letters p4, answers: q}
        {id: e, kind: reply, text: No longer Friday., source: letters p4, retracts: b}
        {id: f, kind: claim, text: Mondays are free., source: letters p5, contradicts: g}
        {id: g, kind: claim, text: Every day is taken., source: letters p6}
        """,
    # -- granted reasons
    "a strict step has one premise and is complete": """
        {id: a, kind: claim, text: It is a whale., by: ada, supports: {to: b, strict: true}}
        {id: b, kind: claim, text: It is a mammal., by: ada}
        {id: c, kind: reply, text: A whale it is., by: bo, concedes: a}
        {id: d, kind: objection, text: It is a fish., by: bo, attacks: b}    # <- denied-conclusion
        """,
    "a single reason may be outweighed": """
        {id: a, kind: claim, text: Zoos educate., by: ada, supports: b}
        {id: b, kind: claim, text: Zoos should stay., by: ada}
        {id: c, kind: reply, text: They do., by: bo, concedes: a}
        {id: d, kind: objection, text: Animals suffer., by: bo, attacks: b}    # <- granted-reasons
        """,
    "what is granted in part, with a reserve, by another, or of one's own claim, is not granted": """
        {id: a, kind: claim, text: Zoos educate., by: ada, supports: {to: b, with: c}}
        {id: b, kind: claim, text: Zoos should stay., by: ada}
        {id: c, kind: claim, text: Education matters., by: ada}
        {id: d, kind: reply, text: Some do., by: bo, concedes: [{to: a, part: true}, c]}
        {id: e, kind: objection, text: Animals suffer., by: bo, attacks: b}
        {id: f, kind: reply, text: Perhaps they do., by: cy, certainty: tentative, concedes: [a, c]}
        {id: g, kind: objection, text: Zoos are dear., by: cy, attacks: b}
        {id: h, kind: objection, text: Zoos smell., by: ada, attacks: b}
        """,
    # -- what was given up
    "what another holds still, and what is attacked in another source": """
        {id: a, kind: claim, text: The tower leans., source: letters p1}
        {id: b, kind: claim, text: It leans indeed., source: letters p2, restates: a}
        {id: c, kind: reply, text: Not as it seems., source: letters p3, retracts: a}
        {id: d, kind: objection, text: It is straight., by: cy, source: letters p4, attacks: a}
        {id: e, kind: claim, text: The bells are cracked., source: letters p1}
        {id: f, kind: reply, text: They are not., source: letters p3, retracts: e}
        {id: g, kind: objection, text: They ring well., by: bo, source: diary d1, attacks: e}
        {id: h, kind: objection, text: They do not., by: bo, source: letters p2, attacks: e}
        ## sources/diary.yaml
        title: Diary
        passages: [{id: d1, by: bo}]
        """,
    "what was disowned before": """
        {id: a, kind: claim, text: Bo wants the tower down., source: letters p1, attributed_to: bo}
        {id: b, kind: reply, text: I never said so., source: letters p2, disowns: a}
        {id: c, kind: objection, text: The tower is a monument., source: letters p3, attacks: a}    # <- given-up-target
        """,
    # -- hidden attacks
    "a chain that says elsewhere who is against whom, one of three people, and one with a question in it": """
        {id: a, kind: claim, text: School should start later., by: ada}
        {id: b, kind: reply, text: Parents leave early., by: bo, replies_to: a}
        {id: c, kind: reply, text: The hall could open., by: ada, replies_to: b}
        {id: d, kind: reply, text: Nobody would watch., by: bo, replies_to: c}
        {id: e, kind: objection, text: Halls cannot be opened unwatched., by: bo, attacks: c}
        {id: k, kind: claim, text: Lunch should be longer., by: ada}
        {id: l, kind: reply, text: The kitchen is small., by: bo, replies_to: k}
        {id: m, kind: reply, text: There is the garden., by: cy, replies_to: l}
        {id: n, kind: reply, text: It rains., by: bo, replies_to: m}
        {id: s, kind: claim, text: Bells should be softer., by: ada}
        {id: t, kind: question, text: How soft?, by: bo, replies_to: s}
        {id: u, kind: reply, text: As a voice., by: ada, replies_to: t}
        {id: v, kind: reply, text: A loud one., by: bo, replies_to: u}
        """,
    "two ends of one chain are shown once": """
        {id: a, kind: claim, text: School should start later., by: ada}
        {id: b, kind: reply, text: Parents leave early., by: bo, replies_to: a}
        {id: c, kind: reply, text: The hall could open., by: ada, replies_to: b}
        {id: d, kind: reply, text: Nobody would watch., by: bo, replies_to: c}    # <- hidden-attack
        {id: e, kind: reply, text: It is cold in there., by: bo, replies_to: c}
        """,
    # -- idle premises
    "an argument on what is merely mentioned": """
        {id: a, kind: claim, text: Rents fall., by: ada}
        {id: b, kind: claim, text: Land is free., by: ada, certainty: mentioned}
        {id: c, kind: claim, text: Build more., by: ada}
        {id: d, kind: argument, premises: {fact: a, ground: b}, supports: c}    # <- idle-premise
        """,
    "a premise that is supposed, attributed, granted or said elsewhere": """
        {id: a, kind: claim, text: Rents fall., by: ada, supports: {to: c, with: [b, d, e, f]}}
        {id: b, kind: claim, text: Land is free., by: ada, certainty: arguendo}
        {id: c, kind: claim, text: Build more., by: ada}
        {id: d, kind: claim, text: Bo says stone is cheap., by: ada, certainty: mentioned, attributed_to: bo}
        {id: e, kind: claim, text: Wood is cheap., by: ada, certainty: mentioned}
        {id: f, kind: claim, text: Glass is cheap., by: ada, certainty: mentioned}
        {id: g, kind: reply, text: It is., by: bo, concedes: e}
        {id: h, kind: claim, text: Glass costs little., by: bo, restates: f}
        """,
    # -- straw men
    "a foil that somebody holds, is taken to hold, or has granted, is none": """
        {id: a, kind: claim, text: Parks are useless., by: ada, certainty: mentioned}
        {id: b, kind: objection, text: They cool the city., by: bo, attacks: a}    # <- straw-man
        {id: c, kind: claim, text: Parks are dirty., by: ada, certainty: mentioned}
        {id: d, kind: objection, text: They are swept., by: bo, attacks: c}
        {id: e, kind: claim, text: Parks lie full of leaves., by: cy, restates: c}
        {id: f, kind: claim, text: Parks are dark., by: ada, certainty: arguendo}
        {id: g, kind: objection, text: They have lamps., by: bo, attacks: f}
        """,
    # -- support of what is denied
    "reasons for what one denies elsewhere": """
        {id: a, kind: claim, text: The theatre is dear., source: letters p1}
        {id: b, kind: claim, text: The roof was dear., source: letters p2, supports: a}
        {id: c, kind: objection, text: It pays for itself., source: letters p4, attacks: a}    # <- support-of-denied
        """,
    "the same in one breath, of one's own point, retracted, or granted in the end": """
        {id: a, kind: claim, text: The theatre is dear., source: letters p1}
        {id: b, kind: claim, text: The roof was dear., source: letters p2, supports: a}
        {id: c, kind: objection, text: It pays for itself., source: letters p2, attacks: a}
        {id: d, kind: objection, text: It may be cheap., source: letters p3, attacks: a}
        {id: e, kind: claim, text: Singers are dear., source: letters p5, supports: a}
        {id: f, kind: claim, text: The choir is large., source: letters p1}
        {id: g, kind: claim, text: The stage is full., source: letters p2, supports: f}
        {id: h, kind: objection, text: It has ten singers., source: letters p4, attacks: f}
        {id: i, kind: reply, text: The stage is not full., source: letters p6, retracts: g}
        {id: k, kind: claim, text: The hall is old., source: letters p1}
        {id: l, kind: objection, text: It was rebuilt., source: letters p2, attacks: k}
        {id: m, kind: claim, text: Its walls are old., source: letters p4, supports: k}
        {id: n, kind: reply, text: Old it is., source: letters p6, concedes: k}
        """,
    # -- questions
    "a choice between things that stand side by side": """
        {id: q, kind: question, text: "Which of them carries the load: the ship or the train?"}    # <- compatible-answers
        {id: a, kind: claim, text: The ship does., by: ada, answers: q}
        {id: b, kind: reply, text: The train does., by: bo, answers: q}
        """,
    "a choice whose answers exclude each other, or which is one speaker's, or none": """
        {id: q, kind: question, text: By ship or by rail?}
        {id: a, kind: claim, text: By ship., by: ada, answers: q}
        {id: b, kind: objection, text: By rail., by: bo, answers: q, attacks: a}
        {id: r, kind: question, text: Is it a duck or a rabbit?}
        {id: c, kind: claim, text: A duck., by: ada, answers: r}
        {id: d, kind: claim, text: A rabbit as well., by: ada, answers: r}
        {id: s, kind: question, text: "Is the split of shoggoth and masks, or simulacra, sound?"}
        {id: e, kind: claim, text: It is., by: ada, answers: s}
        {id: f, kind: claim, text: As a metaphor., by: bo, answers: s}
        {id: t, kind: question, text: What tells whether it is a duck or a rabbit?}
        {id: g, kind: claim, text: Its ears., by: ada, answers: t}
        {id: h, kind: claim, text: Its bill., by: bo, answers: t}
        """,
    # -- thin maps
    "the items of a list are passages of their own": """
        {id: a, kind: claim, text: One., source: talk p1.1}
        {id: b, kind: claim, text: Two., source: talk p2}
        {id: c, kind: claim, text: Three., source: talk p2}
        {id: d, kind: claim, text: Four., source: talk p3}
        {id: e, kind: claim, text: Five., source: talk p4}
        {id: f, kind: claim, text: Six., source: talk p5}
        ## sources/talk.yaml
        title: Talk
        passages:
          - {id: p1, by: ada, items: 5}    # <- thinly-mapped
          - {id: p2, by: bo}
          - {id: p3, by: bo}
          - {id: p4, by: bo}
          - {id: p5, by: bo}
        """,
    "few passages tell nothing, and a third is not few": """
        {id: a, kind: claim, text: One., source: talk p1}
        {id: b, kind: claim, text: Two., source: talk p2}
        {id: c, kind: claim, text: Three., source: talk p3}
        {id: d, kind: claim, text: Four., source: talk p3}
        {id: e, kind: claim, text: Five., source: talk p4}
        {id: f, kind: claim, text: Six., source: talk p5}
        {id: g, kind: claim, text: Seven., source: talk p6}
        {id: h, kind: claim, text: Eight., source: talk p6}
        ## sources/talk.yaml
        title: Talk
        passages:
          - {id: p1, by: ada, items: 4}
          - {id: p2, by: ada}
          - {id: p3, by: bo}
          - {id: p4, by: bo}
          - {id: p5, by: bo}
          - {id: p6, by: bo}
          - {id: p7, by: cy}
        """,
}

POLICY_CASES = {
    "an undercut, an objection to a reason and one to an answer are objections considered": """
        {id: a, kind: claim, text: Trams should be free.}
        {id: b, kind: claim, text: Fewer cars., supports: a}
        {id: c, kind: objection, text: Cars are not the point., undercuts: b -> a, tags: open}
        {id: q, kind: question, text: Who pays?}
        {id: d, kind: claim, text: The city., answers: q, supports: e}    # <- unopposed-thesis
        {id: e, kind: claim, text: The city is rich., supports: d}
        {id: f, kind: claim, text: The riders., answers: q}
        {id: g, kind: objection, text: They do already., attacks: f, tags: open}
        ## kb.yaml
        title: Trams
        main: [a, q]
        """,
    "an answer by the side that was asked, and marks that hold": """
        {id: a, kind: claim, text: Trams should be free., by: ada}
        {id: b, kind: objection, text: Who pays?, by: bo, attacks: a}    # <- objection-left
        {id: c, kind: reply, text: Parking does., by: cy, attacks: b}
        {id: d, kind: objection, text: They are full., by: bo, attacks: a, tags: [open]}    # <- objection-left
        {id: e, kind: reply, text: Some are., by: ada, concedes: d}
        {id: f, kind: objection, text: They are slow., by: ada, attacks: a}    # <- objection-left
        {id: g, kind: objection, text: They are loud., by: ada, attacks: a}
        {id: h, kind: reply, text: Not the new ones., by: bo, undercuts: g -> a}
        {id: i, kind: objection, text: They are red., by: bo, attacks: a}
        {id: j, kind: reply, text: Never mind., by: bo, retracts: i}
        {id: k, kind: objection, text: They are not free., by: bo, attacks: a}
        {id: l, kind: reply, text: That is about the word., by: ada, dissolves: k}
        {id: m, kind: objection, text: They are not public., by: ada, attacks: a}
        {id: n, kind: reply, text: That is about the word., by: bo, dissolves: m}
        """,
}


def load_case(root: Path, text: str) -> tuple[Loaded, set[examples.Row]]:
    """Load a case with every node on a line of its own; people and letters that it names are supplied."""
    text = textwrap.dedent(text).strip("\n").replace("\n{", "\n---\n{")
    text += "\n" + PEOPLE + (LETTERS if "letters p" in text else "")
    return examples.read(root, text)


def run(loaded: Loaded, names: tuple[str, ...]) -> list[Finding]:
    return list(lint(loaded, {name: find_rule(name).severity for name in names}))


@pytest.mark.parametrize("case", CASES)
def test_case(case: str, tmp_path: Path) -> None:
    loaded, announced = load_case(tmp_path, CASES[case])
    assert loaded.faults == ()
    found = run(loaded, NAMES)
    assert {(f.file, f.span.line, f.rule) for f in found} == announced, [f.message for f in found]


@pytest.mark.parametrize("case", POLICY_CASES)
def test_policy(case: str, tmp_path: Path) -> None:
    loaded, announced = load_case(tmp_path, POLICY_CASES[case])
    assert loaded.faults == ()
    found = run(loaded, POLICIES)
    assert {(f.file, f.span.line, f.rule) for f in found} == announced, [f.message for f in found]


@pytest.mark.parametrize(
    ("language", "text", "only"),
    [
        ("en", "From that it does not follow that the wall holds.", True),
        ("en", "That the wall is old doesn\N{RIGHT SINGLE QUOTATION MARK}t yet follow.", True),
        ("en", "That the wall is old need not follow from its colour.", True),
        ("en", "Nothing of the kind follows, but it is true.", False),
        ("en", "This is a non sequitur.", True),
        ("en", "The objection misses the point.", True),
        ("en", "The argument from costs is irrelevant here.", True),
        ("en", "The evidence does not show that lamps deter anybody.", True),
        ("en", "The colour says nothing about whether it holds.", True),
        ("en", "The lamp shows nothing.", False),
        ("en", "Pupils do not follow the rule.", False),
        ("en", "The dog is of no use, since it does not follow orders.", False),
        ("en", "The premise is false, and the argument proves nothing.", False),
        ("de", "Daraus folgt aber nicht, dass die Mauer hält.", True),
        ("de", "Dass die Mauer hält, folgt daraus nicht.", True),
        ("de", "Das tut nichts zur Sache.", True),
        ("de", "Der Einwand geht am Thema vorbei.", True),
        ("de", "Das Argument beweist hier nichts.", True),
        ("de", "Der Hund folgt dem Jäger nicht.", False),
        ("de", "Die Mauer hat nichts gekostet.", False),
    ],
)
def test_what_only_denies_relevance(language: str, text: str, only: bool) -> None:
    known = phrases(language)
    assert known is not None
    assert only_denies_relevance(text, known) is only


@pytest.mark.parametrize(
    ("language", "text", "other", "expected"),
    [
        ("en", "Lamps prevent crime.", "Lamps do not prevent crime.", True),
        ("en", "Nobody reads the signs.", "Anybody reads the signs.", True),
        ("en", "The lamps cannot help.", "The lamps can help.", True),
        ("en", "The lamp never helped.", "The lamp helps.", True),
        ("en", "Lamps do not prevent crime.", "Lamps never prevent crime.", False),
        ("en", "Lamps do not prevent accidents.", "Lamps prevent crime.", False),
        ("en", "It is not true that no lamp helps.", "Lamps help.", False),
        ("de", "Lampen verhindern keine Verbrechen.", "Lampen verhindern Verbrechen.", True),
        ("de", "Lampen helfen nicht.", "Lampen helfen.", True),
        ("de", "Lampen helfen nicht.", "Lampen schaden.", False),
    ],
)
def test_what_denies_in_so_many_words(language: str, text: str, other: str, expected: bool) -> None:
    known = phrases(language)
    assert known is not None
    assert is_negation(text, other, known) is expected
    assert is_negation(other, text, known) is expected


@pytest.mark.parametrize(
    ("text", "other", "expected"),
    [
        ("Certainly lamps help.", "Lamps help, *certainly*.", True),
        ("Lamps obviously help.", "Lamps help.", True),
        ("Lamps help a lot.", "Lamps help.", False),
        ("It is so.", "So it was, then.", False),
        ("It is the “lamp” itself.", "It is the lamp itself.", True),
    ],
)
def test_what_says_the_same_but_for_filler(text: str, other: str, expected: bool) -> None:
    assert is_same_but_filler(text, other, phrases("en-GB")) is expected
    assert is_same_but_filler(other, text, phrases("en-GB")) is expected


def test_a_language_nobody_wrote_down_has_no_phrases() -> None:
    assert phrases("fr") is None
    assert is_same_but_filler("Le mur tient.", "Le mur tient !", None)
    assert not is_same_but_filler("Le mur tient vraiment.", "Le mur tient.", None)


def test_questions_that_offer_a_choice() -> None:
    german = phrases("de")
    assert german is not None
    assert offers_a_choice("Liegt das am Wetter oder am Klima?", german)
    assert not offers_a_choice("Wie lange dauert es, eine Stunde oder zwei?", german)
    assert not offers_a_choice("Liegt das am Wetter oder nicht?", german)


def test_a_long_exchange_is_one_finding_with_its_first_moves() -> None:
    rows = ["{id: n0, kind: claim, text: Start., by: ada}"]
    rows += [
        f"{{id: n{k}, kind: reply, text: Move {k}., by: {'ada' if k % 2 == 0 else 'bo'}, replies_to: n{k - 1}}}"
        for k in range(1, 3000)
    ]
    found = run(read("\n---\n".join(rows) + "\n" + PEOPLE), ("hidden-attack",))
    assert [(f.node, len(f.related)) for f in found] == [("n2999", 8)]
    assert found[0].message.startswith("2999 replies in a row")
    assert "`n0` ← `n1` ← `n2`" in found[0].message
    assert found[0].message.endswith("…")


def test_messages_name_who_and_what(tmp_path: Path) -> None:
    loaded, _ = load_case(tmp_path, CASES["a strict step has one premise and is complete"])
    (found,) = run(loaded, ("denied-conclusion",))
    assert found.message == "`bo` accepts `a` and denies what it shows strictly, `b`"
    assert "`a -> b`" in found.help
    assert [text for _, _, text in found.related] == ["`a` is a reason for `b`"]


@pytest.mark.parametrize("name", [*NAMES, *POLICIES])
def test_each_rule_is_tried_beyond_its_manual(name: str) -> None:
    assert any(f"# <- {name}" in text for text in (*CASES.values(), *POLICY_CASES.values())), name
