"""The commands that ask: their JSON as documented, every format valid, helpful with what is not there, on any shape of debate."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb import discover
from kb.cli import COMMANDS, GROUPS, main
from kb.tables import Row, render
from tests.conftest import files_of
from tests.stories import CAST, PASSAGES

KEYS = {
    "list": {
        *("id", "kind", "title", "text", "by", "source", "certainty", "relations", "verdict", "status", "file", "line"),
    },
    "open": {
        *("id", "question", "state", "joined", "parts", "sides", "unanswered", "passed_over", "owed_by", "senses"),
        *("nodes", "bears_on"),
    },
    "coverage": {"source", "passage", "by", "state", "nodes", "skip"},
    "participants": {
        *("id", "name", "role", "attribution", "nodes", "accepts", "leans", "doubts", "denies", "owes"),
    },
    "terms": {"id", "term", "senses", "see_also", "nodes"},
    "stats": {"group", "what", "count"},
}
"""The fields of a row by command: scripts rely on them."""
SHOW = {
    *KEYS["list"],
    *(
        "attributed_to",
        "terms",
        "tags",
        "topic",
        "weight",
        "note",
        "formerly",
        "stances",
        "premises",
        "scheme",
        "stands_alone",
        "exclusive",
        "incoming",
        "thread",
    ),
}
PLAIN: Row = {"by": [], "source": [], "scheme": None, "strict": False, "part": False, "weight": None, "note": None}
"""The other fields of a relation of which editors wrote only the target."""
ROWS = ("list", "open", "coverage", "participants", "terms", "stats")
"""Commands that need no id."""
ONE = ("show", "why")
"""Commands about one node."""

DEBATE = f"""
{CAST}## sources/talk.yaml
title: A talk
passages:
{PASSAGES}## terms/rising.yaml
term: rising
senses:
  - {{id: level, text: Up.}}
  - {{id: speed, text: Faster., by: bob, source: talk bob-1}}
## talk/thread.yaml
id: q
kind: question
text: Will the river rise?
exclusive: true
---
id: rise
kind: claim
text: It will | rise, *surely* <script>alert(1)</script>.
source: talk ann-1
answers: q
terms: rising/level
tags: [high water, mill]
---
id: rain
kind: claim
text: It has rained for days.
source: talk ann-2
supports: {{to: rise, id: rained, with: soil}}
---
id: soil
kind: claim
title: Wet soil
text: The soil holds no more.
source: talk cleo-1
certainty: tentative
---
id: sink
kind: claim
text: It will sink.
source: talk bob-1
answers: q
---
id: drained
kind: objection
text: The soil was drained.
source: talk bob-2
undercuts: rained
"""


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with the debate above."""
    return write(tmp_path, DEBATE)


def write(folder: Path, text: str) -> Path:
    for name, content in files_of(text).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    return folder


def kb(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(folder), *arguments], catch_exceptions=False)


def answer(folder: Path, *arguments: str) -> list[dict[str, object]]:
    """The rows a command prints as JSON."""
    run = kb(folder, *arguments, "--format", "json")
    assert run.exit_code == 0, run.output
    found = json.loads(run.stdout)
    assert isinstance(found, list)
    return found


def ids(folder: Path, *arguments: str) -> list[object]:
    return [row["id"] for row in answer(folder, *arguments)]


# -- JSON as documented ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ROWS)
def test_every_row_has_the_documented_fields(here: Path, command: str) -> None:
    rows = answer(here, command)
    assert rows
    assert [set(row) for row in rows] == [KEYS[command]] * len(rows)


def test_list_tells_relations_and_places(here: Path) -> None:
    rain, drained = (next(r for r in answer(here, "list") if r["id"] == n) for n in ("rain", "drained"))
    assert rain["relations"] == [
        {"kind": "supports", "to": "rise", "with": ["soil"], "id": "rained", **PLAIN},
    ]
    assert rain["source"] == [{"source": "talk", "passage": "ann-2"}]
    assert (rain["by"], rain["file"], rain["line"]) == (["ann"], "claims/talk/thread.yaml", 14)
    assert drained["relations"] == [{"kind": "undercuts", "to": "rained", "with": [], "id": None, **PLAIN}]
    assert [r["id"] for r in answer(here, "list")] == ["drained", "q", "rain", "rise", "sink", "soil"]


