"""What a page says of a node in brief, the same wherever it is met: who says it, how surely, whether it stands, and the point itself."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import astuple
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kb.evaluate import Judgement, judgements
from kb.mapping.chart import style_of
from kb.memory import once, once_each
from kb.parted import whole
from kb.publishing import addresses
from kb.publishing.dependencies import by_citations
from kb.publishing.markup import clean, inline, plain, shorten, unlinked, visible, with_direction
from kb.publishing.messages import interface_words
from kb.publishing.passage_pages import passage_address
from kb.queries.coverage import Summary, source_rows, summary
from kb.queries.telling import Name, NodeMention, render_part

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from markupsafe import Markup

    from kb.debate import Debate
    from kb.model import Citation, Node, Source
    from kb.queries.telling import MessagePart

STATUS_SIGNS = {
    "supposed": "~",
    "unheld": "\N{EN DASH}",
    "unchallenged": "○",
    "stands": "●",
    "undecided": "◐",
    "unanswered": "…",
    "unsupported": "▽",
    "defeated": "\N{MULTIPLICATION SIGN}",
}
"""A sign beside each status, so that a glance down a list is enough; the word always stands next to it. The stylesheet has them, too."""
STYLE_SIGNS = {"for": "+", "against": "\N{MINUS SIGN}", "undercut": "≠", "neutral": "→"}
"""A sign beside the word of a relation, by its line style. The stylesheet has them, too."""
_LONGEST_LABEL = 90
_SENTENCE_ENDS = ("?", "!")
"""Characters that end a sentence as a full stop does."""
_INNER_QUOTES = str.maketrans(
    {
        "\N{LEFT DOUBLE QUOTATION MARK}": "\N{LEFT SINGLE QUOTATION MARK}",
        "\N{RIGHT DOUBLE QUOTATION MARK}": "\N{RIGHT SINGLE QUOTATION MARK}",
        "\N{DOUBLE LOW-9 QUOTATION MARK}": "\N{SINGLE LOW-9 QUOTATION MARK}",
        '"': "'",
    }
)
"""Quotation marks as they stand inside others."""
_WORD = re.compile(r"\w+")


class Link(NamedTuple):
    """A place on the site and what it is called; the parts of a sentence are such, too, and have no address if they are plain words."""

    href: str
    name: str
    named: bool = False
    """Whether it is somebody's name: its letters may run the other way than those of the sentence around it."""


class Status(NamedTuple):
    """A status and the verdict that colours it; the stylesheet adds its sign."""

    word: str
    verdict: str


class Tie(NamedTuple):
    """A relation with its line style."""

    name: str
    style: str


class Card(NamedTuple):
    """A node in brief."""

    href: str
    text: Markup
    speakers: tuple[str, ...]
    attributed_to: str
    """Whose view the speakers report, if it is not their own."""
    certainty: str
    status: Status | None


def card(debate: Debate, node_id: str) -> Card:
    """A node in brief."""
    node = debate.nodes[node_id]
    return Card(
        addresses.node(node_id),
        unlinked(node.text or node.label),
        short_names(debate, debate.speakers(node_id)),
        attributed_names(debate, node),
        "" if node.certainty == "asserted" else node.certainty,
        status(debate, node_id),
    )


def attributed_names(debate: Debate, node: Node) -> str:
    """Whose view the speakers of a point report, if it is not their own."""
    return interface_words(debate).say("list.next").join(short_names(debate, node.attributed_to))


def status(debate: Debate, node_id: str) -> Status | None:
    """The status of a node; None if it has none, as questions."""
    judgement = judgements(debate)[node_id]
    return None if judgement.status is None else _status(judgement)


@cache
def _status(judgement: Judgement) -> Status:
    return Status(judgement.status or "", judgement.verdict or "none")


@cache
def tie(relation: str) -> Tie:
    """A relation as it is told in front of the node that makes it."""
    return Tie(relation, style_of(relation))


def label(debate: Debate, node_id: str) -> str:
    """What a node is called in a heading, a list or a sentence."""
    return _shortened_label(debate.nodes[node_id].label, node_id)


@lru_cache(maxsize=4_096)
def _shortened_label(text: str, node_id: str) -> str:
    return with_direction(shorten(plain(text) or node_id, _LONGEST_LABEL))


@once_each
def link(debate: Debate, node_id: str) -> Link:
    """A link to a node by its label."""
    return Link(addresses.node(node_id), label(debate, node_id))


def kind_and_speakers(debate: Debate, node_id: str) -> str:
    """The kind of a node and who says it, in plain words."""
    who = short_names(debate, debate.speakers(node_id))
    return " · ".join([interface_words(debate).say(f"kind.{debate.nodes[node_id].kind}"), *who])


def person(debate: Debate, participant_id: str) -> Link:
    """A link to a participant by name."""
    links = _person_links(whole(debate))
    return links.get(participant_id) or Link(addresses.person(participant_id), participant_id)


