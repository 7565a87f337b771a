"""Debates as hurried people write them: every style of YAML, comments everywhere, and slips that the tool has fixes for."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

IDS = ("sky-is-blue", "light-scatters", "sea-mirrors-sky", "sun-is-white")
WORDS = (
    "The sky is blue 🙂",
    "Air scatters light",
    "Röntgen said so",
    "it's 17:30 ☕",
    "one # no comment",
    "a 'quoted' word",
)
MORE = ("with: [sun-is-white]", "wiht: sun-is-white", 'weight: "0.5"', "zeal: much")
FLAGS = ("true", "yes", '"true"', "[deep]", "deep", "", "~")


class Writer:
    """Writes a file line by line; every comment has a word of its own, so that none can be lost unnoticed."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.numbers = count(1)
        self.lines: list[str] = []

    def maybe(self, chance: float = 0.3) -> bool:
        """True with this probability."""
        return self.dice.random() < chance

    def comment(self) -> str:
        """A comment that differs from all others."""
        return f"# remark{next(self.numbers)}x é"

    def put(self, line: str, *, open_to_comments: bool = True) -> None:
        """Write a line, perhaps with a comment or spaces behind it."""
        if open_to_comments and self.maybe(0.2):
            line += f"  {self.comment()}"
        if open_to_comments and self.maybe(0.1):
            line += self.dice.choice((" ", "  ", "\t"))
        self.lines.append(line)

    def between(self, indent: str = "") -> None:
        """Write what may stand between two lines."""
        if self.maybe(0.15):
            self.lines.append(self.dice.choice(("", indent + self.comment(), f"{indent}  {self.comment()}")))

    # -- values ------------------------------------------------------------------------------------------------

    def text(self, name: str) -> None:
        """A text in any style."""
        words = self.dice.choice(WORDS)
        style = self.dice.choice(("plain", "single", "double", "folded", "literal", "kept", "long"))
        if style == "plain":
            self.put(f"{name}: {words.partition(' #')[0].replace(': ', ' ')}")
        elif style == "single":
            self.put(f"{name}: '{words.replace(chr(39), chr(39) * 2)}'")
        elif style == "double":
            self.put(f'{name}: "{words}"')
        elif style == "long":
            self.lines += [f'{name}: "{words}', f'  {words}"']
        else:
            self.put(f"{name}: {({'folded': '>-', 'literal': '|', 'kept': '|+'})[style]}")
            self.lines += [f"  {words}", "", f"  # {words}  "][: self.dice.randint(1, 3)]

    def ids(self, name: str) -> None:
        """One id or several, some misspelt, some twice, in any style."""
        found = [self.dice.choice((*IDS, "sky-is-bleu", "nowhere")) for _ in range(self.dice.randint(1, 3))]
        found += self.dice.sample(found, self.dice.randint(0, 1))
        style = self.dice.choice(
            ("flow", "block", "wrapped") if len(found) > 1 else ("plain", "quoted", "flow", "block")
        )
        if style == "plain":
            self.put(f"{name}: {found[0]}")
        elif style == "quoted":
            self.put(f"{name}: '{found[0]}'")
        elif style == "flow":
            self.put(f"{name}: [{', '.join(found)}]")
        elif style == "wrapped":
            self.put(f"{name}: [{found[0]},")
            self.put(f"  {', '.join(found[1:])},")
            self.put("]")
        else:
            self.put(f"{name}:")
            for item in found:
                self.between("  ")
                self.put(f"  - {item}")

    def relations(self, name: str) -> None:
        """Mappings with `to`."""
        self.put(f"{name}:")
        for _ in range(self.dice.randint(1, 2)):
            self.put(f"  - to: {self.dice.choice(IDS)}")
            self.between("    ")
            self.put(f"    {self.dice.choice(MORE)}")

    def allow(self, name: str) -> None:
        """Entries of `allow`, most of them for findings that do not exist."""
        rules = self.dice.sample(("self-relation", "long-text", "lnog-title", "no-such-rule"), self.dice.randint(1, 3))
        if self.maybe(0.5):
            self.put(f"{name}: {{{', '.join(f'{rule}: because' for rule in rules)}}}")
            return
        self.put(f"{name}:")
        for rule in rules:
            self.between("  ")
            self.put(f"  {rule}: it's known")

    def word(self, name: str) -> None:
        """One word."""
        self.put(f"{name}: {self.dice.choice(FLAGS)}")

    def free(self, name: str) -> None:
        """A mapping in a mapping."""
        self.put(f"{name}:")
        self.between("  ")
        self.put("  origin: {id: 7}")
        if self.maybe():
            self.put("  kept: |+")
            self.lines += ["    words  ", ""]

    # -- records -----------------------------------------------------------------------------------------------

    def node(self, node_id: str | None) -> None:
        """A node with its fields in any order."""
        choices: list[tuple[str, Callable[[str], None]]] = [
            ("title", self.text),
            ("note", self.text),
            ("supports", self.ids),
            ("attacks", self.relations),
            ("tags", self.ids),
            ("allow", self.allow),
            ("stands_alone", self.word),
            ("data", self.free),
            ("titel", self.text),
            ("suports", self.ids),
            ("colour", self.word),
            ("weight", lambda name: self.put(f"{name}: {self.dice.choice(('0.5', chr(34) + '0.5' + chr(34), '7'))}")),
            ("mood", self.text),
            ("background", self.free),
            ("certainty", lambda name: self.put(f"{name}: {self.dice.choice(('tentative', 'tentativ', 'maybe'))}")),
        ]
        fields = self.dice.sample(choices, self.dice.randint(0, 5))
        fields.append(
            (
                "kind",
                lambda name: self.put(f"{name}: {self.dice.choice(('claim', 'clam', chr(39) + 'claim' + chr(39)))}"),
            )
        )
        fields.append(("text", self.text))
        self.dice.shuffle(fields)
        if node_id is not None:
            self.put(f"id: {node_id}")
        for name, write in fields:
            self.between()
            write(name)
        self.between()


def files(dice: Random) -> dict[str, bytes]:
    """A debate of two files: one with a node, one with several."""
    alone, thread = Writer(dice), Writer(dice)
    thread.numbers = alone.numbers
    alone.node(dice.choice((None, None, IDS[0], "other-id")))
    for index, name in enumerate(IDS[1:]):
        if index:
            thread.lines.append("---")
        thread.node(name)
    written = {f"claims/talk/{IDS[0]}.yaml": alone.lines, "claims/talk/thread.yaml": thread.lines}
    return {"claims/kb.yaml": b"title: Talk\n", **{path: _bytes(dice, lines) for path, lines in written.items()}}


def _bytes(dice: Random, lines: list[str]) -> bytes:
    """Lines with the ends, the mark and the end of file that some program gives them."""
    end = dice.choice(("\n", "\n", "\r\n"))
    text = end.join(lines) + dice.choice((end, end, ""))
    return dice.choice(("", "", "\ufeff")).encode() + text.encode()
