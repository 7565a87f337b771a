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
    omitted: int


def overview(debate: Debate, by_topic: Mapping[str, Sequence[str]]) -> Overview:
    """The map of all topics; `by_topic` has the nodes of each, in the order in which readers meet topics."""
    return _TopicCanvas(debate, by_topic).draw()


class _TopicCanvas:
    """Places topics one after the other: first that of the main question, then the one most tied to those that are placed."""

    def __init__(self, debate: Debate, by_topic: Mapping[str, Sequence[str]]) -> None:
        self.debate = debate
        self.by_topic = by_topic
        largest = sorted(by_topic, key=lambda t: -len(by_topic[t]))[:_TOPICS]
        self.drawn_topics = [t for t in by_topic if t in set(largest)]
        self.ties = _ties(debate, frozenset(self.drawn_topics))
        self.boxes: list[Box] = []
        self.arrows: list[Arrow] = []
        self.right: dict[int | None, list[int]] = {None: []}
        self.topics: dict[int, str] = {}
        self.weights: dict[int, int] = {}

    def draw(self) -> Overview:
        placed: dict[str, int] = {}
        waiting = list(self.drawn_topics)
        while waiting:
            closest = max(
                ((topic, other) for topic in waiting for other in placed),
                key=lambda pair: self.ties[frozenset(pair)],
                default=None,
            )
            if closest is None or not self.ties[frozenset(closest)]:
                topic = max(waiting, key=self._lead_key)
                placed[topic] = self._draw_topic(topic, None)
            else:
                topic = closest[0]
                placed[topic] = self._draw_topic(topic, placed[closest[1]])
            waiting.remove(topic)
        self._draw_other_ties(placed)
        self._draw_questions(placed)
        chart = Chart(tuple(self.boxes), tuple(self.arrows), {}, self.right)
        return Overview(chart, self.topics, self.weights, len(self.by_topic) - len(self.drawn_topics))

    def _lead_key(self, topic: str) -> tuple[bool, int]:
        """A key that chooses the first of several topics tied to each other: that of the first main question, or else with most ties."""
        main = [topics(self.debate)[node] for node in self.debate.settings.main if node in self.debate.nodes]
        return topic in main[:1], sum(n for pair, n in self.ties.items() if topic in pair)

    def _draw_box(self, node: str, parent: int | None, *, is_reference: bool = False) -> int:
        number = len(self.boxes)
        column = 0 if parent is None else self.boxes[parent].column + 1
        self.boxes.append(Box(node, column, parent, is_reference))
        self.right.setdefault(parent, []).append(number)
        return number

    def _draw_topic(self, topic: str, parent: int | None, *, is_reference: bool = False) -> int:
        number = self._draw_box("", parent, is_reference=is_reference)
        self.topics[number] = topic
        if parent is not None:
            ties = self.ties[frozenset((topic, self.topics[parent]))]
            self.weights[number] = ties
            most = max(self.ties.values())
            self.arrows.append(Arrow("tie", (number,), parent, weight=1 + (_TIES - 1) * ties // most))
        return number

    def _draw_other_ties(self, placed: Mapping[str, int]) -> None:
        """Draw the strongest other ties as references, as many as there are topics."""
        drawn = {
            frozenset((topic, self.topics[p]))
            for topic, box in placed.items()
            if (p := self.boxes[box].parent) is not None
        }
        rest = [pair for pair, _ in self.ties.most_common() if pair not in drawn]
        for pair in rest[: len(placed)]:
            first, second = sorted(pair, key=placed.__getitem__)
            self._draw_topic(second, placed[first], is_reference=True)

    def _draw_questions(self, placed: Mapping[str, int]) -> None:
        """Draw of each topic the questions with the most said about them, above all else that hangs on it."""
        room = min(_QUESTIONS, (BOXES - len(self.boxes)) // max(len(placed), 1))
        for topic, box in placed.items():
            questions = [n for n in self.by_topic[topic] if kinds(self.debate)[n] == QUESTION]
            questions.sort(key=lambda n: -descendant_count(self.debate, n))
            hanging = self.right.pop(box, [])
            for node in questions[:room]:
                self.arrows.append(Arrow("asked", (self._draw_box(node, box),), box))
            self.right.setdefault(box, []).extend(hanging)


def _ties(debate: Debate, drawn: frozenset[str]) -> Counter[Pair]:
    """How many relations join each pair of topics; of equal numbers the first pairs by name come first."""
    pairs = sorted(sorted(ends) for ends in _topic_pairs(debate))
    return Counter(pair for pair in map(frozenset, pairs) if pair <= drawn)


@by_part
def _topic_pairs(debate: Debate) -> Sequence[tuple[str, str]]:
    """The topics of the ends of each relation that leads from one topic to another."""
    topic_of = topics(debate)
    ends = ((topic_of[node_id], topic_of[end]) for node_id in debate.nodes for end in debate.ends(node_id))
    return [(one, other) for one, other in ends if one != other]
