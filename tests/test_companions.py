"""What stands beside the pages for machines: the same rows as the terminal prints, whole, and well-formed whatever a debate says."""

from __future__ import annotations

import html
import json
import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import html5lib
import pytest
from click.testing import CliRunner

import kb
from kb import site
from kb.cli import main
from kb.editing import meanings, renaming
from kb.editing.names import Name
from kb.finding import KbError
from kb.lint import lint
from kb.load import load, load_texts
from kb.publishing import addresses
from kb.queries import lookup
from kb.reading.text import Text
from tests import hostile
from tests.conftest import read

if TYPE_CHECKING:
    from kb.publishing.links import Output

STARTER = Path(kb.__file__).parent / "starter"
MANUAL = Path(__file__).parent.parent / "docs/machines.md"


def built(outputs: list[Output]) -> dict[str, str]:
    return {o.path: o.content if isinstance(o.content, str) else o.content.decode() for o in outputs if is_text(o.path)}


def is_text(path: str) -> bool:
    return path.endswith((".html", ".json", ".jsonld", ".xml", ".txt"))


@pytest.fixture(scope="module")
def starter() -> dict[str, str]:
    return built(site.gather(load(STARTER / "claims").debate))


@pytest.fixture(scope="module")
def attacked() -> dict[str, str]:
    return built(site.gather(read(hostile.DEBATE).debate))


def printed(*arguments: str) -> object:
    """The JSON that a command prints."""
    run = CliRunner().invoke(main, ["-C", str(STARTER), *arguments, "--format", "json"], catch_exceptions=False)
    return json.loads(run.output)


# -- JSON ---------------------------------------------------------------------------------------------------------------


def test_every_page_that_has_json_beside_it_links_to_it(starter: dict[str, str]) -> None:
    without = {path for path in starter if path.endswith(".html") and not addresses.beside(path)}
    assert {path.partition("/")[0] for path in without} == {"limits.html", "rules"}
    for path in set(starter) - without:
        if path.endswith(".html"):
            beside = addresses.beside(path)
            assert beside in starter, path
            name = beside.rpartition("/")[2]
            assert f'<a href="{name}" rel="alternate" type="application/json">' in starter[path]


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("nodes/x.html", "nodes/x.json"),
        ("open.2.html", "open.json"),
        ("topics/t.3.html", "topics/t.json"),
        ("index.html", "debate.json"),
        ("nodes.7.html", "debate.json"),
        ("limits.html", ""),
        ("rules/x.html", ""),
        ("rules.html", "rules.json"),
    ],
)
def test_all_parts_of_a_page_have_the_same_json(page: str, found: str) -> None:
    assert addresses.beside(page) == found


def test_a_point_is_told_as_the_terminal_tells_it(starter: dict[str, str]) -> None:
    shown = printed("show", "fees-bring-books-back")
    assert isinstance(shown, dict)
    told = json.loads(starter["nodes/fees-bring-books-back.json"])
    assert told == {**{k: v for k, v in shown.items() if k not in {"line", "thread"}}, "disagreement": None}


def test_what_is_in_dispute_says_so_with_its_row(starter: dict[str, str]) -> None:
    (row,) = json.loads(starter["open.json"])
    assert [row] == printed("open", "--all")
    assert json.loads(starter["nodes/should-late-fees-go.json"])["disagreement"] == row


def test_records_are_told_as_the_terminal_tells_them(starter: dict[str, str]) -> None:
    for command, folder in (("participants", "people"), ("terms", "terms")):
        rows = printed(command)
        assert isinstance(rows, list)
        for row in rows:
            told = json.loads(starter[f"{folder}/{row['id']}.json"])
            assert {**told, **row} == told, row["id"]
    passages = printed("coverage")
    told = json.loads(starter["sources/minutes.json"])["passages"]
    assert isinstance(passages, list)
    assert [{"source": "minutes", "passage": p["id"]} for p in told] == [
        {"source": p["source"], "passage": p["passage"]} for p in passages
    ]
    assert json.loads(starter["rules.json"]) == printed("rule")