def test_open_tells_sides_and_debts(here: Path) -> None:
    (row,) = answer(here, "open")
    assert row["question"] == "Will the river rise?"
    assert row["sides"] == [
        {"position": "rise", "participants": ["ann"], "former": [], "attributed": [], "nodes": ["rise", "rain"]},
        {"position": "sink", "participants": ["bob"], "former": [], "attributed": [], "nodes": ["sink", "drained"]},
    ]
    assert (row["unanswered"], row["passed_over"], row["owed_by"]) == (["drained"], [], ["ann"])
    assert row["parts"] == [{"id": "rise", "state": "open"}]
    assert set(row["nodes"]) == {"q", "rise", "rain", "soil", "sink", "drained"}  # type: ignore[call-overload]


def test_show_tells_both_directions_and_the_thread(here: Path) -> None:
    row = json.loads(kb(here, "show", "rise", "--format", "json").stdout)
    assert set(row) == SHOW
    assert row["stances"] == {"ann": "accepts", "bob": "doubts"}
    reason = {"kind": "supports", "from": "rain", "to": "rise", "with": ["soil"], "id": "rained"}
    assert row["incoming"] == [{**reason, "part": False, "objection": None}]
    assert [e["id"] for e in row["thread"]] == ["soil", "rain"]
    (cut,) = (e for e in row["thread"][1]["thread"] if e["relation"] == "undercuts")
    assert (cut["id"], cut["step"], cut["again"], cut["thread"]) == ("drained", "rained", False, [])
    rain = json.loads(kb(here, "show", "rain", "--format", "json").stdout)
    assert [(r["kind"], r["from"]) for r in rain["incoming"]] == [("undercuts", "drained")]
    soil = json.loads(kb(here, "show", "soil", "--format", "json").stdout)
    assert [(r["kind"], r["from"]) for r in soil["incoming"]] == [("with", "rain")]


def test_show_tells_each_relation_to_an_argument_once(tmp_path: Path) -> None:
    argued = "---\nid: so\nkind: argument\npremises: [soil]\nsupports: rise\n---\nid: no\nkind: objection\ntext: No.\n"
    here = write(tmp_path, DEBATE + argued + "attacks: so\n")
    row = json.loads(kb(here, "show", "so", "--format", "json").stdout)
    assert [(r["kind"], r["from"], r["to"]) for r in row["incoming"]] == [("attacks", "no", "so")]


def test_show_tells_that_a_point_was_granted_in_part_from_both_ends(tmp_path: Path) -> None:
    here = write(tmp_path, f"{DEBATE}---\nid: some\nkind: reply\ntext: Some.\nconcedes: {{to: rise, part: true}}\n")
    assert "-> grants rise in part" in kb(here, "show", "some").stdout
    assert "concedes in part <- some" in kb(here, "show", "rise").stdout


def test_why_nests_its_reasons(here: Path) -> None:
    row = json.loads(kb(here, "why", "rise", "--format", "json").stdout)
    assert set(row) == {"id", "verdict", "status", "why", "because", "supporting", "circle"}
    assert (row["verdict"], row["status"]) == ("out", "unanswered")
    assert [inner["id"] for inner in row["because"]] == ["drained"]


def test_json_is_the_same_every_time_and_never_mixed_with_words(here: Path) -> None:
    for command in ROWS:
        first, second = (kb(here, command, "--format", "json") for _ in range(2))
        assert first.stdout_bytes == second.stdout_bytes
        assert first.stderr == ""
        assert first.stdout == json.dumps(json.loads(first.stdout), ensure_ascii=False, indent=2) + "\n"


# -- every format ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [*ROWS, "why rise", "show rise"])
def test_csv_has_a_row_for_every_row(here: Path, command: str) -> None:
    rows = list(csv.DictReader(io.StringIO(kb(here, *command.split(), "--format", "csv").stdout)))
    assert rows
    assert all(None not in row and None not in row.values() for row in rows)
    if command in KEYS:
        assert len(rows) == len(answer(here, command))
        assert set(rows[0]) == KEYS[command]


def test_csv_keeps_lists_apart(here: Path) -> None:
    (row,) = csv.DictReader(io.StringIO(kb(here, "show", "rise", "--format", "csv").stdout))
    assert json.loads(row["tags"]) == ["high water", "mill"]
    assert row["terms"] == "rising/level"
    (dispute,) = csv.DictReader(io.StringIO(kb(here, "open", "--format", "csv").stdout))
    assert (dispute["owed_by"], dispute["joined"]) == ("ann", "true")


