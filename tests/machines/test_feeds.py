"""Feeds: valid by the rules of Atom whatever a debate says, with the points last said, and what is said of each."""

from __future__ import annotations

import json
import posixpath
import re
from xml.etree import ElementTree as ET

from tests import sites
from tests.conftest import read
from tests.machines import ATOM, built, entries


def test_every_feed_is_valid_and_its_links_lead_somewhere(
    starter: dict[str, str], attacked: dict[str, str], published: dict[str, str]
) -> None:
    for found in (starter, attacked, published):
        feeds = {path for path in found if path.endswith(".xml") and not path.startswith("sitemap")}
        questions = {row["id"] for row in json.loads(found["debate.json"])["nodes"] if row["kind"] == "question"}
        assert feeds == {"feed.xml", *(f"nodes/{question}.xml" for question in questions)}
        for path in feeds:
            entries(found[path])
            content = "".join(element.text or "" for element in ET.fromstring(found[path]).iter(f"{ATOM}content"))
            links = re.findall(r'(?:href=")([^"]*)"', found[path] + content.replace("<", " <"))
            for link in links:
                local = link.removeprefix("https://debates.example/fees/") or "index.html"
                if not local.startswith("http"):
                    target = posixpath.normpath(posixpath.join("" if local != link else posixpath.dirname(path), local))
                    assert target.partition("#")[0] in found, (path, link)


def test_an_entry_says_who_what_and_where(published: dict[str, str]) -> None:
    found = entries(published["feed.xml"])["That does not follow."]
    assert [author.findtext(f"{ATOM}name") for author in found.findall(f"{ATOM}author")] == ["Ada <Lovelace>"]
    assert found.findtext(f"{ATOM}content") == (
        "<p>That does not follow.</p>"
        '<p>undercuts: <a href="https://debates.example/fees/nodes/second.html">They bring books back, says a study.</a>'
        ' → <a href="https://debates.example/fees/nodes/first.html">They should.</a></p>'
        '<p><a href="https://debates.example/fees/sources/minutes.html#p-m3">Minutes, m3</a></p>'
    )


def test_a_point_is_as_old_as_its_passage_else_as_what_it_responds_to(published: dict[str, str]) -> None:
    found = {title: entry.findtext(f"{ATOM}updated") for title, entry in entries(published["feed.xml"]).items()}
    assert found == {
        "That does not follow.": "2025-03-04T18:30:00+02:00",
        "An editor's remark, on the second.": "2025-03-04T00:00:00Z",
        "They bring books back, says a study.": "2025-03-04T00:00:00Z",
        "No such day.": "2025-03-01T00:00:00Z",
        "They should.": "2025-03-01T00:00:00Z",
        "Should fees go?": "2025-03-01T00:00:00Z",
    }


def test_moments_of_different_time_zones_are_in_order() -> None:
    said = {"east": "2026-01-02T01:00:00+09:00", "late": "2026-01-01T20:00:00Z", "west": "2026-01-01T10:00:00-05:30"}
    passages = "".join(f"  - {{id: {name}, date: '{date}'}}\n" for name, date in said.items())
    nodes = "---\n".join(f"id: {name}\nkind: claim\ntext: {name}\nsource: talk {name}\n" for name in said)
    text = f"## sources/talk.yaml\ntitle: Talk\npassages:\n{passages}## talk/nodes.yaml\n{nodes}"
    feed = built(sites.gather(read(text).debate))["feed.xml"]
    assert [*entries(feed)] == ["late", "east", "west"]
    assert feed.index(said["late"]) < feed.index("<entry>"), "the feed is as new as its newest point"


def test_a_feed_names_its_page_by_the_address_that_the_page_gives_itself(published: dict[str, str]) -> None:
    for page, path in (("index.html", "feed.xml"), ("nodes/fees.html", "nodes/fees.xml")):
        link = ET.fromstring(published[path]).find(f"{ATOM}link[@rel='alternate']")
        assert link is not None
        assert f'<link rel="canonical" href="{link.get("href")}">' in published[page]