def test_the_whole_debate_is_every_record_by_itself(starter: dict[str, str], attacked: dict[str, str]) -> None:
    for found in (starter, attacked):
        whole = json.loads(found["debate.json"])
        for key, folder in (("nodes", "nodes"), ("participants", "people"), ("sources", "sources"), ("terms", "terms")):
            alone = {path: json.loads(text) for path, text in found.items() if re.match(rf"{folder}/.*\.json", path)}
            if folder == "nodes":
                alone = {
                    path: {name: said for name, said in row.items() if name not in {"incoming", "disagreement"}}
                    for path, row in alone.items()
                }
            assert {f"{folder}/{row['id']}.json": row for row in whole[key]} == alone
            if folder != "nodes":
                assert json.loads(found[f"{folder}.json"]) == whole[key]
        assert json.loads(found["topics.json"]) == whole["topics"]
        assert whole["disagreements"] == [row["id"] for row in json.loads(found["open.json"])]


def test_a_list_has_a_record_in_a_line(starter: dict[str, str]) -> None:
    lines = starter["people.json"].splitlines()
    assert lines[0] == "["
    assert lines[-1] == "]"
    assert [json.loads(line.rstrip(","))["id"] for line in lines[1:-1]] == ["ada", "ben"]


def test_json_holds_every_text_as_it_was_written(attacked: dict[str, str]) -> None:
    assert json.loads(attacked["debate.json"])["title"] == f"Title {hostile.ALL}"


def test_an_empty_debate_has_empty_lists() -> None:
    found = built(site.gather(load_texts({}).debate))
    assert json.loads(found["open.json"]) == []
    assert json.loads(found["debate.json"])["nodes"] == []


# -- feeds --------------------------------------------------------------------------------------------------------------

ATOM = "{http://www.w3.org/2005/Atom}"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)\Z")
PUBLISHED = """
## kb.yaml
title: Fees & fines
url: https://debates.example/fees
main: [fees]
## participants/ada.yaml
name: Ada <Lovelace>
## sources/minutes.yaml
title: Minutes
date: 2025-03
passages:
- {id: m1, by: ada}
- {id: m2, by: ada, date: 2025-03-04}
- {id: m3, by: ada, date: "2025-03-04 18:30+02:00"}
- {id: m4, by: ada, date: 2025-02-30}
## talk/nodes.yaml
id: fees
kind: question
text: Should fees go?
---
id: first
kind: claim
text: They should.
source: minutes m1
answers: fees
---
id: second
kind: claim
text: They bring books back, says [a study](https://good.example/).
source: minutes m2
supports: first
---
id: third
kind: objection
text: That does not follow.
source: minutes m3
undercuts: second -> first
---
id: fourth
kind: claim
text: No such day.
source: minutes m4
---
id: remark
kind: claim
text: An editor's remark, on the second.
in_context_of: second
"""


@pytest.fixture(scope="module")
def published() -> dict[str, str]:
    return built(site.gather(read(PUBLISHED).debate))


def entries(text: str) -> dict[str, ET.Element]:
    """The entries of a feed by their titles, checked by the rules of RFC 4287 on what must be there once."""
    feed = ET.fromstring(text)
    assert feed.tag == f"{ATOM}feed"
    found = feed.findall(f"{ATOM}entry")
    for element in (feed, *found):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
        assert RFC_3339.match(element.findtext(f"{ATOM}updated") or "")
        assert re.match(
            r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", name_of(element)
        )
        assert len(element.findall(f"{ATOM}link[@rel='alternate']")) == 1
        assert all((author.findtext(f"{ATOM}name") or "").strip() for author in element.findall(f"{ATOM}author"))
    assert len(feed.findall(f"{ATOM}author")) == 1, "entries without a speaker have the author of the feed"
    names = [name_of(element) for element in (feed, *found)]
    assert len(set(names)) == len(names)
    times = [element.findtext(f"{ATOM}updated") or "" for element in found]
    assert times == sorted(times, reverse=True)
    return {element.findtext(f"{ATOM}title") or "": element for element in found}


def name_of(element: ET.Element) -> str:
    return element.findtext(f"{ATOM}id") or ""


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
                local = link.removeprefix("https://debates.example/fees/")
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


def test_the_feed_of_a_question_has_what_leads_to_it(published: dict[str, str]) -> None:
    assert set(entries(published["nodes/fees.xml"])) == {
        "That does not follow.",
        "An editor's remark, on the second.",
        "They bring books back, says a study.",
        "They should.",
    }


def test_a_feed_ends_with_the_latest_fifty() -> None:
    nodes = "---\n".join(f"id: n{n}\nkind: claim\ntext: Point {n}.\n" for n in range(60))
    assert len(entries(built(site.gather(read(nodes).debate))["feed.xml"])) == 50


