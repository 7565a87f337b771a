"""The three notations in which argumentation frameworks are passed around, read and written.

`af`, of the competition since 2023: `p af N`, then an attack a line, as two numbers from 1. `tgf`, the trivial graph format: a name a
line, `#`, then an attack a line, as two names. `apx`, of ASPARTIX: `arg(name).` and `att(name,name).`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

from kb.abstract.attacks import attack_graph
from kb.finding import KbError, printable
from kb.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kb.abstract.attacks import AttackGraph

MAX_ARGUMENTS = 5_000_000
_HEADER = re.compile(r"p\s+af\s+([0-9]+)")
_FACT = re.compile(r"\s*(arg|att)\s*\(\s*([^\s(),.%]+)\s*(?:,\s*([^\s(),.%]+)\s*)?\)\s*\.")
_DIGITS = 9
_NUMBER = re.compile(rf"[0-9]{{1,{_DIGITS}}}")
_LONGEST_QUOTE = 40


class _Reader:
    """Collects arguments and attacks, and knows the line it is on."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.line = 0
        self.names: dict[str, int] = {}
        self.pairs: list[tuple[int, int]] = []

    def lines(self, text: str, comment: str) -> Iterator[str]:
        """Lines that say something, without what is around them. Editors count lines by their ends alone, so no form feed begins one."""
        for number, line in enumerate(text.removesuffix("\n").split("\n") if text else (), start=1):
            self.line = number
            said = line.strip()
            if said and not (comment and said.startswith(comment)):
                yield said

    def fail(self, message: str) -> NoReturn:
        """Refuse the file."""
        message = f"{self.file}:{self.line}: {message}"
        raise KbError(message)

    def argument(self, name: str) -> None:
        if name in self.names:
            self.fail(f"the argument `{_quoted(name)}` is there already")
        if len(self.names) >= MAX_ARGUMENTS:
            self.fail(f"more than {MAX_ARGUMENTS:,} arguments are not read")
        self.names[name] = len(self.names)

    def attack(self, attacker: str, target: str) -> None:
        self.pairs.append((self.number(attacker), self.number(target)))

    def number(self, name: str) -> int:
        if name not in self.names:
            help_text = did_you_mean(name, list(self.names)[:1000])
            self.fail(f"there is no argument `{_quoted(name)}`{f'; {help_text}' if help_text else ''}")
        return self.names[name]

    def graph(self) -> AttackGraph:
        return attack_graph(tuple(self.names), self.pairs)


def _quoted(text: str) -> str:
    return printable(text[:_LONGEST_QUOTE])


# -- reading -----------------------------------------------------------------------------------------------------------


def _read_af(reader: _Reader, text: str) -> None:
    lines = reader.lines(text, "#")
    header = _HEADER.fullmatch(next(lines, ""))
    if header is None:
        reader.fail("the first line is `p af` and the number of arguments")
    if len(header[1]) > _DIGITS or int(header[1]) > MAX_ARGUMENTS:
        reader.fail(f"more than {MAX_ARGUMENTS:,} arguments are not read")
    reader.names = {str(number + 1): number for number in range(int(header[1]))}
    for line in lines:
        words = line.split()
        if len(words) != 2 or not all(map(_NUMBER.fullmatch, words)):
            reader.fail(f"`{_quoted(line)}`: an attack is two numbers, of who attacks and who is attacked")
        reader.attack(*(str(int(word)) for word in words))


def _read_tgf(reader: _Reader, text: str) -> None:
    attacking = False
    for line in reader.lines(text, ""):
        words = line.split()
        if line == "#" and not attacking:
            attacking = True
        elif not attacking:
            if line.startswith("#"):
                reader.fail(f"`{_quoted(line)}`: a line `#` stands alone between the arguments and the attacks")
            reader.argument(words[0])
        elif len(words) < 2 or line.startswith("#"):
            reader.fail(f"`{_quoted(line)}`: an attack is two names, of who attacks and who is attacked")
        else:
            reader.attack(words[0], words[1])
    if not attacking:
        reader.fail("a line `#` is missing between the arguments and the attacks")


def _read_apx(reader: _Reader, text: str) -> None:
    later = []
    for line in reader.lines(text, "%"):
        end = 0
        while end < len(line):
            fact = _FACT.match(line, end)
            if fact is None or (fact[1] == "att") != (fact[3] is not None):
                if line[end:].lstrip().startswith("%"):
                    break
                reader.fail(f"`{_quoted(line[end:].strip())}`: write `arg(name).` or `att(name,name).`")
            end = fact.end()
            if fact[1] == "arg":
                reader.argument(fact[2])
            else:
                later.append((reader.line, fact[2], fact[3]))
    for reader.line, attacker, target in later:
        reader.attack(attacker, target)


_READERS: dict[str, Callable[[_Reader, str], None]] = {"af": _read_af, "tgf": _read_tgf, "apx": _read_apx}
NOTATIONS = tuple(_READERS)


def read(text: str, notation: str, file: str) -> AttackGraph:
    """The framework that a text describes in one of the `NOTATIONS`; `file` is what it is called in messages. Raises `KbError` with the line that is not so."""
    reader = _Reader(file)
    _READERS[notation](reader, text)
    return reader.graph()


# -- writing -----------------------------------------------------------------------------------------------------------


def write(graph: AttackGraph, notation: str) -> str:
    """A framework in one of the `NOTATIONS`. `af` knows no names: there comments say which number is whose."""
    pairs = [(a, target) for target, attackers in enumerate(graph.attackers) for a in attackers]
    names = graph.names
    if notation == "af":
        lines = [f"p af {len(names)}"]
        lines += [f"# {number} {name}" for number, name in enumerate(names, start=1) if name != str(number)]
        lines += [f"{attacker + 1} {target + 1}" for attacker, target in sorted(pairs)]
    elif notation == "tgf":
        lines = [*names, "#", *(f"{names[attacker]} {names[target]}" for attacker, target in sorted(pairs))]
    else:
        lines = [f"arg({name})." for name in names]
        lines += [f"att({names[attacker]},{names[target]})." for attacker, target in sorted(pairs)]
    return "".join(f"{line}\n" for line in lines)
