"""The files for machines beside the pages: complete, the same rows as at the terminal, and well-formed whatever a debate says."""

from __future__ import annotations

import html
import json
import posixpath
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from kb.cli import main
from kb.load import load_texts
from kb.publishing import addresses
from kb.publishing.theme import Theme
from tests import hostile, sites
from tests.conftest import read
from tests.machines import PUBLISHED, SKY, STARTER, built

MANUAL = Path(__file__).parent.parent.parent / "docs/machines.md"


def printed(*arguments: str) -> object:
    """The JSON that a command prints."""
    run = CliRunner().invoke(main, ["-C", str(STARTER), *arguments, "--format", "json"], catch_exceptions=False)
    return json.loads(run.output)


# -- JSON ---------------------------------------------------------------------------------------------------------------


def test_every_page_links_to_the_json_beside_it(starter: dict[str, str]) -> None:
    for path, page in starter.items():
        if path.endswith(".html") and path != addresses.LOST:
            (beside,) = re.findall(r'<a href="([^"]*)" rel="alternate" type="application/json">', page)
            assert posixpath.normpath(posixpath.join(posixpath.dirname(path), beside)) == addresses.json_beside(path)
            assert json.loads(starter[addresses.json_beside(path)]), path


def test_a_page_in_the_editors_own_words_is_told_with_its_text() -> None:
    text = "# How we work\n\nWe read **every** [[point]].\n"
    debate, theme = (
        read("id: point\nkind: claim\ntext: It turns.\n").debate,
        Theme({"pages/1-method.md": text.encode()}),
    )
    found = {file.path: file.raw for file in sites.gather(debate, theme)}
    assert json.loads(found["pages/method.json"]) == {
        "title": "How we work",
        "file": "site/pages/1-method.md",
        "text": text,
    }


def test_pages_about_the_tool_are_told_by_what_they_say(starter: dict[str, str]) -> None:
    told = json.loads(starter["limits.json"])
    assert told["judged"] == sum(row["verdict"] is not None for row in json.loads(starter["debate.json"])["nodes"])
    assert json.loads(starter["rules/unknown-target.json"]) in json.loads(starter["rules.json"])
    assert {row["name"] for row in json.loads(starter["theming.json"])["colours"]} > {"paper", "ink"}


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("nodes/x.html", "nodes/x.json"),
        ("open.2.html", "open.json"),
        ("topics/t.3.html", "topics/t.json"),
        ("index.html", "debate.json"),
        ("nodes.7.html", "debate.json"),
        ("limits.html", "limits.json"),
        ("rules/x.html", "rules/x.json"),
        ("maps/t.2.html", "topics/t.json"),
        ("404.html", ""),
        ("rules.html", "rules.json"),
    ],
)
def test_all_parts_of_a_page_have_the_same_json(page: str, found: str) -> None:
    assert addresses.json_beside(page) == found


def test_a_point_is_told_as_the_terminal_tells_it(starter: dict[str, str]) -> None:
    shown = printed("show", "fees-bring-books-back")
    assert isinstance(shown, dict)
    told = json.loads(starter["nodes/fees-bring-books-back.json"])
    assert told == {**{k: v for k, v in shown.items() if k not in {"line", "thread"}}, "disagreement": None}


SAID_MORE = (
    SKY
    + """exclusive: true
---
id: blue
kind: claim
text: It is blue.
source: letter p1
answers: asked
stands_alone: true
---
id: air
kind: claim
text: Air scatters.
source: letter p1
supports: {to: blue, source: letter p2, scheme: cause, strict: true, weight: 0.5, note: Bob links them.}
---
id: seen
kind: argument
scheme: witness
premises: [air]
attacks: {to: blue, by: bob}
---
id: granted
kind: reply
text: Granted, by day.
source: letter p2
concedes: {to: blue, part: true}
"""
)