@once
def _person_links(debate: Debate) -> Mapping[str, Link]:
    return {name: Link(addresses.person(name), clean(record.name)) for name, record in debate.participants.items()}


def short_names(debate: Debate, people: Iterable[str]) -> tuple[str, ...]:
    """The names of participants where there is little room."""
    short = short_names_by_id(debate)
    return tuple(short.get(who, who) for who in people)


def short_names_by_id(debate: Debate) -> Mapping[str, str]:
    """By participant the name without its part in brackets, unless this stands in another's name as well, or in brackets."""
    return _short_names_by_id(whole(debate))


@once
def _short_names_by_id(debate: Debate) -> Mapping[str, str]:
    full = {p: clean(record.name) or p for p, record in debate.participants.items()}
    short = {p: name.partition(" (")[0] or name for p, name in full.items()}
    counts = Counter(word for p, name in full.items() for word in {short[p], *_WORD.findall(name)})
    return {p: name if counts[name] == 1 else full[p] for p, name in short.items()}


def people(debate: Debate, ids: Iterable[str]) -> tuple[Link, ...]:
    """Links to participants; those without a record have no page and are left out."""
    return tuple(person(debate, i) for i in ids if i in debate.participants)


def citation(debate: Debate, cited: Citation) -> Link:
    """A link to the passage where something was said."""
    source = debate.sources.get(cited.source)
    return _citation_link(cited, passage_address(debate, cited), source.title if source is not None else None)


@lru_cache(maxsize=4_096)
def _citation_link(cited: Citation, place: str, title: str | None) -> Link:
    title = cited.source if title is None else clean(title)
    return Link(place, f"{title}, {cited.passage}" if cited.passage else title)


def citations(debate: Debate, cited: Iterable[Citation]) -> tuple[Link, ...]:
    """Links to the passages that exist; a source is named once where several of its passages follow each other."""
    links: list[Link] = []
    last = ""
    for c in cited:
        if c.source in debate.sources and (c.passage is None or (c.source, c.passage) in debate.passages):
            cited_in_full = citation(debate, c)
            links.append(cited_in_full._replace(name=c.passage) if c.passage and c.source == last else cited_in_full)
            last = c.source
    return tuple(links)


def sources_by_date(debate: Debate) -> list[Source]:
    """The documents of a debate, the oldest first."""
    return sorted(debate.sources.values(), key=lambda s: (s.date or "~", s.id))


@once
def coverage_by_source(debate: Debate) -> Mapping[str, Summary]:
    """By source, how many of its passages carry points, as `kb coverage` counts them."""
    return {source.id: Summary(*_coverage_counts(debate, source)) for source in debate.sources.values()}


@by_citations
def _coverage_counts(debate: Debate, source: Source) -> Sequence[int]:
    return astuple(summary(source_rows(debate, source)))


def topic(debate: Debate, topic_id: str) -> Link:
    """A link to a topic by its title."""
    record = debate.topics.get(topic_id)
    return Link(
        addresses.topic(topic_id),
        clean(record.title) if record else clean(topic_id) or interface_words(debate).say("topic.none"),
    )


def term(debate: Debate, name: str) -> Link | None:
    """A link to a term or a sense of it; None if there is none."""
    term_id, _, sense = name.partition("/")
    record = debate.terms.get(term_id)
    if record is None or (sense and all(s.id != sense for s in record.senses)):
        return None
    return Link(addresses.term(name), clean(record.term) + (f" ({sense_name(sense)})" if sense else ""))


def sense_name(sense_id: str) -> str:
    """What a sense is called: the words of its id."""
    return clean(sense_id).replace("-", " ")


def sentence_links(debate: Debate, sentence: MessagePart) -> tuple[Link, ...]:
    """What accounts say, in the language of the pages: plain words and names (without address) and the nodes that are named."""
    parts = render_part(sentence, interface_words(debate))
    words = [_quoted_link(debate, part.id) if isinstance(part, NodeMention) else _plain_words(part) for part in parts]
    for number, (word, after) in enumerate(pairwise(words), 1):
        if word.href and word.name.endswith(_SENTENCE_ENDS) and after.name.startswith("."):
            words[number] = after._replace(name=after.name[1:])
    return tuple(word for word in words if word.name)


def _quoted_link(debate: Debate, node_id: str) -> Link:
    """A link to a node that stands in quotation marks: without a full stop, and with single marks for those inside."""
    return _in_quotes(link(debate, node_id))


@lru_cache(maxsize=4_096)
def _in_quotes(quoted: Link) -> Link:
    name = quoted.name if quoted.name.endswith("..") else quoted.name.removesuffix(".")
    return quoted._replace(name=name.translate(_INNER_QUOTES))


@lru_cache(maxsize=4_096, typed=True)
def _plain_words(part: str) -> Link:
    """Plain words of a sentence."""
    return Link("", visible(part), named=isinstance(part, Name))


def prose(text: str | None) -> Markup | None:
    """A remark or description as HTML; None where there is none."""
    return inline(text) if text else None
