"""Extensions of abstract frameworks: as the definitions have them, in the notations and words of the competition."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from kb.abstract.attacks import attack_graph
from kb.abstract.extensions import SEMANTICS
from kb.abstract.notation import MAX_ARGUMENTS, NOTATIONS, read, write
from kb.abstract.tasks import TASKS, answer
from kb.cli import main
from kb.finding import KbError
from tests.ladder.frameworks import LARGER, TASKS_ANSWERED, all_of, check_extensions, some
from tests.ladder.notations import DAMAGED, WRITTEN, damaged
from tests.ladder.rung import agree, agree_on

if TYPE_CHECKING:
    from pathlib import Path

# -- the definitions, read word by word ------------------------------------------------------------------------


@pytest.mark.parametrize("size", [0, 1, 2, 3])
def test_every_small_framework_has_the_extensions_of_the_definitions(size: int) -> None:
    assert agree_on(check_extensions, all_of(size))["cases"] == 2 ** (size * size)


def test_larger_frameworks_have_the_extensions_of_the_definitions() -> None:
    assert agree(LARGER, 250)["cases"] == 250


def test_what_is_printed_for_every_task_is_what_the_definitions_say() -> None:
    assert agree(TASKS_ANSWERED, 700)["with several extensions under some semantics"] > 100


def test_pieces_that_do_not_touch_are_counted_and_not_listed() -> None:
    pairs = [pair for n in range(0, 200, 2) for pair in ((n, n + 1), (n + 1, n))]
    found = attack_graph([str(n) for n in range(200)], pairs)
    assert answer(found, "CE-PR", None) == f"{2**100}\n"
    assert answer(found, "CE-CO", None) == f"{3**100}\n"
    with pytest.raises(KbError, match="more than 100,000 are not listed"):
        answer(found, "EE-PR", None)
    assert answer(found, "DC-ST", "7").startswith("YES\nw ")
    assert answer(found, "DS-PR", "7").startswith("NO\nw ")


# -- the notations ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("notation", NOTATIONS)
def test_what_is_written_is_what_is_read(notation: str) -> None:
    for found in itertools.chain(all_of(2), some(40)):
        assert read(write(found, notation), notation, "x") == found


def test_both_ways_of_reading_agree_on_what_is_written() -> None:
    assert agree(WRITTEN, 200)["cases"] == 200


@pytest.mark.parametrize(("notation", "text"), [("af", "p af 0\n"), ("tgf", "#\n"), ("apx", "")])
def test_a_framework_without_arguments_has_no_lines_of_any(notation: str, text: str) -> None:
    assert write(attack_graph((), []), notation) == text


def test_af_tells_the_names_it_cannot_keep() -> None:
    found = attack_graph(["rain", "dry"], [(0, 1)])
    assert write(found, "af") == "p af 2\n# 1 rain\n# 2 dry\n1 2\n"
    assert read(write(found, "tgf"), "tgf", "x") == found == read(write(found, "apx"), "apx", "x")


def test_notations_are_read_as_others_write_them() -> None:
    expected = attack_graph(["1", "2", "3"], [(0, 1), (1, 2)])
    assert read("# made by hand\np af 3\n# an attack\n1 2\r\n2  3\n\n", "af", "x") == expected
    assert read("1 first\n2\n3\n#\n1 2 rebuts\n\n2 3\n", "tgf", "x") == expected
    assert read("% by hand\narg(1). arg( 2 ).\natt(1,2).arg(3).\natt(2, 3). % so\n", "apx", "x") == expected


@pytest.mark.parametrize(
    ("notation", "text", "said"),
    [
        ("af", "", "x:0: the first line is `p af` and the number of arguments"),
        ("af", "# none\n1 2\n", "x:2: the first line is `p af`"),
        ("af", "p af 2\n1 2\n\n1 3\n", "x:4: there is no argument `3`"),
        ("af", "p af 2\n1 2 0\n", "x:2: `1 2 0`: an attack is two numbers"),
        ("af", "p af 2\n1 b\n", "x:2: `1 b`: an attack is two numbers"),
        ("af", "p af 2\n1 -2\n", "x:2: `1 -2`: an attack is two numbers"),
        ("af", f"p af {'9' * 5000}\n", f"x:1: more than {MAX_ARGUMENTS:,} arguments are not read"),
        ("tgf", "1\n2\n1 2\n", "x:3: the argument `1` is there already"),
        ("tgf", "1\n2\n", "x:2: a line `#` is missing"),
        ("tgf", "1\n2\n#\n1\n", "x:4: `1`: an attack is two names"),
        ("tgf", "rain\n#\nrain ran\n", "x:3: there is no argument `ran`; did you mean `rain`?"),
        ("tgf", "1\n#\n#\n", "x:3: `#`: an attack is two names"),
        ("tgf", "# by hand\n1\n#\n", "x:1: `# by hand`: a line `#` stands alone"),
        ("apx", "arg(a).\narg(a).\n", "x:2: the argument `a` is there already"),
        ("apx", "arg(a).\natt(a,b).\narg(c).\n", "x:2: there is no argument `b`"),
        ("apx", "arg(a)\n", "x:1: `arg(a)`: write `arg(name).`"),
        ("apx", "arg(a,b).\n", "x:1: `arg(a,b).`: write `arg(name).`"),
        ("apx", "att(a).\n", "x:1: `att(a).`: write"),
        ("apx", "arg(a). so\n", "x:1: `so`: write"),
        ("apx", "arg(a). % so\narg(b%c).\n", "x:2: `arg(b%c).`: write"),
        ("apx", "arg(a).\x0c\u2028\narg(a).\n", "x:2: the argument `a` is there already"),
    ],
)
def test_what_is_malformed_is_refused_by_line(notation: str, text: str, said: str) -> None:
    with pytest.raises(KbError) as refused:
        read(text, notation, "x")
    assert str(refused.value).startswith(said)


def test_damaged_files_are_read_as_they_stand_or_refused_by_line() -> None:
    assert 1500 < agree(DAMAGED, 3000)["refused"] < 2700


def test_what_is_quoted_cannot_steer_a_terminal() -> None:
    with pytest.raises(KbError) as refused:
        read("arg(a).\natt(a,\x1b[31mred).\n", "apx", "x")
    assert "\x1b" not in str(refused.value)


# -- the command -----------------------------------------------------------------------------------------------


def solve(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["solve", *map(str, arguments)])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A framework: 1 and 2 attack each other, 2 attacks 3, and 3, 4 and 5 attack each other in a circle."""
    path = tmp_path / "round.af"
    path.write_text("p af 5\n1 2\n2 1\n2 3\n3 4\n4 5\n5 3\n")
    return path


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        ("SE-GR", "w\n"),
        ("EE-CO", "w\nw 1\nw 2 4\n"),
        ("EE-PR", "w 1\nw 2 4\n"),
        ("SE-ST", "w 2 4\n"),
        ("CE-CO", "3\n"),
        ("DC-PR -a 4", "YES\nw 2 4\n"),
        ("DC-ST -a 1", "NO\n"),
        ("DS-ST -a 4", "YES\n"),
        ("DS-PR -a 1", "NO\nw 2 4\n"),
        ("DS-GR -a 1", "NO\nw\n"),
    ],
)
def test_answers_are_those_of_the_competition(file: Path, problem: str, said: str) -> None:
    result = solve(file, "-p", *problem.split())
    assert (result.exit_code, result.output) == (0, said)