def test_the_home_page_and_questions_name_their_feeds(starter: dict[str, str]) -> None:
    for path, feed in (("index.html", "feed.xml"), ("nodes/should-late-fees-go.html", "should-late-fees-go.xml")):
        assert f'<link rel="alternate" type="application/atom+xml" href="{feed}">' in starter[path]
    assert "atom+xml" not in starter["nodes/late-fees-should-go.html"]


# -- search engines, and what shows a page by its address -----------------------------------------------------------------


def test_the_sitemap_lists_what_is_there(published: dict[str, str]) -> None:
    found = ET.fromstring(published["sitemap.xml"])
    listed = [loc.text or "" for loc in found.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    paths = {address.removeprefix("https://debates.example/fees/") for address in listed}
    pages = {path for path in published if path.endswith(".html") and not path.startswith("rules")}
    assert paths == pages - {"index.html"} | {""}
    assert len(listed) == len(paths)


def test_a_large_sitemap_is_an_index_of_several(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.companions.sitemap._MOST", 4)
    found = built(site.gather(read(PUBLISHED).debate))
    names = re.findall("<loc>https://debates.example/fees/(.*?)</loc>", found["sitemap.xml"])
    assert names[0] == "sitemap.2.xml"
    assert {"sitemap.xml", *names} == {path for path in found if path.startswith("sitemap")}
    assert max(found[name].count("<loc>") for name in names) == 4


def test_robots_are_let_in_and_told_of_the_sitemap_where_its_address_is_known(
    starter: dict[str, str], published: dict[str, str]
) -> None:
    assert starter["robots.txt"] == "User-agent: *\nAllow: /\n"
    assert published["robots.txt"].endswith("\nSitemap: https://debates.example/fees/sitemap.xml\n")
    assert "sitemap.xml" not in starter


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (None, ""),
        ("mailto:ada@example.org", ""),
        ("https://a.example", "https://a.example/"),
        ("https://a.example/x/index.html#top", "https://a.example/x/"),
        ("http://a.example/x?y", "http://a.example/x/"),
        ('https://a.example/"<b> ä', "https://a.example/%22%3Cb%3E%20%C3%A4/"),
    ],
)
def test_where_a_site_is_published(written: str | None, found: str) -> None:
    assert addresses.published(written) == found


def meta(page: str) -> dict[str, str]:
    """What the head of a page says to others, by its name."""
    return {
        name: html.unescape(said)
        for name, said in re.findall(r'<meta (?:name|property)="([^"]*)" content="([^"]*)">', page)
    }


def test_a_page_says_what_it_is_to_those_who_show_it_elsewhere(
    starter: dict[str, str], published: dict[str, str]
) -> None:
    home, question = meta(starter["index.html"]), meta(starter["nodes/should-late-fees-go.html"])
    assert home["og:title"] == "The library's late fees"
    assert home["og:description"] == home["description"]
    assert home["description"].startswith("Should the town library go on")
    assert question["description"] == (
        "Should the library stop charging for books that come back late? · Late fees should go · Late fees should stay"
    )
    assert meta(starter["nodes/late-fees-should-go.html"])["description"].startswith("The library should stop charging")
    assert "description" not in meta(published["nodes/first.html"]), "its title says it all"
    assert 'rel="canonical"' not in "".join(starter.values())
    assert '<link rel="canonical" href="https://debates.example/fees/">' in published["index.html"]
    assert (
        '<link rel="canonical" href="https://debates.example/fees/nodes/first.html">' in published["nodes/first.html"]
    )
    assert meta(published["nodes/fees.html"])["og:url"] == "https://debates.example/fees/nodes/fees.html"


# -- old addresses --------------------------------------------------------------------------------------------------------

RENAMED = {
    "claims/kb.yaml": "title: Sky\nurl: https://sky.example/\nmain: [blue]\n",
    "claims/participants/ann.yaml": "name: Ann\nformerly: anne\n",
    "claims/sources/letter.yaml": "title: A letter\nformerly: [note, mail]\npassages:\n- {id: p1, by: ann}\n",
    "claims/terms/hue.yaml": "term: hue\nformerly: colour\n",
    "claims/talk/blue.yaml": "kind: claim\ntext: It is blue.\nsource: letter p1\nformerly: azure\n",
    "claims/talk/why.yaml": "kind: claim\ntext: Air scatters.\nsupports: blue\nby: ann\nterms: hue\n",
    "claims/talk/no.yaml": "kind: objection\ntext: Not so.\nundercuts: why -> blue\n",
}


