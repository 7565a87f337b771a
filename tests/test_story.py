"""How the debate went, told: who opened, answered, denied and granted what, in source order, and what that changed."""

from __future__ import annotations

import html
import re
from pathlib import Path

from kb.chronicle.milestones import milestones
from kb.chronicle.turns import is_told, spoken_turns, turns
from kb.evaluate import evaluate
from kb.load import load
from kb.pages import story
from kb.queries import coverage
from tests.conftest import read
from tests.test_pages import pages

SHIPPED = Path(__file__).parent.parent / "claims"

TALK = """
## participants/ann.yaml
name: Ann (here)
## participants/bob.yaml
name: Bob
## sources/talk.yaml
title: Talk
passages:
  - {id: c1.1, by: ann}
  - {id: c1.2, by: ann}
  - {id: c2.1, by: bob, replies_to: c1}
  - {id: c3.1, by: ann, replies_to: c2}
## talk/nodes.yaml
id: q
kind: question
text: What?
---
id: this
kind: claim
text: This
source: talk c1.1
answers: q
---
id: because
kind: claim
text: Because
source: talk c1.2
supports: this
---
id: granted
kind: reply
text: True
source: talk c2.1
concedes: because
---
id: no-step
kind: objection
text: But
source: talk c2.1
undercuts: because -> this
---
id: that
kind: claim
text: That
certainty: tentative
source: talk c2.1
answers: q
attacks: this
"""
RETRACTED = """---
id: back
kind: reply
text: Taken back
source: talk c3.1
retracts: this
---
id: yes
kind: reply
text: Yes
source: talk c3.1
concedes: that
"""


def told(page: str) -> list[list[str]]:
    """The paragraphs of each turn as plain text."""
    found = re.findall(r'<div class="prose">(.*?)</div>', page, re.DOTALL)
    return [[_plain(paragraph) for paragraph in re.findall(r"<p>(.*?)</p>", turn)] for turn in found]


def turned(page: str) -> list[list[str]]:
    """What each turn changed, for turns that changed something."""
    return [
        [_plain(line) for line in re.findall(r"<li>(.*?)</li>", found)]
        for found in re.findall(r'<ul class="turned"[^>]*>(.*?)</ul>', page)
    ]


