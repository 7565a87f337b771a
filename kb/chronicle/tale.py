"""A turn in sentences: what somebody said, to whom, and what that turned; put into words where it is shown."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from kb.chronicle.deeds import GRANTS, OBJECTS, turn_points
from kb.chronicle.milestones import OPENED
from kb.queries.telling import Clauses, Name, NodeMention, Phrase, first_of, head_count, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kb.chronicle.deeds import Reason, SpeechAct, TurnPoint
    from kb.chronicle.milestones import Milestone
    from kb.chronicle.turns import Turn
    from kb.debate import Debate
    from kb.queries.telling import MessagePart

_MOST = 14
"""Sentences of a turn; all its points are on the page of its source."""
_IN_A_ROW, _REASONS = 4, 2
"""Points named in a row, and reasons named for a point; of more the number is told."""


def turn_sentences(debate: Debate, turn: Turn, names: Mapping[str, str], *, opens: bool) -> tuple[Phrase, ...]:
    """What somebody said in a turn, a sentence or two for each question that it was about; people are called by their `names`."""
    sentences: list[Phrase] = []
    who = tuple(Name(names.get(speaker, speaker)) for speaker in turn.speakers)
    n = head_count(debate, turn.speakers)
    for about, group in groupby(turn_points(debate, turn), key=lambda telling: telling.about):
        clauses = tuple(_clauses(debate, turn, names, group))
        for first in range(0, len(clauses), _IN_A_ROW):
            if len(sentences) == _MOST:
                return tuple(sentences)
            chunk = clauses[first : first + _IN_A_ROW]
            sentences.append(_Sentence(who, n, chunk, about, follows=first > 0).phrase(len(sentences), opens=opens))
    return tuple(sentences)


class _Clause(NamedTuple):
    """What is said of one point, or of some that do the same to the same."""

    debate: Debate
    turn: Turn
    names_by_id: Mapping[str, str]
    deeds: tuple[SpeechAct, ...]
    points: tuple[str, ...]
    reasons: tuple[Reason, ...]
    behind: int
    recalled: tuple[str, ...]
    again: bool

    def mentions(self, about: str) -> bool:
        """Whether it says itself what it is about."""
        return about in self.points or self.speaks_to(about)

    def speaks_to(self, about: str) -> bool:
        """Whether it answers a question, or does something else to it."""
        return any(about in deed.targets for deed in self.deeds)

    @property
    def certainty(self) -> str:
        """How surely the points were put forward."""
        return self.debate.nodes[self.points[0]].certainty

    @property
    def grants(self) -> bool:
        """Whether it grants something."""
        return any(deed.does == GRANTS for deed in self.deeds)

    @property
    def objects(self) -> bool:
        """Whether it denies something that others said."""
        return any(deed.does in OBJECTS and not self._addresses_own(deed) for deed in self.deeds)

    def phrase(self, about: str, *, again: int) -> Phrase:
        """The clause; of a question that was named before, only that it was answered, and whether that was done `again` times before."""
        does = tuple(self._verb_phrase(deed, about, again=again) for deed in self.deeds)
        points = _mentions(self.points, _IN_A_ROW)
        return self._with_recalled(
            self._with_reasons(say(self._certainty_message(), n=len(self.points), does=does, points=points))
        )

    def _with_reasons(self, clause: Phrase) -> Phrase:
        """The clause with the reasons that were given there and then, and how many points lie behind them."""
        if not self.reasons:
            return clause
        named, others = self.reasons[:_REASONS], self.reasons[_REASONS:]
        values: dict[str, MessagePart] = {
            "n": len(self.reasons),
            "said": clause,
            "reasons": tuple(map(_reason_part, named)),
        }
        behind = self.behind + sum(len(reason.linked) for reason in others)
        if not behind:
            return Phrase("story.reasons_among" if others else "story.reasons", values)
        values["points"] = say("story.more", n=behind)
        return Phrase("story.reasons_among_behind" if others else "story.reasons_behind", values)

    def _with_recalled(self, clause: Phrase) -> Phrase:
        """The clause with the reasons for it that had been given before."""
        if not self.recalled:
            return clause
        key = "story.recalls_too" if self.reasons else "story.recalls"
        return say(key, n=len(self.recalled), said=clause, reasons=_mentions(self.recalled, _IN_A_ROW))

    def _certainty_message(self) -> str:
        """The message that says how surely, where the verb does not say it."""
        if self.again:
            return "story.again"
        does = self.deeds[0].does
        told = does == "holds" or (does == "attributes" and self.certainty == "mentioned")
        return "story.point" if told else _SURE.get(self.certainty, "story.point")

    def _verb_phrase(self, deed: SpeechAct, about: str, *, again: int) -> Phrase:
        """What a point does to others, with the verb in the number of whoever says it."""
        n = head_count(self.debate, self.turn.speakers)
        if deed.does == "attributes":
            key = "story.describes" if self.certainty == "mentioned" else "story.attributes"
            return say(key, n=n, whom=tuple(Name(self.names_by_id.get(who, who)) for who in deed.targets))
        if deed.does in OBJECTS and self._addresses_own(deed):
            return say("story.weighs", n=n, targets=_mentions(deed.targets[-1:], 1))
        if deed.does == "undercuts" and len(deed.targets) > 1:
            return say("story.undercuts", n=n, reason=NodeMention(deed.targets[0]), target=NodeMention(deed.targets[1]))
        if deed.does == "holds":
            return say(_HELD.get(self.certainty, "story.holds"), n=n)
        if about and about in deed.targets:
            return say(_AGAIN[(again - 1) % 2] if again else "story.answers_it", n=n)
        return say(
            "story.concedes_in_part" if deed.part else _VERBS[deed.does], n=n, targets=_mentions(deed.targets, 3)
        )

    def _addresses_own(self, deed: SpeechAct) -> bool:
        """Whether it speaks to nothing but what was said by those who speak."""
        speakers = {*self.turn.speakers}
        nodes = (self.debate.nodes[target] for target in deed.targets)
        return all(not node.attributed_to and speakers.issuperset(self.debate.speakers(node.id)) for node in nodes)


def _clauses(debate: Debate, turn: Turn, names: Mapping[str, str], group: Iterable[TurnPoint]) -> Iterator[_Clause]:
    """A clause for each point with reasons; points without that do the same in one."""

    def sort_key(telling: TurnPoint) -> tuple[tuple[SpeechAct, ...], str, bool, str]:
        node, alone = telling.node, not telling.reasons and not telling.recalled
        return telling.deeds, debate.nodes[node].certainty, telling.again, "" if alone else node

    for (deeds, _, again, _), grouped in groupby(group, key=sort_key):
        points = tuple(grouped)
        first, nodes = points[0], tuple(point.node for point in points)
        yield _Clause(debate, turn, names, deeds, nodes, first.reasons, first.behind, first.recalled, again)


class _Sentence(NamedTuple):
    """What was said on one question, or the part of it that a sentence holds."""

    who: tuple[str, ...]
    head_count: int
    """How many people they are, for the verb."""
    clauses: tuple[_Clause, ...]
    about: str
    """Empty for points that led to none."""
    follows: bool
    """Whether it goes on after a sentence on the same question."""

    def phrase(self, after: int, *, opens: bool) -> Phrase:
        """The sentence, which begins otherwise than those before it: mostly with the question."""
        opens = opens and not after
        n, first = self.head_count, self.clauses[0]
        could = bool(self.about) and not self.follows and self.about not in first.points
        leads = could and (opens or after > 0 or not first.mentions(self.about))
        clauses = Clauses(tuple(self._join_clauses(named=leads or self.follows)))
        if leads:
            key = "story.opens_on" if opens else _LEADS[after % len(_LEADS)]
            return say(key, n=n, who=self.who, said=clauses, about=NodeMention(self.about))
        plain = "story.opens" if opens else "story.says"
        return say("story.adds" if self.follows else plain, n=n, who=self.who, said=clauses)

    def _join_clauses(self, *, named: bool) -> Iterator[Phrase]:
        """The clauses; what is granted stands with what is held against it. A question that was named is not named again."""
        granted: Phrase | None = None
        again = 0  # a sentence that follows says "also" by itself
        for number, clause in enumerate(self.clauses):
            adds = self.follows and number == 0  # "also" stands before it
            phrase = clause.phrase(self.about if named else "", again=0 if adds else again)
            again += clause.speaks_to(self.about)
            named = named or clause.mentions(self.about)
            if granted is not None:
                phrase, granted = say("story.but", first=granted, second=phrase), None
            elif clause.grants and not clause.objects and any(c.objects for c in self.clauses[number + 1 : number + 2]):
                granted = phrase
            if granted is None:
                yield phrase


def _reason_part(reason: Reason) -> MessagePart:
    """A reason with what carries it only together with it."""
    named = NodeMention(reason.node)
    return say("story.together", reason=named, linked=_mentions(reason.linked, _IN_A_ROW)) if reason.linked else named


def _mentions(points: tuple[str, ...], most: int) -> tuple[MessagePart, ...]:
    """The first of several points, and how many more there are."""
    return first_of([*map(NodeMention, points)], most, "story.more")


_VERBS = {
    "asks": "story.asks",
    "answers": "story.answers",
    "concedes": "story.concedes",
    "disowns": "story.disowns",
    "retracts": "story.retracts",
    "dissolves": "story.dissolves",
    "attacks": "story.attacks",
    "undercuts": "story.undercuts_argument",
    "replies_to": "story.replies",
    "supports": "story.supports",
    "qualifies": "story.qualifies",
    "restates": "story.restates",
}
_SURE = {
    "tentative": "story.tentative",
    "speculative": "story.speculative",
    "arguendo": "story.supposed",
    "mentioned": "story.mentioned",
}
_HELD = {
    "tentative": "story.leans",
    "speculative": "story.raises",
    "arguendo": "story.supposes",
    "mentioned": "story.mentions",
}
_AGAIN = ("story.answers_too", "story.answers_more")
_LEADS = ("story.on", "story.as_to", "story.turns_to")

# -- what a turn changed -----------------------------------------------------------------------------------------------


def change_sentences(milestones: Iterable[Milestone]) -> tuple[Phrase, ...]:
    """What a turn changed, what changed alike in one sentence."""
    keys = list(dict.fromkeys(_CHANGES.values()))
    ordered = sorted(
        ((_CHANGES[milestone.what], milestone.node) for milestone in milestones),
        key=lambda change: keys.index(change[0]),
    )
    groups = ((key, tuple(node for _, node in group)) for key, group in groupby(ordered, key=lambda change: change[0]))
    return tuple(say(key, n=len(nodes), points=_mentions(nodes, _IN_A_ROW)) for key, nodes in groups)


_CHANGES = {
    OPENED: "story.opened",
    "terminological": "story.settled_by_words",
    "misread": "story.settled_as_misread",
    "agreed": "story.settled_by_agreement",
    "conceded": "story.settled_by_concession",
    "now in": "story.stands",
    "again in": "story.stands_again",
    "out undecided": "story.undecided",
    "in undecided": "story.undecided",
    "in out": "story.stands_no_longer",
    "undecided out": "story.falls",
}