def test_an_old_address_leads_to_the_new_one() -> None:
    found = built(site.gather(load_texts(RENAMED).debate))
    moved = {
        "nodes/azure": "blue",
        "sources/note": "letter",
        "sources/mail": "letter",
        "people/anne": "ann",
        "terms/colour": "hue",
    }
    for old, new in moved.items():
        page, folder = found[f"{old}.html"], old.partition("/")[0]
        assert f'<noscript><meta http-equiv="refresh" content="0; url={new}.html"></noscript>' in page
        assert f'<script src="../assets/moved.js" data-to="{new}.html"></script>' in page
        assert f'<link rel="canonical" href="https://sky.example/{folder}/{new}.html">' in page
        assert f'<p><a href="{new}.html" dir="auto">' in page
        assert f"{old}.html" not in found["sitemap.xml"]
        html5lib.HTMLParser(strict=True).parse(page)
    assert json.loads(found["nodes/blue.json"])["formerly"] == ["azure"]


def test_a_point_with_another_id_is_no_news() -> None:
    before = {**RENAMED, "claims/talk/azure.yaml": "kind: claim\ntext: It is blue.\nsource: letter p1\n"}
    del before["claims/talk/blue.yaml"]
    old, new = (entries(built(site.gather(load_texts(texts).debate))["feed.xml"]) for texts in (before, RENAMED))
    assert name_of(old["It is blue."]) == name_of(new["It is blue."])


def test_an_old_address_that_is_in_use_stays_what_it_is() -> None:
    texts = {**RENAMED, "claims/talk/azure.yaml": "kind: claim\ntext: It is azure.\nformerly: azure\n"}
    loaded = load_texts(texts)
    assert [f.rule for f in lint(loaded) if f.severity == "error"] == ["former-id-in-use", "former-id-in-use"]
    assert "moved.js" not in built(site.gather(loaded.debate))["nodes/azure.html"]


@pytest.mark.parametrize(
    ("file", "new", "old", "rule"),
    [
        ("claims/kb.yaml", "[blue]", "[azure]", "unknown-target"),
        ("claims/talk/why.yaml", "supports: blue", "supports: azure", "unknown-target"),
        ("claims/talk/why.yaml", "by: ann", "by: anne", "unknown-participant"),
        ("claims/talk/why.yaml", "terms: hue", "terms: colour", "unknown-term"),
        ("claims/talk/blue.yaml", "letter p1", "note p1", "unknown-source"),
        ("claims/talk/no.yaml", "why -> blue", "why -> azure", "unmatched-undercut"),
    ],
)
def test_an_old_name_is_known_and_mended(file: str, new: str, old: str, rule: str) -> None:
    texts = {**RENAMED, file: RENAMED[file].replace(new, old)}
    found = [f for f in lint(load_texts(texts)) if f.rule == rule]
    assert len(found) == 1
    assert " now" in (found[0].help or "")
    assert found[0].fix is not None
    assert found[0].fix.safe
    (edit,) = found[0].fix.edits
    written = Text(texts[file])
    start, end = written.range(edit.place.span)
    assert texts[file][:start] + edit.text + texts[file][end:] == RENAMED[file]


def test_who_asks_for_an_old_id_is_told_the_new_one() -> None:
    with pytest.raises(KbError, match="no node is called `azure` any more; it is called `blue` now"):
        lookup.node(load_texts(RENAMED).debate, "azure")


@pytest.mark.parametrize(
    ("written", "after"),
    [
        ("kind: claim\ntext: It is blue.\n", "kind: claim\ntext: It is blue.\nformerly: blue\n"),
        ("kind: claim\ntext: B.\nformerly: azure\n", "kind: claim\ntext: B.\nformerly: [azure, blue]\n"),
        (
            "kind: claim\ntext: B.\nformerly:\n- azure\n- b\ntags: x\n",
            "kind: claim\ntext: B.\nformerly: [azure, b, blue]\ntags: x\n",
        ),
        ("kind: claim\ntext: B.\nformerly: [x, sky]\n", "kind: claim\ntext: B.\nformerly: [x, blue]\n"),
        ("id: blue\nkind: claim\ntext: B.\n", "id: sky\nkind: claim\ntext: B.\nformerly: blue\n"),
        ("{kind: claim, text: B.}\n", "{kind: claim, text: B.}\n"),
    ],
)
def test_renaming_in_an_editor_keeps_the_old_id_of_what_is_published(written: str, after: str) -> None:
    texts = {"claims/kb.yaml": "title: Sky\nurl: https://sky.example/\n", "claims/talk/blue.yaml": written}
    name = Name(meanings.NODE, "blue")

    def renamed(texts: dict[str, str]) -> str:
        made = renaming.rename(load_texts(texts).debate, lambda file: Text(texts[file]), name, "sky")
        text = texts["claims/talk/blue.yaml"]
        for edit in sorted(made.edits, reverse=True):
            start, end = Text(texts["claims/talk/blue.yaml"]).range(edit.place.span)
            text = text[:start] + edit.text + text[end:]
        return text

    assert renamed(texts) == after
    unpublished = renamed({**texts, "claims/kb.yaml": "title: Sky\n"})
    assert unpublished == written.replace("id: blue", "id: sky")


