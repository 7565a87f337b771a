"""Atom feeds (RFC 4287): the points last said, so that those who follow a debate or one of its questions see what is new.

No clock is asked: a point is as old as the passage that it was said in. One without a date counts as said with what it responds to.
"""

from __future__ import annotations

import hashlib
from calendar import monthrange, timegm
from functools import lru_cache
from heapq import nlargest
from html import escape
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from kb.catalogue import key_of
from kb.dates import DATE
from kb.former import former_ids
from kb.memory import once
from kb.output.links import Output
from kb.parted import by_part, each, jointly, near, whole
from kb.publishing import addresses
from kb.publishing.bearings import bearings, used_for
from kb.publishing.cards import citations, label, person
from kb.publishing.markup import inline
from kb.publishing.messages import debate_title, interface_words, language_tag
from kb.queries.thread import threads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kb.debate import Debate
    from kb.model import Node
    from kb.publishing.bearings import Bearing

_MOST = 20
"""How many points the feed of a question has."""


def feed(
    debate: Debate, path: str, page: str, name: str, nodes: Iterable[str], most: int, first_path: str = ""
) -> Output:
    """The feed of some points; each entry names its speakers, and the author of the feed is the debate.

    Its lasting id is made of its `first_path`, if it had another address, so that feed readers know it again.
    """
    seconds, order = each(debate, _seconds(debate)), debate.order
    latest = nlargest(most, nodes, key=lambda n: (seconds[n], order[n]))
    site = addresses.site_url(debate.settings.url)
    base = site or addresses.root(path)
    page_url = addresses.canonical_url(debate.settings.url, page) or base + page
    self_link = f'<link rel="self" type="application/atom+xml" href="{escape(site + path)}"/>\n' if site else ""
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language_tag(debate.settings.language)}">\n'
        f"<id>{_lasting_id(debate, first_path or path)}</id>\n<title>{escape(name)}</title>\n"
        f"<updated>{(_date(debate, latest[0]) if latest else _NO_DATE).text}</updated>\n"
        f"<author><name>{escape(debate_title(debate))}</name></author>\n"
        f'{self_link}<link rel="alternate" type="text/html" href="{escape(page_url)}"/>\n'
    )
    return Output(path, "".join([head, *(_entry(debate, n, base) for n in latest), "</feed>\n"]).encode())


def question_feed(debate: Debate, question: Node) -> Output:
    """The feed of a question: what was last said that leads to it."""
    name, path = f"{label(debate, question.id)} · {debate_title(debate)}", addresses.feed(question.id)
    first_path = addresses.feed(_first_id(debate, question))
    return feed(debate, path, addresses.node(question.id), name, _points_below(debate, question.id), _MOST, first_path)


def _points_below(debate: Debate, question: str) -> set[str]:
    """Every point that leads to a question."""
    below, queue = {question}, [question]
    while queue:
        new = {response.node for response in threads(debate).responses(queue.pop())} - below
        below |= new
        queue += new
    return below - {question}


def _entry(debate: Debate, node_id: str, base: str) -> str:
    """A point; an entry depends only on the part of the debate around it."""
    return "".join(jointly(debate, (__name__, node_id, base), [node_id], lambda: [_entry_xml(debate, node_id, base)]))


def _entry_xml(debate: Debate, node_id: str, base: str) -> str:
    """Who says it and where, what it responds to, and its words."""
    node = debate.nodes[node_id]
    speakers = (person(debate, s).name for s in debate.speakers(node_id))
    authors = "".join(f"<author><name>{escape(name)}</name></author>\n" for name in speakers)
    return (
        f"<entry>\n<id>{_lasting_id(debate, addresses.node(_first_id(debate, node)))}</id>\n<title>{escape(label(debate, node_id))}</title>\n"
        f"<updated>{_date(debate, node_id).text}</updated>\n{authors}"
        f'<category term="{node.kind}"/>\n<link rel="alternate" type="text/html" href="{escape(base + addresses.node(node_id))}"/>\n'
        f'<content type="html">{escape(_entry_html(debate, node_id, base))}</content>\n</entry>\n'
    )


def _entry_html(debate: Debate, node_id: str, base: str) -> str:
    """The point as HTML: how far it is its speakers' own, what it does to others, its words and its passages."""
    node = debate.nodes[node_id]
    paragraphs = [f"<p>{inline(node.text or node.label or node_id)}</p>", *_commitment_html(debate, node, base)]
    paragraphs += [
        f"<p>{_relation_words(debate, bearing)}: {_target_links(debate, bearing, base)}</p>"
        for bearing in chain(bearings(debate, node), used_for(debate, node))
    ]
    places = ", ".join(_link_html(base + link.href, link.name) for link in citations(debate, node.citations))
    return "".join([*paragraphs, f"<p>{places}</p>" if places else ""])


def _commitment_html(debate: Debate, node: Node, base: str) -> Iterator[str]:
    """How far its speakers stand behind a point, and whose view they report, unless it is simply theirs."""
    say = interface_words(debate).say
    remarks = [] if node.certainty == "asserted" else [say(key_of("certainty", node.certainty))]
    if node.attributed_to:
        links = (person(debate, who) for who in node.attributed_to)
        people = say("list.next").join(_link_html(base + link.href, link.name) for link in links)
        remarks.append(say("node.attributed", people=people))
    if remarks:
        yield f"<p>{say('list.next').join(remarks)}</p>"