def test_an_id_that_is_too_long_for_its_column_is_broken_between_its_words() -> None:
    row: Row = {"id": "a", "why": "no `prediction-is-very-complicated` of a well-known, all-too-well-known kind"}
    assert render([row], ("id", "why"), "table", 30).splitlines()[1:] == [
        "a   no `prediction-is-very-",
        "    complicated` of a",
        "    well-known,",
        "    all-too-well-known kind",
    ]


@pytest.mark.parametrize("command", [*ROWS, "why rise", "show rise"])
def test_markdown_is_one_table(here: Path, command: str) -> None:
    lines = kb(here, *command.split(), "--format", "md").stdout.splitlines()
    widths = {len(re.findall(r"(?<!\\)\|", line)) for line in lines}
    assert len(lines) > 2
    assert len(widths) == 1
    assert set(lines[1]) == set("| -")


def test_a_shown_node_is_called_in_markdown_as_in_the_list(here: Path) -> None:
    listed = kb(here, "list", "--format", "md").stdout.splitlines()
    for node_id, called in (("soil", "Wet soil"), ("rain", "It has rained for days.")):
        assert kb(here, "show", node_id, "--format", "md").stdout.splitlines()[2] in listed
        assert f"| {called} |" in kb(here, "show", node_id, "--format", "md").stdout


def test_markdown_shows_markup_as_it_is(here: Path) -> None:
    assert r"It will \| rise, \*surely\* \<script\>alert(1)\</script\>." in kb(here, "list", "--format", "md").stdout


@pytest.mark.parametrize("command", [*ROWS, "why rise", "show rise", "open q", "show q", "why q"])
def test_the_table_for_people_fits_the_terminal(here: Path, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    run = kb(here, *command.split())
    assert run.exit_code == 0
    assert run.stdout.strip()
    assert max(map(len, run.stdout.splitlines())) <= 80


@pytest.mark.parametrize(
    "command",
    [
        *("open --all", "open q --why", "show rise", "why rise", "why rise --not", "cruxes q", "compare ann bob"),
        *("strength", "strength rise"),
    ],
)
def test_sentences_fit_a_narrow_terminal(here: Path, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    blocks = (block.splitlines() for block in kb(here, *command.split()).stdout.split("\n\n"))
    sentences = [line for block in blocks if not block[0].isupper() for line in block]
    assert sentences
    assert [line for line in sentences if len(line) > 40 and len(line.split()) > 1] == []


def test_what_has_no_verdict_is_told_so_where_one_is_asked_about(tmp_path: Path) -> None:
    here = write(
        tmp_path,
        f"""{CAST}## talk/all.yaml
id: q
kind: question
text: Will it rise?
---
id: dry
kind: claim
text: The soil is dry.
by: ann
certainty: arguendo
answers: q
""",
    )
    for command in ("cruxes", "robust"):
        assert kb(here, command, "dry").stdout == "`dry` has no verdict: it is put forward for argument's sake only.\n"
        assert kb(here, command, "q").stdout == "`q` has no verdict: it is a question, and no answer to it has one.\n"
        assert answer(here, command, "dry") == []
    assert kb(here, "robust").stdout == "No node has a verdict.\n"


def test_open_reads_as_a_report(here: Path) -> None:
    told = " ".join(kb(here, "open", "q").stdout.split())
    for words in (
        "q [open]",
        "Ann: It will | rise",
        "Bob: It will sink. (sink)",
        "last said and not answered: * The soil was drained. (drained; Bob, talk bob-2)",
        "owes the next word: Ann",
        "parts: - [open]",
    ):
        assert words in told


def test_why_reads_as_sentences(here: Path) -> None:
    told = " ".join(kb(here, "why", "rise").stdout.split())
    assert told.startswith("rise is unanswered: none of the reasons given for it carries: the reason `rain` fails: ")
    assert "drained is unchallenged: it is held by Bob" in told
    assert kb(here, "why", "q").stdout.startswith(
        "q has no verdict: a question has no verdict; its answers have: `rise` and `sink`."
    )


def test_what_stands_deep_in_an_outline_can_be_read_and_says_where_it_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    line = ["id: n0\nkind: claim\ntext: The first point.\nby: ann\n"]
    line += [f"id: n{k}\nkind: claim\ntext: Point {k}.\nby: ann\nsupports: n{k - 1}\n" for k in range(1, 40)]
    here = write(tmp_path, f"{CAST}## talk/all.yaml\n" + "---\n".join(line))
    why, show = (kb(here, command, "n0").stdout for command in ("why", "show"))
    assert max(map(len, (why + show).splitlines())) <= 60
    assert " ".join(why.split()).endswith("nothing on record speaks against it. (ask again from here)")
    assert show.endswith(f"\n{' ' * 26}and more: kb show n12\n")
    assert "more" not in kb(here, "show", "n30").stdout


def test_who_asks_is_named_with_where_if_it_is_known(tmp_path: Path) -> None:
    asked = f"{CAST}## talk/q.yaml\nkind: question\ntext: Why?\nby: ann\n"
    assert "  asked by Ann\n" in kb(write(tmp_path / "one", asked), "open").stdout
    talk = f"## sources/talk.yaml\ntitle: A talk\npassages:\n{PASSAGES}"
    cited = write(tmp_path / "two", talk + asked.replace("by: ann", "source: talk ann-1"))
    assert "  asked by Ann, talk ann-1\n" in kb(cited, "open").stdout


def test_show_tells_how_certain_a_speaker_is_of_a_point_but_not_of_a_question(here: Path) -> None:
    assert "  by:    Cleo, tentative\n" in kb(here, "show", "soil").stdout
    assert "  by:    the record\n" in kb(here, "show", "q").stdout


# -- choosing ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        ("--kind objection", ["drained"]),
        ("--by ann", ["rain", "rise"]),
        ("--source talk", ["drained", "rain", "rise", "sink", "soil"]),
        ("--source talk~bob-1", ["sink"]),
        ("--tag mill", ["rise"]),
        ("--topic talk --kind question", ["q"]),
        ("--verdict in", ["drained", "rain", "sink", "soil"]),
        ("--verdict none", ["q"]),
        ("--status unanswered", ["rise"]),
        ("--by cleo --kind question", []),
    ],
)
def test_list_by(here: Path, choice: str, found: list[str]) -> None:
    assert ids(here, "list", *(word.replace("~", " ") for word in choice.split())) == found