def test_the_feed_of_a_question_has_what_leads_to_it(published: dict[str, str]) -> None:
    assert set(entries(published["nodes/fees.xml"])) == {
        "That does not follow.",
        "An editor's remark, on the second.",
        "They bring books back, says a study.",
        "They should.",
    }


def test_a_feed_ends_with_the_latest_fifty() -> None:
    nodes = "---\n".join(f"id: n{n}\nkind: claim\ntext: Point {n}.\n" for n in range(60))
    assert len(entries(built(sites.gather(read(nodes).debate))["feed.xml"])) == 50


def test_the_home_page_and_questions_name_their_feeds(starter: dict[str, str]) -> None:
    for path, feed in (("index.html", "feed.xml"), ("nodes/should-late-fees-go.html", "should-late-fees-go.xml")):
        assert f'<link rel="alternate" type="application/atom+xml" href="{feed}">' in starter[path]
    assert "atom+xml" not in starter["nodes/late-fees-should-go.html"]


def test_the_feed_of_a_question_goes_on_under_its_former_id() -> None:
    asked = "id: {}\nkind: question\ntext: What?\n{}---\nid: so\nkind: claim\ntext: So.\nanswers: {}\n"
    before = built(sites.gather(read(asked.format("what", "", "what")).debate))
    after = built(sites.gather(read(asked.format("what-now", "formerly: [what]\n", "what-now")).debate))
    assert after["nodes/what.xml"] == after["nodes/what-now.xml"]
    named, kept = (ET.fromstring(found["nodes/what.xml"]).findtext(f"{ATOM}id") for found in (before, after))
    assert named == kept
    assert [*entries(after["nodes/what.xml"])] == ["So."]


def test_no_two_entries_have_one_id_even_where_two_points_claim_a_former_one() -> None:
    claims = "".join(
        f"---\nid: {name}\nkind: claim\ntext: So {name}.\nanswers: what\nformerly: [{old}]\n" for name, old in CLAIMED
    )
    debate = read(f"id: what\nkind: question\ntext: What?\n{claims}").debate
    found = built(sites.gather(debate))
    for path in ("feed.xml", "nodes/what.xml"):
        assert {"So first.", "So second.", "So third."} <= set(entries(found[path]))


CLAIMED = (("first", "old"), ("second", "old"), ("third", "first"))
"""Points with former ids: two claim the same one, and one claims an id in use; editors may accept both findings."""


def test_a_feed_says_what_is_granted_only_in_part() -> None:
    text = "id: so\nkind: claim\ntext: So.\nby: ann\n---\nid: yes-but\nkind: reply\ntext: By day.\nby: bob\nconcedes: {to: so, part: true}\n"
    people = "## participants/ann.yaml\nname: Ann\n## participants/bob.yaml\nname: Bob\n"
    found = entries(built(sites.gather(read(f"{people}## talk/nodes.yaml\n{text}").debate))["feed.xml"])
    assert found["By day."].findtext(f"{ATOM}content") == (
        '<p>By day.</p><p>concedes in part: <a href="nodes/so.html">So.</a></p>'
    )


def test_a_feed_tells_whether_a_point_is_its_speakers_own() -> None:
    people = "## participants/ann.yaml\nname: Ann\n## participants/bob.yaml\nname: Bob & Co\n"
    nodes = "id: say\nkind: claim\ntext: Say so.\nby: ann\ncertainty: arguendo\nattributed_to: bob\n"
    content = entries(built(sites.gather(read(f"{people}## talk/say.yaml\n{nodes}").debate))["feed.xml"])["Say so."]
    assert content.findtext(f"{ATOM}content") == (
        '<p>Say so.</p><p>arguendo, taken to be held by <a href="people/bob.html">Bob &amp; Co</a></p>'
    )
