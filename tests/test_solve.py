"""Extensions of abstract frameworks: as the definitions have them, in the notations and words of the competition."""

from __future__ import annotations

import builtins
import itertools
import random
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from kb.abstract.attacks import Attacks, attacks
from kb.abstract.extensions import SEMANTICS, Extensions
from kb.abstract.notation import MAX_ARGUMENTS, NOTATIONS, read, write
from kb.abstract.tasks import TASKS, answer
from kb.cli import main
from kb.finding import KbError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Sets = set[frozenset[int]]


# -- the definitions, read word by word ------------------------------------------------------------------------


def by_definition(found: Attacks) -> dict[str, Sets]:
    """The extensions under each semantics (Dung 1995), by looking at every set of arguments."""
    size = len(found.names)
    pairs = {(a, target) for target, attackers in enumerate(found.attackers) for a in attackers}
    complete: Sets = set()
    stable: Sets = set()
    for count in range(size + 1):
        for chosen in map(frozenset, itertools.combinations(range(size), count)):
            if any((a, b) in pairs for a in chosen for b in chosen):
                continue
            attacked = {b for a, b in pairs if a in chosen}
            defended = {x for x in range(size) if all(a in attacked for a, b in pairs if b == x)}
            if defended == chosen:
                complete.add(chosen)
            if attacked == set(range(size)) - chosen:
                stable.add(chosen)
    preferred = {s for s in complete if not any(s < other for other in complete)}
    return {"GR": {min(complete, key=len)}, "CO": complete, "PR": preferred, "ST": stable}


def all_of(size: int) -> Iterator[Attacks]:
    """Every framework with so many arguments."""
    pairs = [(attacker, target) for attacker in range(size) for target in range(size)]
    for chosen in itertools.product([False, True], repeat=len(pairs)):
        yield attacks([str(n + 1) for n in range(size)], itertools.compress(pairs, chosen))


def some(count: int) -> Iterator[Attacks]:
    """Frameworks drawn at random, most of them with circles, some with arguments that attack themselves."""
    dice = random.Random(4)
    for _ in range(count):
        size = dice.randrange(4, 9)
        pairs = [(dice.randrange(size), dice.randrange(size)) for _ in range(dice.randrange(size, 2 * size + 1))]
        yield attacks([str(n + 1) for n in range(size)], pairs)


def check(found: Attacks) -> None:
    """Compare all that can be asked with the definitions."""
    for semantics, expected in by_definition(found).items():
        extensions = Extensions(found, semantics)
        listed = list(extensions.every())
        assert set(listed) == expected, (found, semantics)
        assert extensions.count() == len(listed) == len(expected)
        accepted = (frozenset().union(*expected), frozenset.intersection(*expected)) if expected else None
        assert extensions.accepted() == accepted, (found, semantics)
        one = extensions.one()
        assert one in expected if expected else one is None
        for number in range(len(found.names)):
            having = {e for e in expected if number in e}
            with_it, without = extensions.with_(number), extensions.without(number)
            assert with_it in having if having else with_it is None, (found, semantics, number)
            assert without in expected - having if expected - having else without is None, (found, semantics, number)


@pytest.mark.parametrize("size", [0, 1, 2, 3])
def test_every_small_framework_has_the_extensions_of_the_definitions(size: int) -> None:
    for found in all_of(size):
        check(found)


def test_larger_frameworks_have_the_extensions_of_the_definitions() -> None:
    for found in some(250):
        check(found)


def test_pieces_that_do_not_touch_are_counted_and_not_listed() -> None:
    pairs = [pair for n in range(0, 200, 2) for pair in ((n, n + 1), (n + 1, n))]
    found = attacks([str(n) for n in range(200)], pairs)
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


def test_af_tells_the_names_it_cannot_keep() -> None:
    found = attacks(["rain", "dry"], [(0, 1)])
    assert write(found, "af") == "p af 2\n# 1 rain\n# 2 dry\n1 2\n"
    assert read(write(found, "tgf"), "tgf", "x") == found == read(write(found, "apx"), "apx", "x")


def test_notations_are_read_as_others_write_them() -> None:
    expected = attacks(["1", "2", "3"], [(0, 1), (1, 2)])
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
        ("apx", "arg(a).\narg(a).\n", "x:2: the argument `a` is there already"),
        ("apx", "arg(a).\natt(a,b).\narg(c).\n", "x:2: there is no argument `b`"),
        ("apx", "arg(a)\n", "x:1: `arg(a)`: write `arg(name).`"),
        ("apx", "arg(a,b).\n", "x:1: `arg(a,b).`: write `arg(name).`"),
        ("apx", "att(a).\n", "x:1: `att(a).`: write"),
        ("apx", "arg(a). so\n", "x:1: `so`: write"),
    ],
)
def test_what_is_malformed_is_refused_by_line(notation: str, text: str, said: str) -> None:
    with pytest.raises(KbError) as refused:
        read(text, notation, "x")
    assert str(refused.value).startswith(said)


def test_what_is_quoted_cannot_steer_a_terminal() -> None:
    with pytest.raises(KbError) as refused:
        read("arg(a).\natt(a,\x1b[31mred).\n", "apx", "x")
    assert "\x1b" not in str(refused.value)


# -- the command -----------------------------------------------------------------------------------------------


def solve(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["solve", *map(str, arguments)])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two that attack each other, and what hangs on them: 1 and 2, 2 attacks 3, and 3, 4, 5 go round."""
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


def test_a_solver_is_asked_for_only_where_it_is_needed(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: object) -> object:
        if name.startswith("pysat"):
            raise ImportError(name)
        return real(name, *rest)  # type: ignore[arg-type] # as it was called

    monkeypatch.setattr(builtins, "__import__", without)
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