def test_open_tells_which_words_the_sides_use_differently(tmp_path: Path) -> None:
    speed = DEBATE.replace("text: It will sink.", "text: It will sink.\nterms: rising/the-speed").replace(
        "id: speed", "id: the-speed"
    )
    shown = kb(write(tmp_path, speed), "open", "q").stdout
    assert "    - rising\n      . Ann: Up. (rising/level)\n      . Bob: Faster. (rising/the-speed)\n" in shown
    assert "words the sides use" not in kb(write(tmp_path / "same", DEBATE), "open", "q").stdout
    unknown = speed.replace("## terms/rising.yaml\nterm: rising", "## terms/sinking.yaml\nterm: sinking")
    shown = kb(write(tmp_path / "unknown", unknown), "open", "q").stdout
    assert "    - rising\n      . Ann: (rising/level)\n      . Bob: (rising/the-speed)\n" in shown


def test_open_by_participant_state_and_node(here: Path) -> None:
    assert (
        ids(here, "open", "--by", "ann") == ids(here, "open", "--state", "open") == ids(here, "open", "rain") == ["q"]
    )
    assert ids(here, "open", "--state", "conceded") == []


def test_open_leaves_out_what_is_settled_unless_asked(tmp_path: Path) -> None:
    words = "---\nid: words\nkind: reply\ntext: We mean different things.\nsource: talk bob-3\ndissolves: q\n"
    here = write(tmp_path, DEBATE + words)
    assert ids(here, "open") == []
    assert (
        ids(here, "open", "--all") == ids(here, "open", "q") == ids(here, "open", "--state", "terminological") == ["q"]
    )
    assert kb(here, "open").stdout == "Nothing is in dispute here.\n"