# -- linked data --------------------------------------------------------------------------------------------------------

ARGUED = """
## kb.yaml
title: Sky
## participants/ann.yaml
name: Ann
## participants/bob.yaml
name: Bob
## sources/letter.yaml
title: A letter
passages:
- {id: p1, by: ann}
- {id: p2, by: bob}
## talk/nodes.yaml
id: asked
kind: question
text: What colour is it?
---
id: blue
kind: claim
text: It is blue.
source: letter p1
answers: asked
---
id: linked
kind: claim
text: Air scatters.
by: ann
supports: {to: blue, with: [also], id: scattering}
---
id: also
kind: claim
text: Blue most.
---
id: no-step
kind: objection
text: It does not follow.
source: letter p2
undercuts: scattering
---
id: not-so
kind: objection
text: It follows.
by: ann
undercuts: no-step -> scattering
---
id: argued
kind: argument
scheme: expert-opinion
premises: [also]
supports: blue
---
id: at-argument
kind: objection
text: No expert.
attacks: argued
---
id: grey
kind: claim
text: It is grey.
contradicts: blue
---
id: again
kind: claim
text: Blue it is.
restates: blue
---
id: granted
kind: reply
text: Granted.
by: bob
certainty: tentative
concedes: blue
---
id: supposed
kind: claim
text: Suppose it is not.
by: bob
certainty: arguendo
supports: grey
"""


def page_of(node_id: str) -> str:
    return f"nodes/{node_id}.html"


@pytest.fixture(scope="module")
def graph() -> dict[str, dict[str, object]]:
    """The linked data of a debate by id, what stands inside others too."""
    found = json.loads(built(site.gather(read(ARGUED).debate))["debate.jsonld"])["@graph"]
    return {row["id"]: row for row in [*found, *(row["Locution"] for row in found if "Locution" in row)]}


@pytest.mark.parametrize(
    ("name", "sort", "premises", "conclusion"),
    [
        ("nodes/linked.html#step-named-scattering", "RA", ["linked", "also"], page_of("blue")),
        ("nodes/no-step.html#step-1", "CA", ["no-step"], "nodes/linked.html#step-named-scattering"),
        ("nodes/not-so.html#step-1", "CA", ["not-so"], "nodes/no-step.html#step-1"),
        ("nodes/argued.html", "RA", ["also"], page_of("blue")),
        ("nodes/at-argument.html#step-1", "CA", ["at-argument"], page_of("argued")),
        ("nodes/grey.html#step-1", "CA", ["grey"], page_of("blue")),
        ("nodes/grey.html#step-1-back", "CA", ["blue"], page_of("grey")),
        ("nodes/again.html#again-1", "MA", ["again"], page_of("blue")),
    ],
)
def test_a_step_is_a_node_between_points(
    graph: dict[str, dict[str, object]], name: str, sort: str, premises: list[str], conclusion: str
) -> None:
    found = graph[name]
    assert found["type"] == f"aif:{sort}-node"
    assert found["Premise"] == [page_of(premise) for premise in premises]
    assert found["Conclusion"] == conclusion


def test_linked_data_say_who_said_what_in_answer_to_what(graph: dict[str, dict[str, object]]) -> None:
    assert graph["nodes/argued.html"]["label"] == "expert-opinion"
    assert graph["nodes/asked.html"]["suggestedAnswer"] == [page_of("blue")]
    assert graph["nodes/blue.html#said"] == {
        "id": "nodes/blue.html#said",
        "type": "aif:L-node",
        "claimText": "Ann : It is blue.",
        "author": ["people/ann.html"],
        "isPartOf": ["sources/letter.html#p-p1"],
    }
    assert [graph[f"nodes/{n}.html#act"]["label"] for n in ("blue", "supposed")] == ["Asserting", "Default Illocuting"]
    assert graph["nodes/granted.html#turn-1"]["StartLocution"] == "nodes/blue.html#said"
    assert "nodes/also.html#said" not in graph, "held by the record, said by nobody"


