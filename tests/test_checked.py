"""docs/checked.md has every comparison there is, with no disagreement, and docs/checks.py would tell of one."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.ladder.every import RUNGS
from tests.ladder.rung import Rung, Seen, agree, tally

if TYPE_CHECKING:
    from types import ModuleType

    from tests.ladder.rung import AnyRung

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGE = (DOCS / "checked.md").read_text("utf-8")
ROW = re.compile(r"^\| ([a-z-]+) \| (.+) \| (.+) \| (.+) \| ([\d,]+)(?: \(.+\))? \| ([\d,]+) \|$", re.MULTILINE)


def number(text: str) -> int:
    return int(text.replace(",", ""))


@pytest.fixture(scope="module")
def checks() -> ModuleType:
    """The command."""
    spec = importlib.util.spec_from_file_location("checks", DOCS / "checks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_has_a_row_for_every_rung_and_no_other() -> None:
    rows = [match.groups()[:4] for match in ROW.finditer(PAGE)]
    assert rows == [(r.name, r.compared, r.against, r.on) for r in RUNGS], "run `make checks`"
    assert PAGE.count("\n| ") == len(rows) + 1, "the head of the table is the only other line"


def test_no_two_rungs_go_by_one_name() -> None:
    assert len({rung.name for rung in RUNGS}) == len(RUNGS)


def test_every_row_says_that_there_is_no_disagreement() -> None:
    assert [match[1] for match in ROW.finditer(PAGE) if number(match[6])] == []
    assert min(number(match[5]) for match in ROW.finditer(PAGE)) > 10
    told = re.search(r"^All in all: ([\d,]+) cases, 0 disagreements\.$", PAGE, re.MULTILINE)
    assert told is not None
    assert number(told[1]) == sum(number(match[5]) for match in ROW.finditer(PAGE))


def test_the_page_was_written_by_a_whole_run() -> None:
    """And not by a quick run with a part of the cases."""
    for match, rung in zip(ROW.finditer(PAGE), RUNGS, strict=True):
        assert number(match[5]) == rung.many, rung.name


def test_the_page_says_when_and_by_what_it_was_counted() -> None:
    assert re.search(r"Run on \d{4}-\d\d-\d\d, in [\d.]+ minutes; Python 3[\d.]+, clingo 5[\d.]+, python-sat \d", PAGE)


@pytest.mark.parametrize("rung", RUNGS, ids=[rung.name for rung in RUNGS])
def test_every_rung_can_be_climbed(rung: AnyRung) -> None:
    found = tally(rung, 13)
    assert (found.cases, found.disagreements) == (13, [])


def of_parity(most: int) -> Rung[int]:
    """Numbers are even: a comparison that fails on every other case, and crashes on 7."""

    def check(case: int) -> Seen:
        assert case % 2 == 0 or case == 7, f"{case} is odd"
        if case == 7:
            raise ZeroDivisionError
        return Seen({"even": 1})

    return Rung("parity", "a number", "an even one", "numbers", lambda count: range(min(count, most)), check, most)


def test_a_disagreement_is_counted_and_the_rest_still_tried() -> None:
    found = tally(of_parity(10), 20)
    assert (found.cases, found.seen, len(found.disagreements)) == (10, {"even": 5}, 5)
    assert found.disagreements[0].startswith("1\nAssertionError: 1 is odd")
    assert found.disagreements[3] == "7\nZeroDivisionError: "
    with pytest.raises(AssertionError, match="1 is odd"):
        agree(of_parity(10), 20)


def test_the_command_writes_what_it_counted(
    checks: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "checked.md"
    monkeypatch.setattr(checks, "PAGE", page)
    monkeypatch.setattr(checks, "RUNGS", (of_parity(8),))
    assert checks.main(["--cases", "0.0005"]) == 0
    assert checks.main(["--cases", "0.5"]) == 1
    assert "1 is odd" in capsys.readouterr().out
    text = page.read_text("utf-8")
    assert "| parity | a number | an even one | numbers | 4 (2 even) | 2 |\n" in text
    assert "2 disagreements.\n" in text
    assert "with `--cases 0.5`" in text


def test_one_rung_alone_writes_nothing(checks: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "PAGE", tmp_path / "checked.md")
    assert checks.main(["--cases", "0.001", "--only", "notations"]) == 0
    assert not (tmp_path / "checked.md").exists()
    for wrong in (["--cases", "0"], ["--cases", "nan"], ["--only", "none"]):
        with pytest.raises(SystemExit) as refused:
            checks.main(wrong)
        assert refused.value.code == 2
