"""What single pages say, with a small debate for each."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markupsafe import escape

from kb.linting.manual import find_rule, paragraphs
from kb.load import load
from kb.publishing.markup import inline
from kb.settling import maxsat
from tests import sites
from tests.conftest import read


def pages(text: str) -> dict[str, str]:
    """The pages of the site of a debate."""
    return {o.path: o.content for o in sites.gather(read(text).debate) if isinstance(o.content, str)}


AGAIN = """
id: top
kind: claim
text: Top.
---
id: a
kind: claim
text: Alpha.
supports: [top, b]
---
id: b
kind: claim
text: Beta.
supports: top
"""


def test_what_comes_up_twice_is_shown_once_and_referred_to_where_it_is_met_again() -> None:
    page = pages(AGAIN)["nodes/top.html"]
    thread = page.partition('id="thread"')[2].partition('class="picture"')[0]
    assert thread.count('<p class="point"><a href="../nodes/a.html"') == 1
    assert '<li id="n-a">' in thread
    assert '<b class="tie for">is supported by</b> <a href="#n-a" dir="auto"><q>Alpha.</q></a>' in thread
    assert "n-b" not in thread


def test_what_is_referred_to_bears_the_title_it_is_called_by_and_nothing_else_does() -> None:
    titled = AGAIN.replace("text:", "title: Named so\ntext:")
    thread = pages(titled)["nodes/top.html"].partition('id="thread"')[2]
    assert '<li id="n-a"><p class="titled" dir="auto">Named so</p>' in thread
    assert thread.count('class="titled"') == 1
    linked = titled.replace("supports: top", "supports: {to: top, with: [a]}")
    thread = pages(linked)["nodes/top.html"].partition('id="thread"')[2]
    assert '<a href="../nodes/top.html#n-a"><bdi>Named so</bdi></a>' in thread
    assert '<li id="n-a"><p class="titled" dir="auto">' in thread


def test_an_answer_bears_the_title_by_which_maps_and_lists_call_it() -> None:
    asked = "id: q\nkind: question\ntext: What?\n---\nid: a\nkind: claim\ntitle: Alpha\ntext: The first.\nanswers: q\n"
    page = pages(asked)["nodes/q.html"]
    assert '<h3 class="holder">By the record</h3>\n<p class="titled" dir="auto">Alpha</p>' in page


def test_the_front_page_counts_disputes_and_questions_without_an_answer_apart() -> None:
    asked = "---\nid: q\nkind: question\ntext: What?\nby: ann\n"
    front = pages(DISPUTED + asked)["index.html"]
    assert '<a href="open.html">1 dispute is open</a>' in front
    assert '<a href="open.html?state=unanswered">1 question has no answer yet</a>' in front
    assert '<a href="open.html">All that is open</a>' in front
    assert "no answer yet" not in pages(DISPUTED)["index.html"]


def test_a_point_on_both_sides_of_a_question_is_shown_once() -> None:
    debate = (
        "## participants/ann.yaml\nname: Ann\n## participants/bob.yaml\nname: Bob\n## talk/nodes.yaml\n"
        "id: q\nkind: question\ntext: What?\nexclusive: true\n"
        "---\nid: a\nkind: claim\ntext: Alpha.\nby: ann\nanswers: q\n"
        "---\nid: b\nkind: claim\ntext: Beta.\nby: bob\nanswers: q\nattacks: a\n"
        "---\nid: c\nkind: claim\ntext: Gamma.\nby: bob\nsupports: b\nattacks: a\n"
    )
    page = pages(debate)["nodes/q.html"].partition('id="thread"')[2].partition('class="picture"')[0]
    assert page.count('<p class="point"><a href="../nodes/c.html"') == 1
    assert page.count('<p class="point"><a href="../nodes/b.html"') == 1
    assert 'href="#n-c"' in page
    assert '<section class="column" id="n-b">' in page
    assert 'href="#n-b"' in page


def test_people_are_called_by_a_word_only_where_nobody_else_is() -> None:
    said = "".join(
        f"---\nid: {who}-said\nkind: claim\ntext: So says {who}.\nby: {who}\nsupports: top\n"
        for who in ("one", "two", "three")
    )
    people = (
        "## participants/one.yaml\nname: P2 (this thread)\n## participants/two.yaml\nname: Lena (P2, that thread)\n"
        "## participants/three.yaml\nname: Tom (the other thread)\n## talk/nodes.yaml\n"
    )
    page = pages(people + AGAIN + said)["nodes/top.html"]
    assert [name for name in re.findall(r'<span dir="auto">(.*?)</span>', page) if "P2" in name] == ["P2 (this thread)"]
    assert '<span dir="auto">Lena</span>' in page
    assert '<span dir="auto">Tom</span>' in page


def test_what_has_no_verdict_says_why() -> None:
    granted = AGAIN + "---\nid: granted\nkind: reply\ntext: Granted.\nconcedes: a\n"
    assert "No verdict: it only acts on other points" in pages(granted)["nodes/granted.html"]
    assert "No verdict" not in pages(granted)["nodes/a.html"]


def test_every_verdict_leads_to_what_it_does_not_say() -> None:
    against = "---\nid: no\nkind: objection\ntext: No.\nattacks: b\n"
    found = pages(AGAIN + against)
    assert 'href="../limits.html">' in found["nodes/b.html"].partition('class="verdict')[2].partition("</section>")[0]
    limits = found["limits.html"]
    assert "tentative or speculative, and" not in limits
    assert "of 4 points here" not in limits
    hedged = AGAIN.replace("text: Beta.", "text: Beta.\ncertainty: tentative")
    assert "1 point here was put forward as tentative or speculative" in pages(hedged)["limits.html"]


def test_a_side_that_only_denies_is_told_from_one_that_holds_a_thesis() -> None:
    people = "## participants/ann.yaml\nname: Ann\n## participants/bob.yaml\nname: Bob\n## talk/nodes.yaml\n"
    thesis = "id: c\nkind: claim\ntext: So.\nby: ann\n---\nid: no\nkind: objection\ntext: No.\nby: bob\nattacks: c\n"
    found = pages(people + thesis)["open.html"]
    assert re.findall(r"<bdi>(\w+)</bdi> <small>([\w ]+)</small>", found) == [
        ("Ann", "for it"),
        ("Bob", "an objection"),
    ]


def test_replies_that_found_no_room_are_not_said_to_be_on_the_page() -> None:
    many = "".join(f"---\nid: r{n}\nkind: claim\ntext: Reason {n}.\nsupports: top\n" for n in range(37))
    reply = "---\nid: c\nkind: objection\ntext: Gamma.\nattacks: a\n"
    thread = pages(AGAIN + reply + many)["nodes/top.html"].partition('id="thread"')[2].partition('class="picture"')[0]
    assert "Gamma." not in thread
    assert "a.html#thread" in thread


def test_an_answer_that_nobody_disputes_is_shown_with_who_gave_it() -> None:
    debate = (
        "## participants/ann.yaml\nname: Ann\n## talk/nodes.yaml\nid: q\nkind: question\ntext: What?\n---\n"
        "id: this\nkind: claim\ntext: This.\nby: ann\nanswers: q\n---\n"
        "id: that\nkind: claim\ntext: That.\nanswers: q\n"
    )
    page = pages(debate)["nodes/q.html"]
    assert re.findall(r'<h3 class="holder">(.*?)</h3>', page) == ["By the record", "<bdi>Ann</bdi>"]


def test_the_front_page_leads_with_a_thesis_where_that_is_what_is_debated() -> None:
    found = pages("## kb.yaml\ntitle: T\nmain: [a]\n## talk/a.yaml\nkind: claim\ntext: A.\n")
    assert "Main thesis" in found["index.html"]
    assert "<span>1 point</span>" in found["index.html"]
    assert "Also open" not in found["index.html"]


def test_the_front_page_names_the_first_of_many_sources_and_topics_and_leads_to_the_rest() -> None:
    sources = "".join(f"## sources/post-{n}.yaml\ntitle: Post {n}.\n" for n in range(100, 172))
    points = "".join(f"## part-{n}/point-{n}.yaml\nkind: claim\ntext: Point {n}.\n" for n in range(100, 163))
    home = pages(sources + points)["index.html"]
    assert "sources/post-159.html" in home
    assert "sources/post-160.html" not in home
    assert '<li class="more"><a href="sources.html">… 12 more</a></li>' in home
    assert "topics/part-159.html" in home
    assert "topics/part-160.html" not in home
    assert '<li class="more"><a href="topics.html">… 3 more</a></li>' in home
    assert 'class="more"' not in pages("## sources/post.yaml\ntitle: Post.\n" + AGAIN)["index.html"]


def test_the_front_page_names_those_who_owe_most_and_counts_the_others() -> None:
    people = "".join(f"## participants/p{n}.yaml\nname: Person {n}\n" for n in range(15))
    said = "".join(f"## talk/c{n}.yaml\nkind: claim\ntext: It is {n}.\nby: p{n}\n" for n in range(15))
    denied = "".join(
        f"## talk/o{n}-{other}.yaml\nkind: objection\ntext: Not {n} by {other}.\nby: p{other}\nattacks: c{n}\n"
        for n, other in [(n, (n + 1) % 15) for n in range(15)] + [(7, 3)]
    )
    home = pages(people + said + denied)["index.html"]
    assert "15 participants owe the next word" in home
    owing = home.partition('<ul class="owing">')[2].partition("</ul>")[0]
    assert owing.index(">Person 7<") < owing.index(">Person 0<")
    assert owing.count("waits") + owing.count("wait<") == 12
    assert '<li class="more"><a href="people.html">… 3 more</a></li>' in owing


@pytest.mark.parametrize(
    ("path", "record", "first"),
    [
        ("people", "## participants/p{}.yaml\nname: Person {}\n", 200),
        ("sources", "## sources/s{}.yaml\ntitle: Post {}\n", 200),
        ("terms", "## terms/w{}.yaml\nterm: Word {}\n", 120),
        ("topics", "## t{}/c{}.yaml\nkind: claim\ntext: So.\n", 80),
    ],
)
def test_a_long_list_goes_over_several_pages_that_lead_to_each_other(path: str, record: str, first: int) -> None:
    found = pages("".join(record.format(n, n) for n in range(first + 7)))
    rows = [len(re.findall(rf'href="{path}/', found[page])) for page in (f"{path}.html", f"{path}.2.html")]
    assert rows == [first, 7]
    for page in (f"{path}.html", f"{path}.2.html"):
        nav = found[page].partition('<nav aria-label="Pages of this list">')[2].partition("</nav>")[0]
        assert re.findall(r'href="([^"]+)"( aria-current="page")?', nav) == [
            (one, ' aria-current="page"' if one == page else "") for one in (f"{path}.html", f"{path}.2.html")
        ]


def test_each_of_many_linked_premises_names_only_the_one_that_links_them() -> None:
    premises = "".join(f"---\nid: p{n}\nkind: claim\ntext: Premise {n}.\n" for n in range(40))
    names = ", ".join(f"p{n}" for n in range(40))
    head = f"id: top\nkind: claim\ntext: Top.\n---\nid: maker\nkind: claim\ntext: Maker.\nsupports: {{to: top, with: [{names}]}}\n"
    found = pages(head + premises)
    together = re.search(r"together with (.*?) <b", found["nodes/p7.html"])
    assert together is not None
    assert re.findall(r'href="([^"]*)"', together[1]) == ["../nodes/maker.html"]
    assert all(f"p{n}.html" in found["nodes/maker.html"] for n in range(40))


def test_a_premise_of_an_undercut_shows_the_step_that_is_denied() -> None:
    found = pages(
        "id: a\nkind: claim\ntext: Alpha.\n---\nid: b\nkind: claim\ntext: Beta.\nsupports: a\n---\n"
        "id: c\nkind: objection\ntext: Gamma.\nundercuts: {to: b -> a, with: [d]}\n---\nid: d\nkind: claim\ntext: Delta.\n"
    )
    for name in ("c", "d"):
        bears = found[f"nodes/{name}.html"].partition('id="bears"')[2].partition("</section>")[0]
        assert "leaving both its ends standing</b>" in bears
        assert bears.index("Alpha.") < bears.index('<b class="tie for">supports</b>') < bears.index("Beta.")


def test_the_page_of_a_person_says_where_they_stand_on_what_is_in_dispute() -> None:
    found = pages(DISPUTED)
    assert 'holds it: <a href="../nodes/top.html"><q>Top.</q></a>' in found["people/ann.html"]
    assert 'objects with it: <a href="../nodes/no-top.html"><q>Not so.</q></a>' in found["people/bob.html"]
    assert 'href="../matrix.html"' in found["people/bob.html"]


@pytest.mark.parametrize(("relation", "told"), [("concedes: top", 0), ("concedes: {to: top, part: true}", 1)])
def test_what_was_granted_in_part_says_so_where_it_was_granted(relation: str, told: int) -> None:
    reply = f"---\nid: granted\nkind: reply\ntext: Granted.\nby: bob\n{relation}\n"
    responses = pages(DISPUTED + reply)["nodes/top.html"].partition('id="thread"')[2]
    assert "Granted." in responses
    assert responses.count('<p class="aside">only in part</p>') == told


def test_what_somebody_granted_is_counted_in_full() -> None:
    nodes = "---\n".join(
        f"id: n{n}\nkind: claim\ntext: N {n}.\nby: bob\n---\nid: r{n}\nkind: reply\ntext: R {n}.\nby: ann\nconcedes: n{n}\n"
        for n in range(130)
    )
    people = "## participants/ann.yaml\nname: Ann\n## participants/bob.yaml\nname: Bob\n## talk/nodes.yaml\n"
    page = pages(people + nodes)["people/ann.html"]
    assert 'Granted, at least in part <span class="count">130</span>' in page
    assert "… 100 more" in page


LIST = """
## participants/ann.yaml
name: Ann
## participants/bob.yaml
name: Bob
## sources/talk.yaml
title: Talk
passages:
  - {id: c1.1, by: ann}
  - {id: c1.2, by: ann, items: 3}
  - {id: c2.1, by: bob, replies_to: c1}
  - {id: c3.1, by: ann, replies_to: c1.2}
