"""The map of a debate that is too large for one: its topics, each beside the one with which it has most ties, and their first questions."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kb.indexed import kinds, topics
from kb.mapping.chart import Arrow, Box, Chart
from kb.mapping.forest import BOXES
from kb.parted import by_part
from kb.queries.thread import descendant_count
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kb.debate import Debate

_TOPICS = 60
"""The most topics on the map: of more, those with the most points."""
_QUESTIONS = 3
_TIES = 3
"""The thickness of the strongest tie."""

Pair = frozenset[str]


class Overview(NamedTuple):
    """Topics and questions as boxes: the topic of a box, its ties to the topic it hangs on, and how many topics are left out."""

    chart: Chart
    topics: Mapping[int, str]
    ties: Mapping[int, int]
    untold: int


def overview(debate: Debate, by_topic: Mapping[str, Sequence[str]]) -> Overview:
    """The map of all topics; `by_topic` has the nodes of each, in the order in which readers meet topics."""
    return _Survey(debate, by_topic).draw()


class _Survey:
    """Places topics one after the other: first that of the main question, then the one most tied to those that are placed."""

    def __init__(self, debate: Debate, by_topic: Mapping[str, Sequence[str]]) -> None:
        self.debate = debate
        self.by_topic = by_topic
        largest = sorted(by_topic, key=lambda t: -len(by_topic[t]))[:_TOPICS]
        self.shown = [t for t in by_topic if t in set(largest)]
        self.ties = _ties(debate, frozenset(self.shown))
        self.boxes: list[Box] = []
        self.arrows: list[Arrow] = []
        self.right: dict[int | None, list[int]] = {None: []}
        self.topics: dict[int, str] = {}
        self.weights: dict[int, int] = {}

    def draw(self) -> Overview:
        placed: dict[str, int] = {}
        waiting = list(self.shown)
        while waiting:
            near = max(
                ((topic, other) for topic in waiting for other in placed),
                key=lambda pair: self.ties[frozenset(pair)],
                default=None,
            )
            if near is None or not self.ties[frozenset(near)]:
                topic = max(waiting, key=self._leads)
                placed[topic] = self._topic(topic, None)
            else:
                topic = near[0]
                placed[topic] = self._topic(topic, placed[near[1]])
            waiting.remove(topic)
        self._other_ties(placed)
        self._questions(placed)
        chart = Chart(tuple(self.boxes), tuple(self.arrows), {}, self.right)
        return Overview(chart, self.topics, self.weights, len(self.by_topic) - len(self.shown))

    def _leads(self, topic: str) -> tuple[bool, int]:
        """A key that chooses the first of several topics tied to each other: that of the first main question, or else with most ties."""
        main = [topics(self.debate)[node] for node in self.debate.settings.main if node in self.debate.nodes]
        return topic in main[:1], sum(n for pair, n in self.ties.items() if topic in pair)

    def _box(self, node: str, under: int | None, *, again: bool = False) -> int:
        made = len(self.boxes)
        column = 0 if under is None else self.boxes[under].column + 1
        self.boxes.append(Box(node, column, under, again))
        self.right.setdefault(under, []).append(made)
        return made

    def _topic(self, topic: str, under: int | None, *, again: bool = False) -> int:
        made = self._box("", under, again=again)
        self.topics[made] = topic
        if under is not None:
            tied = self.ties[frozenset((topic, self.topics[under]))]
            self.weights[made] = tied
            most = max(self.ties.values())
            self.arrows.append(Arrow("tie", (made,), under, weight=1 + (_TIES - 1) * tied // most))
        return made

    def _other_ties(self, placed: Mapping[str, int]) -> None:
        """Draw the strongest other ties as references, as many as there are topics."""
        hung = {
            frozenset((topic, self.topics[u]))
            for topic, made in placed.items()
            if (u := self.boxes[made].under) is not None
        }
        rest = [pair for pair, _ in self.ties.most_common() if pair not in hung]
        for pair in rest[: len(placed)]:
            one, other = sorted(pair, key=placed.__getitem__)
            self._topic(other, placed[one], again=True)

    def _questions(self, placed: Mapping[str, int]) -> None:
        """Draw of each topic the questions with the most said about them, above all else that hangs on it."""
        room = min(_QUESTIONS, (BOXES - len(self.boxes)) // max(len(placed), 1))
        for topic, made in placed.items():
            asked = [n for n in self.by_topic[topic] if kinds(self.debate)[n] == QUESTION]
            asked.sort(key=lambda n: -descendant_count(self.debate, n))
            hanging = self.right.pop(made, [])
            for node in asked[:room]:
                self.arrows.append(Arrow("asked", (self._box(node, made),), made))
            self.right.setdefault(made, []).extend(hanging)


def _ties(debate: Debate, shown: frozenset[str]) -> Counter[Pair]:
    """How many relations join each pair of topics; of equal numbers the first pairs by name come first."""
    pairs = sorted(sorted(ends) for ends in _across(debate))
    return Counter(pair for pair in map(frozenset, pairs) if pair <= shown)


@by_part
def _across(debate: Debate) -> Sequence[tuple[str, str]]:
    """The topics of the ends of each relation that leads from one topic to another."""
    topic_of = topics(debate)
    ends = ((topic_of[node_id], topic_of[end]) for node_id in debate.nodes for end in debate.ends(node_id))
    return [(one, other) for one, other in ends if one != other]