# -- what is not there -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("show rian", "no node is called `rian`; did you mean `rain`?"),
        ("why drain", "no node is called `drain`; "),
        ("open nothing-like-it", "no node is called `nothing-like-it`"),
        ("show rise-and-fall-and-drained-or-so", "no node is called"),
        ("list --by anne", "no participant is called `anne`; did you mean `ann`?"),
        ("list --source tlak", "no source is called `tlak`; did you mean `talk`?"),
        ("list --tag mil", "no tag is called `mil`; did you mean `mill`?"),
        ("open --by bobb", "no participant is called `bobb`; did you mean `bob`?"),
        ("coverage --source tlak", "no source is called `tlak`; did you mean `talk`?"),
    ],
)
def test_what_is_not_there_is_one_line_and_exit_1(here: Path, command: str, message: str) -> None:
    run = kb(here, *command.split())
    assert (run.exit_code, run.stdout) == (1, "")
    assert message in run.stderr
    assert run.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "command",
    ["list --kind opinion", "list --verdict maybe", "open --state over", "list --format xml", "show", "why", "lst"],
)
def test_misuse_is_one_line_and_exit_2(here: Path, command: str) -> None:
    run = kb(here, *command.split())
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr.count("\n") == 1


def test_no_debate_is_misuse(tmp_path: Path) -> None:
    run = kb(tmp_path, "list")
    assert run.exit_code == 2
    assert "kb init" in run.stderr


# -- coverage ----------------------------------------------------------------------------------------------------------

COVERED = """
## participants/ann.yaml
name: Ann
## sources/essay.yaml
title: An essay
passages:
  - {{id: p1, by: ann, sha256: "{full}"}}
  - {{id: p2, by: ann, sha256: "{short}"}}
  - {{id: p3, by: ann, skip: a heading}}
  - {{id: p4, by: ann, items: 2}}
## talk/thread.yaml
id: a
kind: claim
text: One point.
source: essay p1
---
id: b
kind: claim
text: Another.
source: essay p4.2
"""


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_coverage_tells_what_is_cited_skipped_and_uncited(tmp_path: Path) -> None:
    here = write(tmp_path, COVERED.format(full=digest("One."), short=digest("Two.")[:16]))
    assert [(r["passage"], r["state"], r["nodes"]) for r in answer(here, "coverage")] == [
        ("p1", "cited", ["a"]),
        ("p2", "uncited", []),
        ("p3", "skipped", []),
        ("p4.1", "uncited", []),
        ("p4.2", "cited", ["b"]),
    ]
    assert [r["passage"] for r in answer(here, "coverage", "--uncited")] == ["p2", "p4.1"]
    assert kb(here, "coverage").stdout.endswith("5 passages: 2 cited, 1 skipped, 2 uncited.\n")


def test_citing_a_list_cites_its_items(tmp_path: Path) -> None:
    here = write(tmp_path, COVERED.format(full=digest("One."), short=digest("Two.")).replace("essay p4.2", "essay p4"))
    assert [r["nodes"] for r in answer(here, "coverage") if str(r["passage"]).startswith("p4")] == [["b"], ["b"]]


def test_coverage_checks_fingerprints_against_texts(tmp_path: Path) -> None:
    here = write(tmp_path, COVERED.format(full=digest("One."), short=digest("Two.")[:16]))
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "essay.txt").write_text("Title\n\n  One.  \nTwo.\n", "utf-8")
    rows = answer(here, "coverage", "--texts", str(texts))
    assert [r["text"] for r in rows] == ["essay.txt:3", "essay.txt:4", None, None, None]
    (texts / "essay.txt").write_bytes(b"\xef\xbb\xbfOne.\r\nTwo.\r\n")
    assert kb(here, "coverage", "--texts", str(texts)).exit_code == 0, "as some editors write it"
    (texts / "essay.txt").write_text("One!\nTwo.\n", "utf-8")
    run = kb(here, "coverage", "--texts", str(texts))
    assert run.exit_code == 1
    assert run.stdout.endswith("Fingerprints: 1 of 2 found in the texts.\n")


def test_coverage_of_a_source_without_passages_or_with_one(tmp_path: Path) -> None:
    one = "## sources/one.yaml\ntitle: One\npassages:\n  - {id: p1}\n## sources/none.yaml\ntitle: None\n"
    here = write(tmp_path, one)
    assert kb(here, "coverage").stdout.endswith("\n1 passage: 0 cited, 0 skipped, 1 uncited.\n")
    for uncited in ((), ("--uncited",)):
        said = kb(here, "coverage", "--source", "none", *uncited).stdout
        assert said == "`none` has no passages.\n0 passages: 0 cited, 0 skipped, 0 uncited.\n"