## terms/word.yaml
term: word
senses: [{id: one, text: The one sense., by: ann, source: talk c1.2}]
## talk/nodes.yaml
id: a
kind: claim
text: Alpha.
source: talk c1.2.1
"""


def test_a_list_of_a_source_can_be_linked_to_as_a_whole() -> None:
    found = pages(LIST)
    assert "sources/talk.html#p-c1.2" in found["terms/word.html"]
    page = found["sources/talk.html"]
    assert page.index('id="p-c1.2"') < page.index(">Alpha.<") < page.index('id="p-c1.2.2"')
    assert "#p-c1.1" in page.partition('id="p-c2.1"')[0].rpartition("in answer to")[2]
    assert "#p-c1.2" in page.partition('id="p-c3.1"')[0].rpartition("in answer to")[2]


def test_a_comment_says_whom_it_answers_and_who_answered_it() -> None:
    page = pages(LIST)["sources/talk.html"]
    turns = page.split('<section class="turn')[1:]
    assert 'answered by <a href="../sources/talk.html#p-c2.1">Bob, c2.1</a>' in turns[0]
    assert 'in answer to <a href="../sources/talk.html#p-c1.1">Ann, c1</a>' in turns[1]


READ = """
## participants/ann.yaml
name: Ann
## participants/bob.yaml
name: Bob
## sources/talk.yaml
title: Talk
passages: [{id: c1, by: ann}, {id: c2, by: bob, replies_to: c1}]
## talk/nodes.yaml
id: rain
kind: claim
title: Rain is coming
text: It *will* rain, <b>soon</b>.
source: [talk c1, talk c2]
---
id: clouds
kind: claim
text: There are clouds.
source: talk c1
certainty: tentative
supports: rain
---
id: thin
kind: objection
title: They are thin
text: Such clouds bring no rain.
source: talk c2
undercuts: clouds -> rain
---
id: when
kind: question
text: When?
source: talk c2
"""


def noted(page: str, anchor: str) -> list[str]:
    """The points of a passage on the page of its source, in plain text: the words of each, and what stands beside it."""
    passage = page.partition(f'id="{anchor}"')[2].partition("</div>")[0]
    points = [point.replace("</p>", " | ").replace("<br>", " | ") for point in passage.split("<li>")[1:]]
    return [" ".join(re.sub("<[^>]*>", " ", point).split()).removesuffix(" |") for point in points]


def test_a_source_is_read_in_order_with_its_points_beside_it() -> None:
    page = pages(READ)["sources/talk.html"]
    assert noted(page, "p-c1") == [
        "It will rain, &lt;b&gt;soon&lt;/b&gt;. | Rain is coming objection unanswered",
        "There are clouds. | tentative unchallenged | supports Rain is coming",
    ]
    assert '<p dir="auto"><a href="../nodes/clouds.html">There are clouds.</a></p>' in page, (
        "without a title it is its own"
    )


def test_a_point_that_is_said_again_in_a_source_stands_there_once() -> None:
    page = pages(READ)["sources/talk.html"]
    assert noted(page, "p-c2") == [
        "Rain is coming elsewhere on this page",
        "When? | question",
        "Such clouds bring no rain. | They are thin unchallenged | undercuts the step from There are clouds. to Rain is coming",
    ]
    assert page.count("It <em>will</em> rain") == 1


def test_a_point_in_a_source_says_with_which_others_it_is_a_reason_and_whose_view_it_is() -> None:
    linked = READ.replace("supports: rain\n", "supports: {to: rain, with: thin}\nattributed_to: bob\n")
    linked = linked.replace("undercuts: clouds -> rain", "qualifies: when")
    page = pages(linked + "## participants/bob.yaml\nname: Bob\n")["sources/talk.html"]
    assert noted(page, "p-c1")[1] == (
        "There are clouds. | (as the view of Bob) tentative unheld | supports Rain is coming , together with They are thin"
    )
    assert noted(page, "p-c2")[2] == (
        "Such clouds bring no rain. | They are thin unchallenged"
        " | qualifies When? | supports Rain is coming , together with There are clouds."
    )


def test_the_words_of_a_passage_stand_beside_its_points_where_they_are_recorded() -> None:
    assert "<blockquote" not in pages(LIST)["sources/talk.html"]
    page = pages(LIST.replace("{id: c2.1, by: bob, ", "{id: c2.1, by: bob, text: <b>So</b> *said*., "))[
        "sources/talk.html"
    ]
    assert '<blockquote dir="auto">&lt;b&gt;So&lt;/b&gt; <em>said</em>.</blockquote>' in page
    assert page.count('<section class="turn quoted">') == 1


@pytest.mark.parametrize(
    ("cites", "counts"),
    [
        ("c1.2.1", "1 passage with points</span> <span>5 not yet mapped"),
        ("c1.2", "3 passages with points</span> <span>3 not"),
    ],
)
def test_passages_are_counted_as_coverage_counts_them(cites: str, counts: str) -> None:
    found = pages(LIST.replace("talk c1.2.1", f"talk {cites}"))
    assert counts in found["sources/talk.html"]
    assert found["sources/talk.html"].count("Mapped with c1.2 as a whole.") == (3 if cites == "c1.2" else 0)
    assert "6 passages" in found["sources.html"]


def test_the_page_of_a_rule_is_its_manual_page() -> None:
    page = pages(AGAIN)["rules/self-relation.html"]
    for paragraph in paragraphs(find_rule("self-relation").manual):
        text = paragraph.text.removesuffix(":") if paragraph.text in {"Bad:", "Good:"} else paragraph.text
        assert str(escape(text) if paragraph.code else inline(text)) in page
    assert "An error: a debate with it is not published." in page


DISPUTED = """
## participants/ann.yaml
name: Ann
## participants/bob.yaml
name: Bob
## talk/nodes.yaml
id: top
kind: claim
text: Top.
by: ann
---
id: why-top
kind: claim
text: For a reason.
by: ann
supports: top
---
id: no-top
kind: objection
text: Not so.
by: bob
attacks: top
"""


def test_a_side_of_what_is_in_dispute_says_what_would_settle_it() -> None:
    page = pages(DISPUTED)["nodes/top.html"]
    told = page.partition("What would settle it for all sides</summary>")[2].partition("</details>")[0]
    assert (
        '<p>Settle this one and this point stands:</p><ul><li><a href="../nodes/no-top.html"><q>Not so</q></a> does not'
        in told
    )
    assert (
        '<p>Settle this one and this point falls:</p><ul><li><a href="../nodes/no-top.html"><q>Not so</q></a> holds'
        in told
    )
    assert "alone makes a difference" not in told
    assert "What would settle it" not in pages(DISPUTED)["nodes/why-top.html"]


def test_every_state_that_is_shown_is_explained() -> None:
    apart = DISPUTED.partition("id: top")[0] + (
        "id: q\nkind: question\ntext: What?\nexclusive: true\n---\nid: one\nkind: claim\ntext: One.\nby: ann\nanswers: q\n"
        "---\nid: two\nkind: claim\ntext: Two.\nby: bob\nanswers: q\n"
    )
    assert "<dt>open, never joined</dt><dd>contested, and the sides" in pages(apart)["open.html"]
    assert "<dt>open, never joined</dt>" not in pages(DISPUTED)["open.html"]
    about = pages(DISPUTED)["about.html"]
    assert "Keys on a map: ← ↑ → ↓ from box to box" in about
    assert all(f">{word}</span></th>" in about for word in ("open, never joined", "no dispute"))


@pytest.mark.usefixtures("_without_solver")
def test_a_site_is_the_same_whether_or_not_a_solver_is_there() -> None:
    shipped = load(Path(__file__).parent.parent / "claims").debate
    without = [o for o in sites.gather(shipped) if o.path.startswith("nodes/")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(maxsat, "smallest_set", _never)
        assert [o for o in sites.gather(shipped) if o.path.startswith("nodes/")] == without


def _never(*_: object) -> None:
    pytest.fail("a page asked for a solver")


def test_the_account_of_a_verdict_is_told_to_its_end() -> None:
    deeper = "---\nid: no-no\nkind: objection\ntext: It is.\nby: ann\nattacks: no-top\n"
    deepest = "---\nid: no-no-no\nkind: objection\ntext: It is not.\nby: bob\nattacks: no-no\n"
    told = pages(DISPUTED + deeper + deepest)["nodes/top.html"].partition("What that rests on</summary>")[2]
    assert "<q>It is not.</q></a>: it is held by <bdi>Bob</bdi>" in told.partition("</details>")[0]


SHARED = """
## kb.yaml
title: T
main: [wet]
## participants/ann.yaml
name: Ann
## participants/bob.yaml
name: Bob
## talk/nodes.yaml
id: wet
kind: question
text: Will it be wet?
---
id: yes
kind: claim
text: It will.
by: ann
answers: wet
---
id: no
kind: claim
text: It will not.
by: bob
answers: wet
attacks: yes
---
id: cold
kind: question
text: Will it be cold?
---
id: clouds
kind: claim
text: There are clouds.
by: ann
answers: cold
supports: yes
---
id: alone
kind: question
text: Who knows?
by: ann
"""


def test_a_dispute_involves_as_many_points_wherever_it_is_met() -> None:
    made = pages(SHARED)
    for path in ("index.html", "open.html", "nodes/wet.html"):
        assert "involves 4 points" in made[path], path
        assert "4 points below" not in made[path], path
    assert "1 point below" in made["nodes/cold.html"], "nobody disagrees about it"


def test_a_question_that_waits_is_not_called_as_a_point_that_has_not_met_its_objection() -> None:
    made = pages(SHARED)
    assert '<span class="state open">no answer yet</span>' in made["nodes/alone.html"]
    assert '<span class="status out unanswered">objection unanswered</span>' in made["nodes/yes.html"]
    assert ">unanswered<" not in made["nodes/alone.html"]


def test_a_long_source_goes_over_several_pages_and_links_find_their_passages() -> None:
    passages = "".join(f"  - {{id: p{n}, by: {'ann' if n % 40 else 'bob'}}}\n" for n in range(100))
    nodes = "---\n".join(f"id: n{n}\nkind: claim\ntext: Point {n}.\nsource: talk p{n}\n" for n in range(100))
    made = pages(
        "## participants/ann.yaml\nname: Ann\n## participants/bob.yaml\nname: Bob\n"
        f"## sources/talk.yaml\ntitle: Talk\npassages:\n{passages}## talk/nodes.yaml\n{nodes}"
    )
    parts = [made[f"sources/talk{number}.html"] for number in ("", ".2", ".3")]
    assert [part.count('class="passage"') for part in parts] == [34, 33, 33]
    assert [part.count("Pages of this source") for part in parts] == [1, 1, 1]
    assert 'href="../sources/talk.html#p-p0"' in made["nodes/n0.html"]
    assert 'href="../sources/talk.2.html#p-p50"' in made["nodes/n50.html"]
    assert 'href="talk.json"' in parts[2]
    assert "sources/talk.4.html" not in made


def test_what_is_listed_by_name_stands_by_its_letters_whatever_their_accents() -> None:
    people = "".join(
        f"## participants/p{n}.yaml\nname: {name}\n" for n, name in enumerate(("Zoe", "Änne", "emil", "Ömer"))
    )
    terms = "".join(
        f"## terms/t{n}.yaml\nterm: {name}\n" for n, name in enumerate(("Zweck", "Überholen", "Äquivalenz", "umsicht"))
    )
    said = "---\n".join(f"id: n{n}\nkind: claim\ntext: N{n}.\nby: p{n}\n" for n in range(4))
    found = pages(f"{people}{terms}## talk/nodes.yaml\n{said}")
    assert re.findall(r'<option value="p\d">(.*?)<', found["map.html"]) == ["Änne", "emil", "Ömer", "Zoe"]
    assert re.findall(r'"terms/t\d.html"[^>]*>(?:<bdi>)?([^<]*)', found["terms.html"]) == [
        "Äquivalenz",
        "Überholen",
        "umsicht",
        "Zweck",
    ]


def test_what_a_point_of_a_source_does_reads_as_german() -> None:
    cast = "## kb.yaml\ntitle: Streit\nlanguage: de\n## participants/ann.yaml\nname: Ann\n## participants/bob.yaml\nname: Bob\n"
    source = "## sources/rede.yaml\ntitle: Rede\npassages: [{id: r1, by: ann}, {id: r2, by: bob}]\n## talk/nodes.yaml\n"
    said = "id: a\nkind: claim\ntext: A.\nsource: rede r1\n---\nid: b\nkind: reply\ntext: B.\nsource: rede r2\nconcedes: a\n"
    page = pages(cast + source + said)["sources/rede.html"]
    assert 'räumt ein</b>: <a href="../nodes/a.html">' in page
    english = pages(cast.replace("de", "en") + source + said)["sources/rede.html"]
    assert 'concedes</b> <a href="../nodes/a.html">' in english


ANONYMOUS = """
## kb.yaml
title: A map that somebody drew
main: [yes]
## talk/nodes.yaml
id: yes
kind: claim
text: It rises.
---
id: no
kind: objection
text: It sinks.
attacks: yes
"""


def test_where_nobody_is_named_nobody_is_said_to_agree() -> None:
    found = pages(ANONYMOUS)
    for path in ("index.html", "open.html"):
        assert "Nobody is named here who takes part" in found[path], path
        for said in ("Nobody disagrees", "Nothing is in dispute", "no dispute", "0 disputes"):
            assert said not in found[path], (path, said)
    assert "Nobody is named who holds it, or disagrees." in found["index.html"]
    signed = pages(
        ANONYMOUS.replace("text: It rises.", "text: It rises.\nby: ann") + "## participants/ann.yaml\nname: Ann\n"
    )
    assert "Nobody disagrees about it." in signed["index.html"]
    assert "Nothing is in dispute" in signed["open.html"]
