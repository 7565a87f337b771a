"""Write a made-up debate of a given size: `python bench/debates.py 10000 FOLDER`.

It has the shape of a real debate. Two people talk through the passages of a thread: they answer a question, give reasons (some only
together), object, undercut, reply, concede, qualify. Each node is a file of 300 to 500 bytes. The same size gives the same bytes, and
the linter finds next to nothing: of ten thousand nodes made at random, a few contradict what the same person conceded.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

THREAD = 20
"""How many nodes one question has."""
THREADS_A_SOURCE = 5
PASSAGES = 10
"""How many passages of a source one thread takes."""
NODES_A_TERM = 200
SOURCES_A_TOPIC = 5

NOUNS = (
    "model predictor agent council reader budget river harbour teacher school garden engine signal market village "
    "theory measure witness archive lantern orchard bridge vaccine forest satellite treaty library committee weather "
    "instrument language museum factory colony election reservoir journal laboratory monument railway"
).split()
VERBS = (
    "supports weakens delays explains predicts follows replaces limits rewards changes outlasts improves hides "
    "reveals exceeds resembles disturbs restores requires prevents"
).split()
WHEN = (
    "when nobody has measured it;as long as the numbers hold;in most of the cases on record;even where the costs are "
    "counted;once the first year has passed;unless somebody intervenes;before any of the reports came in;for reasons "
    "that were never written down;in the towns that tried it;where both sides looked for it"
).split(";")
WEIGHTS = {
    "supports": 30,
    "linked": 8,
    "attacks": 18,
    "undercuts": 12,
    "answers back": 14,
    "concedes": 10,
    "qualifies": 8,
}
"""How often people make each kind of move, if they can."""


class Move(NamedTuple):
    """A move that a speaker can make: the kind of node it takes, the relation as written, and the nodes to which it leads."""

    name: str
    kind: str
    relation: str
    on: tuple[str, ...]


@dataclass
class Thread:
    """One question and what was said on it so far."""

    source: str
    number: int
    first_passage: int
    speakers: tuple[str, str]
    nodes: list[tuple[str, int]] = field(default_factory=list)
    """Statements with the index of their speaker."""
    steps: list[tuple[str, str, int]] = field(default_factory=list)
    """Reasons and objections, as source, target and the index of their speaker."""
    used: set[tuple[int, str]] = field(default_factory=set)
    """The targets on which each speaker has acted already: nobody acts twice on one."""


class Maker:
    """Writes the files; all choices come from one seeded generator."""

    def __init__(self, size: int, folder: Path) -> None:
        """Make `size` nodes below `folder`."""
        self.size = size
        self.claims = folder / "claims"
        self.dice = random.Random(size)
        self.count = 0
        self.sources = max(1, -(-size // (THREAD * THREADS_A_SOURCE)))
        self.people = [f"speaker-{i}" for i in range(max(2, self.sources // 4))]
        self.used_terms = 0
        self.terms = [f"term-{i}" for i in range(max(1, size // NODES_A_TERM))]

    def write(self) -> None:
        """Write the whole debate."""
        self.put("kb.yaml", f"title: A debate of {self.size} nodes\nlanguage: en\nmain: [question-0]\n")
        for name in self.people:
            self.put(f"participants/{name}.yaml", f"name: {name.replace('-', ' ').title()}\nrole: participant\n")
        for index, name in enumerate(self.terms):
            self.put(f"terms/{name}.yaml", self.term(name, index))
        for number in range(-(-self.sources // SOURCES_A_TOPIC)):
            self.put(f"topic-{number}/topic.yaml", f"title: Topic {number}\norder: {number}\n")
        for number in range(self.sources):
            self.source(number)

    def put(self, path: str, text: str) -> None:
        """Write one file."""
        target = self.claims / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def term(self, name: str, index: int) -> str:
        """Write a term with one sense, used by a speaker of the first thread."""
        text = self.sentence(index).replace("\n  ", "\n      ")
        return f"term: {name.replace('-', ' ')}\nsenses:\n  - id: plain\n    text: >-\n      {text}\n    by: {self.people[0]}\n"

    def sentence(self, number: int) -> str:
        """An assertion that no other node makes."""
        one, two, three, four = (self.dice.choice(NOUNS) for _ in range(4))
        does, also, again = (self.dice.choice(VERBS) for _ in range(3))
        when, then = (self.dice.choice(WHEN) for _ in range(2))
        return (
            f"The {one} of district {number} {does} the {two} {when},\n  "
            f"and the {three} there {also} what the others had expected to see,\n  "
            f"though the {four} of the year before {again} it {then}."
        )

    def source(self, number: int) -> None:
        """Write a document and the threads in it."""
        name = f"thread-{number}"
        pair = (self.people[number % len(self.people)], self.people[(number + 1) % len(self.people)])
        threads = min(THREADS_A_SOURCE, -(-(self.size - self.count) // THREAD))
        cited: set[int] = set()
        for index in range(threads):
            thread = Thread(name, number * THREADS_A_SOURCE + index, index * PASSAGES, pair)
            cited |= self.thread(thread, f"topic-{number // SOURCES_A_TOPIC}")
        passages = [
            f"  - id: p{i}\n    by: {pair[i % 2]}\n" + ("" if i in cited else "    skip: nothing on the question\n")
            for i in range(threads * PASSAGES)
        ]
        self.put(
            f"sources/{name}.yaml",
            f"title: Thread {number}\ntype: thread\ndate: {2000 + number // 300}-{1 + number // 28 % 12:02}-{1 + number % 28:02}\n"
            f"passages:\n{''.join(passages)}",
        )

    def thread(self, thread: Thread, topic: str) -> set[int]:
        """Write a question, two answers, and moves for and against them; returns the passages that were cited."""
        left = min(THREAD, self.size - self.count)
        question = f"question-{thread.number}"
        self.count += left
        ask = f"kind: question\ntitle: Question {thread.number}\ntext: Is the {NOUNS[thread.number % len(NOUNS)]} of district {thread.number} worth what it costs?\n"
        exclusive = "exclusive: true\n" if thread.number % 2 else ""
        self.put(f"{topic}/{question}.yaml", ask + exclusive)
        cited = set()
        for index in range(left - 1):
            passage = min(index * PASSAGES // (THREAD - 1), PASSAGES - 1)
            cited.add(thread.first_passage + passage)
            self.node(thread, topic, index, passage, question)
        return cited

    def node(self, thread: Thread, topic: str, index: int, passage: int, question: str) -> None:
        """Write one move of the speaker of a passage."""
        me = (thread.first_passage + passage) % 2
        name = f"{self.dice.choice(NOUNS)}-{self.dice.choice(VERBS)}-{thread.number}-{index}"
        move = self.move(thread, name, me, question)
        number = thread.number * THREAD + index
        lines = [
            f"kind: {move.kind}",
            f"title: The {name.partition('-')[0]} in point {number}",
            f"text: >-\n  {self.sentence(number)}",
            f"source: {thread.source} p{thread.first_passage + passage}",
        ]
        if number % 9 == 0:
            lines.append("certainty: tentative")
        lines.append(move.relation)
        if number % 11 == 0:
            lines.append(f"terms: {self.terms[self.used_terms % len(self.terms)]}")
            self.used_terms += 1
        if number % 13 == 0:
            lines.append("tags: [measured, to-be-checked]")
        self.put(f"{topic}/{name}.yaml", "\n".join(lines) + "\n")

    def move(self, thread: Thread, name: str, me: int, question: str) -> Move:
        """Choose the next move of a speaker; each side answers the question first."""
        move = Move("answers", "claim", f"answers: {question}", (question,))
        if any(speaker == me for _, speaker in thread.nodes):
            options = list(self.options(thread, me))
            (move,) = self.dice.choices(options, [WEIGHTS[option.name] for option in options])
        thread.used |= {(me, target) for target in move.on}
        if move.name not in {"concedes", "qualifies"}:
            thread.nodes.append((name, me))
        if move.relation.startswith(("supports", "attacks")):
            thread.steps.append((name, move.on[0], me))
        return move

    def options(self, thread: Thread, me: int) -> Iterator[Move]:
        """The moves that a speaker could make next."""
        own = [node for node, speaker in thread.nodes if speaker == me]
        target = self.dice.choice(own)
        yield Move("supports", "claim", f"supports: {target}", (target,))
        fresh = [node for node in own if (me, node) not in thread.used]
        if len(fresh) > 1:
            target, premise = fresh[0], fresh[-1]
            yield Move("linked", "claim", f"supports:\n  - to: {target}\n    with: {premise}", (target, premise))
        theirs = [node for node, speaker in thread.nodes if speaker != me and (me, node) not in thread.used]
        if theirs:
            target = self.dice.choice(theirs[-4:])
            yield Move("attacks", "objection", f"attacks: {target}", (target,))
            yield Move("answers back", "reply", f"attacks: {target}", (target,))
            yield Move("concedes", "reply", f"concedes: {target}", (target,))
            yield Move("qualifies", "reply", f"qualifies: {target}", (target,))
        steps = [
            (start, end)
            for start, end, speaker in thread.steps
            if speaker != me and not thread.used & {(me, start), (me, end)}
        ]
        if steps:
            start, end = self.dice.choice(steps)
            yield Move("undercuts", "objection", f"undercuts: {start} -> {end}", (start, end))


if __name__ == "__main__":
    Maker(int(sys.argv[1]), Path(sys.argv[2])).write()