def test_texts_that_cannot_be_read_are_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = write(tmp_path, COVERED.format(full=digest("One."), short=digest("Two.")))
    (here / "locked.txt").write_text("One.", "utf-8")

    def locked(self: Path, **_: object) -> str:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(type(here), "read_text", locked)
    run = kb(here, "coverage", "--texts", str(here))
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr == f"kb: {here / 'locked.txt'} cannot be read: Permission denied\n"


# -- any shape of debate -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
@pytest.mark.parametrize("command", [*ROWS, "open --all"])
def test_an_empty_debate_works_in_every_command(tmp_path: Path, command: str, form: str) -> None:
    run = kb(write(tmp_path, ""), *command.split(), "--format", form)
    assert run.exit_code == 0
    assert run.stdout.strip()
    if form == "csv":
        assert len(next(csv.reader(io.StringIO(run.stdout)))) > 1


@pytest.mark.parametrize("relation", ["supports", "attacks"])
def test_a_line_of_5000_nodes_works_in_every_command(tmp_path: Path, relation: str) -> None:
    people = ("ann", "bob")
    lines = ["id: n0\nkind: claim\ntext: N.\nby: ann\n"]
    lines += [
        f"id: n{k}\nkind: reply\ntext: N{k}.\nby: {people[k % 2]}\n{relation}: n{k - 1}\n" for k in range(1, 5000)
    ]
    files = {f"## talk/f{k}.yaml\n": "---\n".join(lines[k : k + 1000]) for k in range(0, 5000, 1000)}
    here = write(tmp_path, CAST + "".join(name + text for name, text in files.items()))
    for command in ("list --format json", "open", "open --all --format json", "show n0", "show n4999 --format json"):
        assert kb(here, *command.split()).exit_code == 0, command
    for command in ("why n0", "why n0 --format json", "why n4999 --format csv", "participants", "stats"):
        assert kb(here, *command.split()).exit_code == 0, command
    assert isinstance(json.loads(kb(here, "lint", "--format", "json").stdout), list)


def test_a_loop_works_in_every_command(tmp_path: Path) -> None:
    nodes = [
        f"id: n{k}\nkind: claim\ntext: N{k}.\nsupports: n{(k + 1) % 3}\nattacks: n{(k + 2) % 3}\n" for k in range(3)
    ]
    here = write(tmp_path, "## talk/all.yaml\n" + "---\n".join(nodes))
    for command in ("list", "open --all", "show n0", "why n0", "stats"):
        assert kb(here, *command.split()).exit_code == 0
    thread = json.loads(kb(here, "show", "n0", "--format", "json").stdout)["thread"]
    assert sorted((e["id"], e["again"]) for e in thread) == [("n1", False), ("n2", False)]
    assert all(inner["again"] for e in thread for inner in e["thread"])


def test_a_node_is_a_line_of_the_list(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    run = kb(here, "list")
    assert len(run.stdout.splitlines()) == 1 + len(answer(here, "list"))
    assert max(map(len, run.stdout.splitlines())) <= 60


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_one_line(here: Path) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "kb", "-C", str(here), "list"]
        run = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (run.returncode, len(run.stderr.splitlines())) == (2, 1)


def test_the_file_that_the_system_refuses_is_named() -> None:
    gone = """
from kb.cli import main

def refuse(*_):
    raise FileNotFoundError(2, "No such file or directory", "site/gone.html")

main.invoke = refuse
main(["list"])
"""
    run = subprocess.run([sys.executable, "-c", gone], capture_output=True, text=True, check=False)
    said = "kb: the system refused: No such file or directory: site/gone.html\n"
    assert (run.returncode, run.stdout, run.stderr) == (2, "", said)


def test_an_option_of_the_tool_behind_a_command_is_told_where_it_belongs(here: Path) -> None:
    result = kb(here, "list", "-C", "elsewhere")
    assert result.exit_code == 2
    assert result.stderr == "kb: No such option '-C'. It goes before the command: `kb -C … list`.\n"
    assert "before the command" not in kb(here, "list", "--nope").stderr


def test_the_name_of_another_record_leads_to_the_command_that_shows_it(here: Path) -> None:
    run = kb(here, "show", "ann")
    assert (run.exit_code, run.stdout) == (1, "")
    assert "`ann` is no node but a participant: `kb list --by ann`" in run.stderr