def test_json_says_all_that_a_verdict_rests_on() -> None:
    found = built(sites.gather(read(SAID_MORE).debate))
    nodes = {row["id"]: row for row in json.loads(found["debate.json"])["nodes"]}
    (reason,), (against,), (grants,) = (nodes[name]["relations"] for name in ("air", "seen", "granted"))
    assert reason == {
        "kind": "supports",
        "to": "blue",
        "with": [],
        "id": None,
        "by": ["bob"],
        "source": [{"source": "letter", "passage": "p2"}],
        "scheme": "cause",
        "strict": True,
        "part": False,
        "weight": 0.5,
        "note": "Bob links them.",
    }
    assert (against["by"], against["source"], nodes["seen"]["scheme"]) == (["bob"], [], "witness")
    assert (grants["part"], grants["by"]) == (True, []), "made by whoever says it, and where"
    told = {made["from"]: made["part"] for made in json.loads(found["nodes/blue.json"])["incoming"]}
    assert told == {"air": False, "seen": False, "granted": True}
    assert [name for name in nodes if nodes[name]["exclusive"]] == ["asked"]
    assert [name for name in nodes if nodes[name]["stands_alone"]] == ["blue"]


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
    found = built(sites.gather(load_texts({}).debate))
    assert json.loads(found["open.json"]) == []
    assert json.loads(found["debate.json"])["nodes"] == []


# -- search engines, and what shows a page by its address -----------------------------------------------------------------


def test_the_sitemap_lists_what_is_there(published: dict[str, str]) -> None:
    found = ET.fromstring(published["sitemap.xml"])
    listed = [loc.text or "" for loc in found.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    paths = {address.removeprefix("https://debates.example/fees/") for address in listed}
    pages = {path for path in published if path.endswith(".html") and not path.startswith("rules")}
    assert paths == pages - {"index.html", "404.html", "theming.html"} | {""}
    assert len(listed) == len(paths)


def test_a_large_sitemap_is_an_index_of_several(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.companions.sitemap._MOST", 4)
    found = built(sites.gather(read(PUBLISHED).debate))
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
        ("https://bücher.example:8080/x/", "https://xn--bcher-kva.example:8080/x/"),
        ('https://"<b>ä..x/', "https://%22%3Cb%3E%C3%A4..x/"),
        ('https://"<b>', "https://%22%3Cb%3E/"),
    ],
)
def test_where_a_site_is_published(written: str | None, found: str) -> None:
    assert addresses.site_url(written) == found


def meta(page: str) -> dict[str, str]:
    """By name what the head of a page says to search engines and to those who show links."""
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
    assert meta(published["nodes/first.html"])["description"] == "claim · Ada <Lovelace>", "its title says the rest"
    leads = {path: re.search(r'<p class="lead"[^>]*>(.*?)</p>', page) for path, page in starter.items()}
    lists = [path for path, lead in leads.items() if lead is not None and "/" not in path and path != "404.html"]
    assert {"open.html", "about.html", "story.html", "theming.html"} <= {*lists}
    assert [path for path in lists if "description" not in meta(starter[path])] == []
    assert 'rel="canonical"' not in "".join(starter.values())
    assert '<link rel="canonical" href="https://debates.example/fees/">' in published["index.html"]
    assert (
        '<link rel="canonical" href="https://debates.example/fees/nodes/first.html">' in published["nodes/first.html"]
    )
    assert meta(published["nodes/fees.html"])["og:url"] == "https://debates.example/fees/nodes/fees.html"


def test_a_lost_reader_is_led_back_from_whatever_folder(published: dict[str, str], starter: dict[str, str]) -> None:
    page = published["404.html"]
    links = re.findall(r' (?:href|src)="([^"]*)"', page)
    assert "https://debates.example/fees/nodes.html" in links
    for link in links:
        if not link.startswith("#"):
            path = link.removeprefix("https://debates.example/fees/")
            assert path != link, link
            assert path in published or path.startswith("assets/"), link
    assert 'rel="canonical"' not in page
    assert '<meta name="robots" content="noindex">' in page
    assert "404.html" not in starter


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