def _relation_words(debate: Debate, bearing: Bearing) -> str:
    """What a point does, and whether it does so only in part."""
    say = interface_words(debate).say
    relation = say(key_of("relation", bearing.tie.name))
    return f"{relation} {say('node.in_part')}" if bearing.part else relation


def _target_links(debate: Debate, bearing: Bearing, base: str) -> str:
    """What a point bears on: a node, or for an undercut both ends of the step it denies; and with which linked premises."""
    say = interface_words(debate).say
    ends = [bearing.target] if bearing.step is None else [bearing.step[0], bearing.target]
    target = " → ".join(_link_html(base + addresses.node(end), label(debate, end)) for end in ends)
    linked = say("list.next").join(_link_html(base + other.href, other.name) for other in bearing.linked)
    return say("list.next").join([target, say("node.together", points=linked)]) if linked else target


def _link_html(href: str, name: str) -> str:
    return f'<a href="{escape(href)}">{escape(name)}</a>'


def _first_id(debate: Debate, node: Node) -> str:
    """The first id of a node: feed readers must not show it as new because it has another id now.

    A former id that another record has or claims is passed over: no two entries of a feed may have one id.
    """
    return next((old for old in node.formerly if former_ids(debate).nodes.get(old) == node.id), node.id)


def _lasting_id(debate: Debate, path: str) -> str:
    """An id that nothing else in the world has, the same in every build: a UUID (RFC 9562, version 5) of the address of the page."""
    where = addresses.site_url(debate.settings.url) or f"{debate.settings.title}\n"
    uuid = bytearray(hashlib.sha1(_URLS + (where + path).encode(), usedforsecurity=False).digest()[:16])
    uuid[6] = uuid[6] & 0x0F | 0x50
    uuid[8] = uuid[8] & 0x3F | 0x80
    digits = uuid.hex()
    return f"urn:uuid:{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


_URLS = bytes.fromhex("6ba7b8119dad11d180b400c04fd430c8")
"""The name space of addresses."""


# -- dates ---------------------------------------------------------------------------------------------------------------


class _Moment(NamedTuple):
    """When something was said: in seconds, which put moments of different time zones in order, and as RFC 3339 writes it."""

    seconds: int
    text: str


_NO_DATE = _Moment(0, "1970-01-01T00:00:00Z")
"""For a debate without any date."""


def _date(debate: Debate, node_id: str) -> _Moment:
    """When a point was said."""
    return _dates(near(debate, node_id))[node_id]


@by_part
def _seconds(debate: Debate) -> Sequence[int]:
    """When each point of a part was said, in seconds."""
    return [_dates(debate)[node_id].seconds for node_id in debate.nodes]


@once
def _dates(debate: Debate) -> Mapping[str, _Moment]:
    """When each point of a part was said."""
    dates: dict[str, _Moment] = {}
    for node_id in sorted(debate.nodes, key=debate.depths.__getitem__):
        date = _passage_date(debate, node_id) or max(
            (dates[end] for end in debate.ends(node_id) if end in dates), default=None
        )
        if date:
            dates[node_id] = date
    return {node_id: dates.get(node_id) or _earliest_date(whole(debate)) for node_id in debate.nodes}


def _passage_date(debate: Debate, node_id: str) -> _Moment | None:
    """The date of the passage in which a point was said; None if neither that nor its source has one."""
    cited = debate.first_citation(debate.nodes[node_id].citations)
    if cited is None or cited.source not in debate.sources:
        return None
    passage = debate.passages.get((cited.source, cited.passage or ""))
    return _moment(passage.date if passage else None) or _moment(debate.sources[cited.source].date)


@once
def _earliest_date(debate: Debate) -> _Moment:
    """The first date in the sources."""
    sources = debate.sources.values()
    written = chain((s.date for s in sources), (passage.date for s in sources for passage in s.passages))
    return min(filter(None, map(_moment, written)), default=_NO_DATE)


@lru_cache(maxsize=1_024)
def _moment(written: str | None) -> _Moment | None:
    """A date with or without a time, to the second; what is missing is taken as the earliest. None for a date that no calendar has."""
    match = DATE.match(written or "")
    if match is None:
        return None
    year, month, day = (int(part or 1) for part in match.group(1, 2, 3))
    if not year or not 1 <= day <= monthrange(year, month)[1]:
        return None
    clock, zone = (match[4] or "00:00") + (match[5] or ":00"), match[6] or "Z"
    hours, minutes, seconds = map(int, clock.split(":"))
    east, ahead = (0, 0) if zone == "Z" else (int(f"{zone[0]}{zone[1:3]}"), int(f"{zone[0]}{zone[4:]}"))
    moment = timegm((year, month, day, hours - east, minutes - ahead, seconds))
    return _Moment(moment, f"{year:04}-{month:02}-{day:02}T{clock}{zone}")
