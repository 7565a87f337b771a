"""What stands beside the pages for machines: the same rows as the terminal prints, whole, and well-formed whatever a debate says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import kb
from kb import site
from kb.cli import main
from kb.load import load, load_texts
from kb.publishing import addresses
from tests import hostile
from tests.conftest import read

if TYPE_CHECKING:
    from kb.publishing.links import Output

STARTER = Path(kb.__file__).parent / "starter"
MANUAL = Path(__file__).parent.parent / "docs/machines.md"


def built(outputs: list[Output]) -> dict[str, str]:
    return {o.path: o.content if isinstance(o.content, str) else o.content.decode() for o in outputs if is_text(o.path)}


def is_text(path: str) -> bool:
    return path.endswith((".html", ".json"))


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
