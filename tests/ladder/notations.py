"""Damaged files of frameworks: they are read as what they say, or refused at a line that is wrong."""

from __future__ import annotations

import itertools
import random
import re
from typing import TYPE_CHECKING, NamedTuple

from kb.abstract.attacks import AttackGraph, attack_graph
from kb.abstract.notation import MAX_ARGUMENTS, NOTATIONS, read, write
from kb.finding import KbError
from tests.ladder.frameworks import some
from tests.ladder.rung import Rung, Seen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Damaged(NamedTuple):
    """A text that was a file of a framework."""

    notation: str
    text: str


# -- damage ----------------------------------------------------------------------------------------------------

_LETTERS = "0123456789aprgt# %.,()-\t\n\r\x0c\u2028é\x00"
_LINES = ("#", "p af 3", "1 2", "1 2 3", "arg(x).", "att(1,2).", "arg(1). att(1,1).", "% so", "# so", "1", "", "x y z")


def damaged(count: int) -> Iterator[Damaged]:
    """Files in all notations, each damaged in one to three places: a letter, number or line added, removed or changed, or the end cut off."""
    dice = random.Random(12)
    for number, found in enumerate(some(count)):
        notation = NOTATIONS[number % len(NOTATIONS)]
        text = write(found, notation)
        for _ in range(dice.choice([1, 1, 2, 3])):
            text = dice.choice(_CHANGES)(text, dice)
        yield Damaged(notation, text)


def _letter(text: str, dice: random.Random) -> str:
    place = dice.randrange(len(text) + 1)
    rest = dice.choice([text[place:], text[place:], text[place + 1 :], ""])
    new = dice.choice(_LETTERS) if dice.random() < 0.9 else ""
    return f"{text[:place]}{new}{rest}"


def _number_changed(text: str, dice: random.Random) -> str:
    numbers = list(re.finditer(r"\d+", text))
    if not numbers:
        return text
    chosen = dice.choice(numbers)
    return text[: chosen.start()] + str(dice.randrange(12)) + text[chosen.end() :]


def _line(text: str, dice: random.Random) -> str:
    lines = text.split("\n")
    at, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    match dice.randrange(4):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, lines[other])
        case 2:
            lines.insert(at, dice.choice(_LINES))
        case _:
            lines[at], lines[other] = lines[other], lines[at]
    return "\n".join(lines)


_CHANGES: tuple[Callable[[str, random.Random], str], ...] = (_letter, _number_changed, _line)


# -- a second reading ------------------------------------------------------------------------------------------


class Refused(Exception):  # noqa: N818 - a verdict, not an accident
    """The line at which a text is no framework."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


Lines = list[tuple[int, str]]


def read_again(notation: str, text: str) -> AttackGraph:
    """The framework, by another way of reading: what a line may be, word by word; raises `Refused` with the first line that may not."""
    lines = list(enumerate(text.split("\n"), start=1))
    last = len(lines) - (not lines[-1][1])
    return {"af": _af, "tgf": _tgf, "apx": _apx}[notation](lines, last)


def _af(lines: Lines, last: int) -> AttackGraph:
    said = [(n, line.split()) for n, line in lines if line.strip() and not line.strip().startswith("#")]
    if not said:
        raise Refused(last)
    (first, header), *rest = said
    if header[:2] != ["p", "af"] or len(header) != 3 or not _number(header[2]) or int(header[2]) > MAX_ARGUMENTS:
        raise Refused(first)
    pairs = []
    for n, words in rest:
        if len(words) != 2 or not all(_number(w) and 1 <= int(w) <= int(header[2]) for w in words):
            raise Refused(n)
        pairs.append((int(words[0]) - 1, int(words[1]) - 1))
    return attack_graph([str(k + 1) for k in range(int(header[2]))], pairs)


def _number(word: str) -> bool:
    return word.isascii() and word.isdigit()


def _tgf(lines: Lines, last: int) -> AttackGraph:
    said = [(n, line.split()) for n, line in lines if line.strip()]
    border = next((k for k, (_, words) in enumerate(said) if words == ["#"]), None)
    names: list[str] = []
    for n, words in said[:border]:
        if words[0] in names or words[0].startswith("#"):
            raise Refused(n)
        names.append(words[0])
    if border is None:
        raise Refused(last)
    pairs = []
    for n, words in said[border + 1 :]:
        if len(words) < 2 or words[0].startswith("#") or not {words[0], words[1]} <= set(names):
            raise Refused(n)
        pairs.append((names.index(words[0]), names.index(words[1])))
    return attack_graph(names, pairs)


def _apx(lines: Lines, last: int) -> AttackGraph:
    del last
    names: list[str] = []
    pairs: list[tuple[int, str, str]] = []
    for n, line in lines:
        for fact in _facts(n, line):
            if len(fact) == 2:
                pairs.append((n, *fact))
            elif fact[0] in names:
                raise Refused(n)
            else:
                names.append(fact[0])
    for n, one, other in pairs:
        if not {one, other} <= set(names):
            raise Refused(n)
    return attack_graph(names, [(names.index(one), names.index(other)) for _, one, other in pairs])


def _facts(number: int, line: str) -> Iterator[tuple[str] | tuple[str, str]]:
    """The facts of a line up to a comment: the text before each full stop."""
    *facts, rest = line.partition("%")[0].split(".")
    for fact in facts:
        name, bracket, inner = fact.strip().partition("(")
        words = [word.strip() for word in inner.removesuffix(")").split(",")]
        plain = all(word and not re.search(r"[\s().]", word) for word in words)
        if not bracket or not inner.endswith(")") or not plain or len(words) != {"arg": 1, "att": 2}.get(name.strip()):
            raise Refused(number)
        yield (words[0],) if len(words) == 1 else (words[0], words[1])
    if rest.strip():
        raise Refused(number)


def blamed(message: str) -> int:
    """The line that a message names; it must be one line itself, and fit for a terminal."""
    said = re.fullmatch(r"x:(\d+): \S.*", message)
    assert said is not None, message
    assert message.isprintable()
    return int(said[1])


def check_damaged(case: Damaged) -> Seen:
    """Compare what is read, or the line that is blamed, with a second reading."""
    try:
        expected: AttackGraph | int = read_again(*case)
    except Refused as refused:
        expected = refused.line
    try:
        found: AttackGraph | int = read(case.text, case.notation, "x")
    except KbError as error:
        found = blamed(str(error))
    assert found == expected, (case, found)
    if isinstance(found, AttackGraph):
        assert read(write(found, case.notation), case.notation, "x").attackers == found.attackers
    return Seen({"refused": isinstance(found, int)})


DAMAGED = Rung(
    "malformed-files",
    "frameworks read from .af, .tgf and .apx files (`kb solve`), or the line at which they are refused",
    "a second reading, line by line",
    "files of random frameworks in all three notations, damaged in one to three places",
    damaged,
    check_damaged,
    60_000,
)


def check_written(found: AttackGraph) -> None:
    """What is written is what is read, in every notation."""
    for notation in NOTATIONS:
        assert read(write(found, notation), notation, "x") == found
    assert read_again("apx", write(found, "apx")) == read_again("tgf", write(found, "tgf")) == found


WRITTEN = Rung(
    "notations",
    "what is written in .af, .tgf and .apx",
    "what is read from it, by both ways of reading",
    "random frameworks of 4 to 8 arguments",
    lambda count: itertools.islice(some(count), count),
    check_written,
    10_000,
)
RUNGS = (WRITTEN, DAMAGED)