def _plain(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", text.replace("<q>", "“").replace("</q>", "”")))


def test_each_turn_says_who_answered_granted_and_denied_what() -> None:
    assert told(pages(TALK)["story.html"]) == [
        ["Ann took up “What?” and answered: “This”, for the reason “Because”."],
        [
            "Bob denied “This” and answered “What?”, tentatively: “That”; granted “Because”: “True”, but denied that “Because” bears on “This”: “But”."
        ],
    ]


def test_a_turn_leads_to_its_passages_and_to_whom_it_answers() -> None:
    page = pages(TALK)["story.html"]
    assert 'href="sources/talk.html#p-c1.1">c1.1–c1.2</a> · 2 points' in page  # noqa: RUF001 - as it is printed
    second = page.partition('id="t-talk.c2.1"')[2].partition("</header>")[0]
    assert 'in answer to <a href="people/ann.html"><bdi>Ann (here)</bdi></a>' in second


def test_what_came_into_dispute_and_what_was_settled_stands_beside_the_turn() -> None:
    assert turned(pages(TALK)["story.html"]) == [
        ["Now in dispute: “What?”", "No longer stands: “This”."],
    ]
    assert turned(pages(TALK + RETRACTED)["story.html"])[-1] == ["Settled by agreement: “What?”"]
    assert told(pages(TALK + RETRACTED)["story.html"])[-1] == [
        "On “What?”, Ann took back “This”: “Taken back”; granted “That”: “Yes”."
    ]


def test_the_story_is_told_in_the_language_of_the_debate() -> None:
    page = pages("## kb.yaml\ntitle: T\nlanguage: de\n" + TALK.lstrip())["story.html"]
    assert told(page)[0] == ["Ann griff “What?” auf und antwortete: “This”, mit dem Grund “Because”."]
    assert "räumte “Because” ein: “True”, aber bestritt, dass “Because” für “This” von Belang ist" in told(page)[1][0]
    several = pages(
        "## kb.yaml\ntitle: T\nlanguage: de\n" + TALK.lstrip().replace("c2.1, by: bob", "c2.1, by: [bob, ann]")
    )
    assert "Bob und Ann wandten gegen die eigene Aussage “This” ein und antworteten" in " ".join(
        told(several["story.html"])[1]
    )


def test_two_people_are_never_called_the_same() -> None:
    page = pages(TALK.replace("name: Bob", "name: Ann (there)"))["story.html"]
    assert [turn[0].partition(" took")[0].partition(" denied")[0] for turn in told(page)] == [
        "Ann (here)",
        "Ann (there)",
    ]


def test_titles_in_quotation_marks_have_no_second_full_stop_and_other_marks_inside() -> None:
    page = pages(TALK.replace("text: This", "text: The word “this” is said."))["story.html"]
    assert "answered: “The word ‘this’ is said”, for the reason" in told(page)[0][0]  # noqa: RUF001 - as it is printed
    assert turned(page) == [["Now in dispute: “What?”", "No longer stands: “The word ‘this’ is said”."]]  # noqa: RUF001


def test_that_the_order_of_sources_is_not_known_is_said_where_there_are_several() -> None:
    other = "## sources/more.yaml\ntitle: More\n"
    assert "Some sources have no date" in pages(other + TALK)["story.html"]
    assert "Some sources have no date" not in pages(TALK)["story.html"]


def test_an_objection_to_ones_own_point_is_told_as_such() -> None:
    own = "---\nid: hm\nkind: objection\ntext: Hm\nsource: talk c1.2\nattacks: this\n"
    assert "objected to their own “This”: “Hm”" in " ".join(told(pages(TALK + own)["story.html"])[0])


def test_an_argument_that_is_denied_as_a_whole_is_named() -> None:
    nodes = (
        "---\nid: arg\nkind: argument\ntext: Argument\nsource: talk c1.2\npremises: [because]\nsupports: this\n"
        "---\nid: no-arg\nkind: objection\ntext: No\nsource: talk c2.1\nundercuts: arg\n"
    )
    assert "denied that “Argument” carries: “No”" in " ".join(told(pages(TALK + nodes)["story.html"])[1])


def test_what_is_only_attributed_supposed_or_mentioned_is_not_told_as_held() -> None:
    nodes = (
        "---\nid: read-so\nkind: claim\ntext: Read so\nattributed_to: ann\nsource: talk c2.1\n"
        "---\nid: suppose\nkind: claim\ntext: Suppose\ncertainty: arguendo\nsource: talk c2.1\n"
        "---\nid: some-say\nkind: claim\ntext: Some say\ncertainty: mentioned\nsource: talk c2.1\n"
    )
    nodes += (
        "---\nid: view\nkind: claim\ntext: Their view\ncertainty: mentioned\nattributed_to: ann\nsource: talk c2.1\n"
    )
    said = " ".join(told(pages(TALK + nodes)["story.html"])[1])
    assert "described the view of Ann as: “Their view”" in said
    assert "took Ann to hold: “Read so”" in said
    assert "supposed for argument\N{RIGHT SINGLE QUOTATION MARK}s sake: “Suppose”" in said
    assert "mentioned, without holding it: “Some say”" in said


def test_nobody_is_told_to_answer_what_was_said_later() -> None:
    early = "---\nid: early\nkind: claim\ntext: Early\nsource: talk c1.2\nsupports: that\n"
    assert "held: “Early”" in " ".join(told(pages(TALK + early)["story.html"])[0])


def test_a_debate_without_sources_is_told_by_its_order_and_one_without_people_not_at_all() -> None:
    nodes = (
        "## participants/ann.yaml\nname: Ann\n## participants/bob.yaml\nname: Bob\n## talk/nodes.yaml\n"
        "id: a\nkind: claim\ntext: Alpha\nby: ann\n---\nid: b\nkind: objection\ntext: Beta\nby: bob\nattacks: a\n"
    )
    found = pages(nodes)["story.html"]
    assert told(found) == [["Ann opened and held: “Alpha”."], ["Bob denied “Alpha”: “Beta”."]]
    assert "Without a source" in found
    assert turned(found) == [["Now in dispute: “Alpha”."]]
    nobody = pages("id: a\nkind: claim\ntext: A.\n")
    assert "story.html" not in nobody
    assert "story.html" not in nobody["index.html"]


def test_a_very_long_debate_is_told_in_part_and_in_parts() -> None:
    passages = "".join(f"  - {{id: c{n}.1, by: p{n % 2}}}\n" for n in range(400))
    nodes = "---\n".join(f"id: n{n}\nkind: claim\ntext: Point {n}\nsource: talk c{n}.1\n" for n in range(400))
    people = "## participants/p0.yaml\nname: P 0\n## participants/p1.yaml\nname: P 1\n"
    found = pages(f"{people}## sources/talk.yaml\ntitle: Talk\npassages:\n{passages}## talk/nodes.yaml\n{nodes}")
    parts = [text for path, text in found.items() if path.startswith("story")]
    assert sum(len(told(part)) for part in parts) == 240
    assert "160 more turns, by" in "".join(parts)
    assert len(parts) > 1
    assert all(len(part.encode()) < 100_000 for part in parts)


def test_the_shipped_debate_is_told_with_all_its_turns() -> None:
    debate = load(SHIPPED).debate
    (page,) = story.pages(debate)
    assert isinstance(page.context, story.Context)
    entries = [entry for chapter in page.context.chapters for entry in chapter.entries]
    assert [entry.points for entry in entries] == [len(turn.nodes) for _, turn in spoken_turns(debate)]
    assert all(entry.paragraphs for entry in entries)
    assert not any("also also" in _plain("".join(w.name for w in words)) for e in entries for words in e.paragraphs)


def test_no_turn_of_the_shipped_debate_names_a_point_that_came_later() -> None:
    debate = load(SHIPPED).debate
    (page,) = story.pages(debate)
    assert isinstance(page.context, story.Context)
    entries = [entry for chapter in page.context.chapters for entry in chapter.entries]
    number = {node: n for n, (_, turn) in enumerate(spoken_turns(debate)) for node in turn.nodes}
    named = [
        (n, part.href.removeprefix("nodes/").removesuffix(".html"))
        for n, entry in enumerate(entries)
        for words in entry.paragraphs
        for part in words
        if part.href.startswith("nodes/")
    ]
    assert len(named) > len(number) / 2
    assert [(n, node) for n, node in named if number.get(node, 0) > n] == []
    asked = [n for n, node in named if node == "would-ruling-out-agency-be-progress"]
    assert min(asked) == number["no-room-case-would-be-progress"] > number["human-like-is-not-safe"]


def test_no_sentence_says_a_word_twice_in_a_row() -> None:
    (page,) = story.pages(load(SHIPPED).debate)
    assert isinstance(page.context, story.Context)
    entries = [entry for chapter in page.context.chapters for entry in chapter.entries]
    sentences = ["".join(part.name for part in line) for entry in entries for line in entry.paragraphs]
    assert any("also answered" in line for line in sentences)
    assert [line for line in sentences if re.search(r"\b(\w+) \1\b", line)] == []


def test_what_stood_after_the_last_turn_is_what_stands_now() -> None:
    debate = load(SHIPPED).debate
    last: dict[str, str] = {}
    for number in range(len(turns(debate))):
        last |= {m.node: m.what.split()[-1] for m in milestones(debate).get(number, ()) if " " in m.what}
    found = [m for ms in milestones(debate).values() for m in ms if m.what == "now in"]
    assert last
    assert len(found) == len(set(found))
    assert {node: evaluate(debate).verdict(node) for node in last} == last


MIXED = """
## participants/ann.yaml
name: Ann
## sources/later.yaml
title: Later
date: 2021
passages:
  - {id: a, by: ann, items: 2}
  - {id: b, by: ann}
## sources/earlier.yaml
title: Earlier
date: 2020
passages:
  - {id: a, by: ann}
## sources/silent.yaml
title: Silent
date: 2019
""" + "".join(
    f"## t/{name}.yaml\nkind: claim\ntext: {name}\nby: ann\n{more}\n"
    for name, more in (
        ("x1", "source: later b"),
        ("x2", "source: later"),
        ("x3", "source: [later a.2, earlier a]"),
        ("x4", "source: later a.1\nsupports: x1"),
        ("x5", "supports: x7"),
        ("x6", "source: silent"),
        ("x7", ""),
        ("x8", "source: later gone"),
        ("x9", "source: gone a"),
        ("y1", "source: [later a.1]"),
        ("y2", "attributed_to: ann"),
    )
)


def test_turns_follow_the_order_of_the_debate_and_have_all_that_is_told() -> None:
    for debate in (read(MIXED).debate, read(TALK).debate, load(SHIPPED).debate):
        said = [node_id for turn in turns(debate) for node_id in turn.nodes]
        assert said == [node_id for node_id in debate.ordered if is_told(debate, node_id)]
    assert {"x6", "x8", "x9"}.isdisjoint(node for turn in turns(read(MIXED).debate) for node in turn.nodes)


def test_a_passage_that_is_called_like_an_item_of_a_list_is_its_own() -> None:
    debate = read(
        """
        ## participants/ann.yaml
        name: Ann
        ## participants/bob.yaml
        name: Bob
        ## sources/talk.yaml
        title: Talk
        passages:
          - {id: c1, by: ann, items: 2}
          - {id: c1.1, by: bob}
        ## t/one.yaml
        kind: claim
        text: One.
        source: talk c1.1
        ## t/two.yaml
        kind: claim
        text: Two.
        source: talk c1.2
        """
    ).debate
    assert [(turn.speakers, turn.nodes) for turn in turns(debate)] == [(("ann",), ("two",)), (("bob",), ("one",))]
    assert [(row["passage"], row["by"]) for row in coverage.rows(debate)] == [("c1.2", ["ann"]), ("c1.1", ["bob"])]


OPENS = """
## t/q.yaml
kind: question
text: What?
exclusive: true
## t/reason-one.yaml
kind: claim
text: One, since.
source: talk c1.1
supports: one
## t/reason-two.yaml
kind: claim
text: Two, since.
source: talk c2.1
supports: two
## t/one.yaml
kind: claim
text: One.
source: talk c1.2
answers: q
## t/two.yaml
kind: claim
text: Two.
source: talk c3.1
by: bob
answers: q
"""


def test_nothing_is_in_dispute_before_both_sides_were_said() -> None:
    debate = read(TALK.partition("## talk/nodes.yaml")[0] + OPENS).debate
    (number,) = (n for n, found in milestones(debate).items() for m in found if m.what == "opened")
    assert turns(debate)[number].nodes == ("two",)


def test_each_dispute_opens_once_and_is_settled_after_that() -> None:
    debate = load(SHIPPED).debate
    found = [(number, m) for number, ms in sorted(milestones(debate).items()) for m in ms if " " not in m.what]
    opened = {m.node: number for number, m in found if m.what == "opened"}
    assert len(opened) == sum(m.what == "opened" for _, m in found) > 5
    assert all(number >= opened[m.node] for number, m in found if m.what != "opened")


def test_points_without_a_passage_are_told_after_what_has_one() -> None:
    debate = read(TALK + "---\nid: later\nkind: claim\ntext: Later\nby: bob\n").debate
    assert [turn.source for _, turn in spoken_turns(debate)] == ["talk", "talk", ""]


PROGRESS = """
## talk/nodes.yaml
id: q
kind: question
text: Is that progress?
---
id: human
kind: claim
text: Human is not safe
source: [talk c1.1, talk c3.1]
supports: no
---
id: unsafe
kind: claim
text: Humans are not
source: talk c1.2
supports: human
---
id: yes
kind: claim
text: Yes
source: talk c2.1
answers: q
---
id: no
kind: objection
text: No
source: talk c3.1
attacks: yes
answers: q
"""
THREE = TALK.partition("## talk/nodes.yaml")[0]


def test_a_turn_tells_nothing_of_what_its_points_were_only_later_connected_with() -> None:
    assert told(pages(THREE + PROGRESS)["story.html"]) == [
        ["Ann opened and held: “Human is not safe”, for the reason “Humans are not”."],
        ["Bob answered “Is that progress?”: “Yes”."],
        ["Ann denied “Yes” and answered “Is that progress?”: “No”, for the reason given before: “Human is not safe”."],
    ]


def test_a_reason_of_ones_own_is_taken_up_even_where_it_is_not_said_again() -> None:
    once = PROGRESS.replace("[talk c1.1, talk c3.1]", "talk c1.1")
    assert "for the reason given before: “Human is not safe”." in told(pages(THREE + once)["story.html"])[2][0]
    others = pages(THREE.replace("c1.1, by: ann", "c1.1, by: bob") + once)["story.html"]
    assert "Human is not safe" not in " ".join(told(others)[-1])


def test_what_was_said_of_a_point_in_a_later_turn_is_told_there() -> None:
    later = PROGRESS + (
        "---\nid: hm\nkind: objection\ntext: Hm\nsource: talk c1.2\nattacks: {to: yes, source: talk c3.1}\n"
        "---\nid: early\nkind: claim\ntext: Early\nsource: talk c1.2\nanswers: asked\n"
        "---\nid: asked\nkind: question\ntext: Asked?\nsource: talk c2.1\n"
    )
    first, _, last = told(pages(THREE + later)["story.html"])
    assert "held: “Early” and “Hm”" in " ".join(first)
    assert "denied “Yes” with a point made before: “Hm”" in " ".join(last)
    page = pages("## kb.yaml\ntitle: T\nlanguage: de\n" + (THREE + later).lstrip())["story.html"]
    assert "bestritt “Yes” mit einem schon genannten Punkt: “Hm”" in " ".join(told(page)[2])


def test_what_came_first_is_said_only_of_sources_with_dates() -> None:
    elsewhere = PROGRESS.replace("[talk c1.1, talk c3.1]", "other a")
    other = "## sources/other.yaml\ntitle: Other\npassages: [{id: a, by: ann}]\n"
    assert "“No”, for the reason “Human is not safe”." in _plain(pages(THREE + other + elsewhere)["story.html"])
    dated, year = (
        THREE.replace("title: Talk", "title: Talk\ndate: 2021-05"),
        other.replace("Other\n", "Other\ndate: ~\n"),
    )
    before = pages(dated + year.replace("~", "2020") + elsewhere)["story.html"]
    assert "“No”, for the reason given before: “Human is not safe”." in _plain(before)
    same_year = pages(dated + year.replace("~", "2021") + elsewhere)["story.html"]
    assert "“No”, for the reason “Human is not safe”." in _plain(same_year)


def test_of_what_is_in_no_source_nothing_is_said_to_have_been_before() -> None:
    loose = PROGRESS.replace("id: human", "id: human\nby: ann").replace("source: [talk c1.1, talk c3.1]\n", "")
    found = told(pages(THREE + loose)["story.html"])
    assert "Human is not safe" not in " ".join(found[2])
    loose = PROGRESS.replace("kind: objection\ntext: No\nsource: talk c3.1", "kind: objection\ntext: No\nby: ann")
    last = " ".join(told(pages(THREE + loose)["story.html"])[-1])
    assert "answered: “No”, for the reason “Human is not safe”." in last


def test_reasons_are_those_given_for_a_point_itself_and_the_rest_stands_behind_them() -> None:
    def reason(name: str, supports: str) -> str:
        return f"---\nid: {name}\nkind: claim\ntext: {name.title()}\nsource: talk c1.2\nsupports: {supports}\n"

    one = TALK + reason("deep", "because") + reason("deeper", "deep")
    assert "for the reason “Because”, with 2 more points behind it." in told(pages(one)["story.html"])[0][0]
    three = one + reason("also", "this") + reason("more", "this")
    line = "answered: “This”, for 3 reasons, “Also” and “Because” among them, with 2 more points behind them."
    assert line in told(pages(three)["story.html"])[0][0]
    page = pages("## kb.yaml\ntitle: T\nlanguage: de\n" + one.lstrip().replace("supports: deep", "supports: because"))
    assert "mit dem Grund “Because” (dahinter 2 weitere Punkte)." in told(page["story.html"])[0][0]


def test_a_reason_is_told_with_what_is_one_only_together_with_it() -> None:
    linked = TALK.replace("supports: this", "supports: {to: this, with: [side]}")
    linked += "---\nid: side\nkind: claim\ntext: Side\nsource: talk c1.2\n"
    line = "for the reason “Because” together with “Side”."
    assert line in told(pages(linked)["story.html"])[0][0]