def test_linked_data_lead_to_what_is_there(
    graph: dict[str, dict[str, object]], starter: dict[str, str], attacked: dict[str, str]
) -> None:
    others = [json.loads(found["debate.jsonld"])["@graph"] for found in (starter, attacked)]
    for rows in (list(graph.values()), *others):
        there = {row["id"] for row in rows} | {row["Locution"]["id"] for row in rows if "Locution" in row}
        steps = [
            row for row in rows if str(row["type"]) in {"aif:RA-node", "aif:CA-node", "aif:MA-node", "aif:TA-node"}
        ]
        leads = [row[key] for row in steps for key in ("Conclusion", "StartLocution", "EndLocution") if key in row]
        leads += [premise for row in steps for premise in row.get("Premise", [])]
        assert set(leads) <= there


def test_addresses_of_linked_data_begin_where_the_site_is(published: dict[str, str], starter: dict[str, str]) -> None:
    assert json.loads(published["debate.jsonld"])["@context"]["@base"] == "https://debates.example/fees/"
    assert "@base" not in json.loads(starter["debate.jsonld"])["@context"]


def structured(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/ld\+json">([^<>&]*)</script>', page)
    assert found is not None
    told = json.loads(found[1])
    assert isinstance(told, dict)
    return told


def test_search_engines_are_told_what_a_page_is(starter: dict[str, str], attacked: dict[str, str]) -> None:
    home, question = structured(starter["index.html"]), structured(starter["nodes/should-late-fees-go.html"])
    assert (home["@type"], home["name"]) == ("Dataset", "The library's late fees")
    assert home["distribution"] == [
        {"@type": "DataDownload", "encodingFormat": "application/json", "contentUrl": "debate.json"},
        {"@type": "DataDownload", "encodingFormat": "application/ld+json", "contentUrl": "debate.jsonld"},
    ]
    assert (question["@type"], question["answerCount"]) == ("Question", 2)
    assert question["suggestedAnswer"] == [
        {
            "@type": "Answer",
            "text": "The library should stop charging for books that come back late.",
            "url": "late-fees-should-go.html",
            "author": [{"@type": "Person", "name": "Ada"}],
        },
        {
            "@type": "Answer",
            "text": "The library should go on charging for books that come back late.",
            "url": "late-fees-should-stay.html",
            "author": [{"@type": "Person", "name": "Ben"}],
        },
    ]
    assert "<script>alert(1)</script>" in str(structured(attacked["index.html"])["description"])
    assert "ld+json" not in starter["nodes/late-fees-should-go.html"]


# -- the manual ---------------------------------------------------------------------------------------------------------


def told_keys(heading: str) -> list[str]:
    """The keys that the manual lists for a file, in its order."""
    section = MANUAL.read_text("utf-8").partition(f"### `{heading}`\n")[2].partition("\n#")[0]
    return [
        key for line in re.findall(r"^\| (`.*?`) \|", section, re.MULTILINE) for key in re.findall(r"`(\w+)`", line)
    ]


@pytest.mark.parametrize(
    ("heading", "path"),
    [
        ("nodes/ID.json", "nodes/should-late-fees-go.json"),
        ("people/ID.json", "people/ada.json"),
        ("sources/ID.json", "sources/minutes.json"),
        ("terms/ID.json", "terms/on-time.json"),
        ("topics/ID.json", "topics/late-fees.json"),
        ("debate.json", "debate.json"),
        ("about.json", "about.json"),
    ],
)
def test_the_manual_lists_every_key(starter: dict[str, str], heading: str, path: str) -> None:
    assert told_keys(heading) == list(json.loads(starter[path]))


def test_the_manual_lists_the_keys_of_a_disagreement_a_passage_and_a_relation(starter: dict[str, str]) -> None:
    assert told_keys("open.json") == list(json.loads(starter["open.json"])[0])
    text = MANUAL.read_text("utf-8")
    node = json.loads(starter["nodes/fees-bring-books-back.json"])
    passage = json.loads(starter["sources/minutes.json"])["passages"][0]
    for found in (node["relations"][0], node["incoming"][0], node["source"][0], passage):
        assert f"`{{{', '.join(found)}}}`" in text, found