def test_open_tells_of_a_question_that_nobody_disagrees_about_what_it_is(tmp_path: Path) -> None:
    asked = "kind: question\ntext: What now?\n---\nid: a\nkind: claim\ntext: A.\nby: ann\nanswers: q\n"
    side_by_side = asked + "---\nid: b\nkind: claim\ntext: B.\nby: bob\nanswers: q\n"
    here = write(tmp_path, f"{CAST}## talk/q.yaml\nid: q\n{side_by_side}")
    told = kb(here, "open", "q").stdout
    assert told.startswith(
        "q  [no dispute]\n  What now?\n  Nothing on record is in dispute about this question itself; its answers"
    )
    assert told.endswith("  Nothing near it is in dispute.\n")
    assert kb(here, "open").stdout == "Nothing is in dispute here.\n"
    rivals = side_by_side.replace("What", "exclusive: true\nqualifies: q\ntext: When").replace("text: exc", "exc")
    rivals = rivals.replace("id: a", "id: c").replace("id: b", "id: d").replace("answers: q", "answers: sub")
    write(tmp_path, f"## talk/sub.yaml\nid: sub\n{rivals}")
    assert "  Disputes near it, open and settled:\n\nsub  [open, never joined]\n" in kb(here, "open", "q").stdout


# -- what an answer leaves out -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [("list",), ("open",), ("why", "rise"), ("robust",), ("stats",), ("strength",)])
def test_who_asks_a_broken_debate_is_told_so_beside_the_answer(here: Path, command: tuple[str, ...]) -> None:
    whole = CliRunner().invoke(main, ["-C", str(here), *command, "--format", "json"])
    assert whole.stderr == ""
    (here / "claims/talk/broken.yaml").write_text("kind: claim\ntext: [no\n", "utf-8")
    (here / "claims/talk/astray.yaml").write_text("kind: claim\ntext: So it is.\nsupports: nothing-there\n", "utf-8")
    run = CliRunner().invoke(main, ["-C", str(here), *command, "--format", "json"])
    json.loads(run.stdout)
    assert run.exit_code == 0
    assert run.stderr == (
        "kb: this answer leaves out what is wrong in 2 files: claims/talk/broken.yaml, claims/talk/astray.yaml; "
        "`kb lint` says what\n"
    )


def test_where_nobody_is_named_open_says_so(tmp_path: Path) -> None:
    here = write(
        tmp_path,
        "## talk/no.yaml\nkind: objection\ntext: No.\nattacks: yes\n## talk/yes.yaml\nkind: claim\ntext: Yes.\n",
    )
    assert kb(here, "open").stdout == "Nobody is named here who takes part. Nothing is in dispute here.\n"
    assert "Nobody is named who holds it, or disagrees." in kb(here, "open", "yes").stdout


def test_an_empty_debate_is_not_taken_for_peace(tmp_path: Path) -> None:
    (tmp_path / "claims").mkdir()
    assert "kb: no node can be read in" in kb(tmp_path, "open").output


def test_the_help_puts_every_command_with_those_that_serve_the_same() -> None:
    told = CliRunner().invoke(main, ["--help"]).output
    named = re.findall(r"^  ([a-z][a-z-]*)  ", told, re.MULTILINE)
    assert sorted(named) == sorted(discover.names(COMMANDS))
    titles = [told.index(f"\n{title}:\n") for title in GROUPS.values()]
    assert titles == sorted(titles)


def test_a_debate_that_has_only_begun_is_not_called_wrong(tmp_path: Path) -> None:
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims/kb.yaml").write_text("title: T\n")
    assert re.fullmatch(r"kb: there is no node in \S*claims yet\n", kb(tmp_path, "list").stderr)
    assert kb(tmp_path, "robust").stdout == "No node has a verdict.\n"
    (tmp_path / "claims/only.yaml").write_text("kind: claim\ntext: It is so.\n")
    assert kb(tmp_path, "robust").stdout.endswith("1 of 1 verdict holds in every world.\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("cruxes",), "kb: Missing argument 'ID'. The whole is `kb cruxes [OPTIONS] ID`.\n"),
        (
            ("compare", "ada"),
            "kb: Missing argument 'PARTICIPANT'. The whole is `kb compare [OPTIONS] PARTICIPANT PARTICIPANT`.\n",
        ),
    ],
)
def test_who_leaves_out_an_argument_is_told_how_the_command_is_written(arguments: tuple[str, ...], said: str) -> None:
    result = CliRunner().invoke(main, arguments, prog_name="kb")
    assert (result.exit_code, result.stderr) == (2, said)