def test_without_a_stable_extension_there_is_none_to_show(tmp_path: Path) -> None:
    path = tmp_path / "alone.tgf"
    path.write_text("a\nb\n#\na a\n")
    assert solve(path, "-p", "SE-ST").output == "NO\n"
    assert solve(path, "-p", "EE-ST").output == ""
    assert solve(path, "-p", "CE-ST").output == "0\n"
    assert solve(path, "-p", "DS-ST", "-a", "b").output == "YES\n", "of none it can be said of all"


def test_misuse_is_one_line(file: Path, tmp_path: Path) -> None:
    odd = tmp_path / "odd.txt"
    odd.write_text("p af 1\n")
    for said, *arguments in (
        ("say which argument is asked about: `-a ARGUMENT`", file, "-p", "DC-PR"),
        ("there is no argument `9`", file, "-p", "DC-PR", "-a", "9"),
        ("does not end in .af, .tgf or .apx", odd, "-p", "SE-GR"),
        ("cannot be read", tmp_path / "none.af", "-p", "SE-GR"),
        ("cannot be read", tmp_path, "-p", "SE-GR", "--notation", "af"),
        ("'SE-XX' is not one of", file, "-p", "SE-XX"),
    ):
        result = solve(*arguments)
        assert result.exit_code == 2
        assert said in result.output
        assert result.output.count("\n") == 1
    assert solve(odd, "-p", "SE-GR", "--notation", "af").output == "w 1\n"


def test_the_command_refuses_a_damaged_file_in_one_line(tmp_path: Path) -> None:
    codes = []
    for number, (notation, text) in enumerate(damaged(90)):
        path = tmp_path / f"{number}.{notation}"
        path.write_text(text, encoding="utf-8")
        result = solve(path, "-p", "SE-GR")
        codes.append(result.exit_code)
        if result.exit_code:
            assert result.exit_code == 2
            assert re.fullmatch(rf"kb: {re.escape(str(path))}:\d+: .+\n", result.output)
    assert codes.count(0) > 10
    assert codes.count(2) > 40


@pytest.mark.usefixtures("_without_solver")
def test_a_solver_is_asked_for_only_where_it_is_needed(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = solve(file, "-p", "SE-PR")
    assert result.exit_code == 2
    assert result.output == (
        "kb: what the grounded labelling leaves undecided takes a SAT solver: `pip install 'argument-kb[solve]'`\n"
    )
    line = tmp_path / "line.af"
    line.write_text("p af 3\n1 2\n2 3\n")
    assert solve(line, "-p", "EE-PR").output == "w 1 3\n"


def test_every_task_is_answered(file: Path) -> None:
    assert len(TASKS) == 5 * len(SEMANTICS)
    for task in TASKS:
        assert solve(file, "-p", task, "-a", "1").exit_code == 0
