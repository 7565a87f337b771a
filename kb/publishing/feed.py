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
from kb.publishing.messages import spoken, tag, title
from kb.queries.thread import threads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kb.debate import Debate
    from kb.model import Node
    from kb.publishing.bearings import Bearing

_MOST = 20
"""How many points the feed of a question has."""


def feed(debate: Debate, path: str, page: str, called: str, nodes: Iterable[str], most: int, first: str = "") -> Output:
    """The feed of some points; each entry names its speakers, and the author of the feed is the debate.

    Its lasting id is made of the address it had `first`, if that was another, so that feed readers know it again.
    """
    seconds, order = each(debate, _seconds(debate)), debate.order
    latest = nlargest(most, nodes, key=lambda n: (seconds[n], order[n]))
    site = addresses.published(debate.settings.url)
    base = site or addresses.root(path)
    told = addresses.canonical(debate.settings.url, page) or base + page
    own = f'<link rel="self" type="application/atom+xml" href="{escape(site + path)}"/>\n' if site else ""
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{tag(debate.settings.language)}">\n'
        f"<id>{_lasting_id(debate, first or path)}</id>\n<title>{escape(called)}</title>\n"
        f"<updated>{(_date(debate, latest[0]) if latest else _NO_DATE).text}</updated>\n"
        f"<author><name>{escape(title(debate))}</name></author>\n"
        f'{own}<link rel="alternate" type="text/html" href="{escape(told)}"/>\n'
    )
    return Output(path, "".join([head, *(_entry(debate, n, base) for n in latest), "</feed>\n"]).encode())


def of_question(debate: Debate, question: Node) -> Output:
    """The feed of a question: what was last said that leads to it."""
    called, path = f"{label(debate, question.id)} · {title(debate)}", addresses.feed(question.id)
    first = addresses.feed(_first_id(debate, question))
    return feed(debate, path, addresses.node(question.id), called, _below(debate, question.id), _MOST, first)


def _below(debate: Debate, question: str) -> set[str]:
    """Every point that leads to a question."""
    found, waiting = {question}, [question]
    while waiting:
        new = {response.node for response in threads(debate).responses(waiting.pop())} - found
        found |= new
        waiting += new
    return found - {question}


def _entry(debate: Debate, node_id: str, base: str) -> str:
    """A point; an entry depends only on the part of the debate around it."""
    return "".join(jointly(debate, (__name__, node_id, base), [node_id], lambda: [_written(debate, node_id, base)]))


def _written(debate: Debate, node_id: str, base: str) -> str:
    """Who says it and where, what it responds to, and its words."""
    node = debate.nodes[node_id]
    speakers = (person(debate, s).name for s in debate.speakers(node_id))
    authors = "".join(f"<author><name>{escape(name)}</name></author>\n" for name in speakers)
    return (
        f"<entry>\n<id>{_lasting_id(debate, addresses.node(_first_id(debate, node)))}</id>\n<title>{escape(label(debate, node_id))}</title>\n"
        f"<updated>{_date(debate, node_id).text}</updated>\n{authors}"
        f'<category term="{node.kind}"/>\n<link rel="alternate" type="text/html" href="{escape(base + addresses.node(node_id))}"/>\n'
        f'<content type="html">{escape(_told(debate, node_id, base))}</content>\n</entry>\n'
    )


def _told(debate: Debate, node_id: str, base: str) -> str:
    """The point as HTML: how far it is its speakers' own, what it does to others, its words and its passages."""
    node = debate.nodes[node_id]
    told = [f"<p>{inline(node.text or node.label or node_id)}</p>", *_not_own(debate, node, base)]
    told += [
        f"<p>{_does(debate, found)}: {_onto(debate, found, base)}</p>"
        for found in chain(bearings(debate, node), used_for(debate, node))
    ]
    places = ", ".join(_link(base + found.href, found.name) for found in citations(debate, node.citations))
    return "".join([*told, f"<p>{places}</p>" if places else ""])


def _not_own(debate: Debate, node: Node, base: str) -> Iterator[str]:
    """How far its speakers stand behind a point, and whose view they report, unless it is simply theirs."""
    say = spoken(debate).say
    told = [] if node.certainty == "asserted" else [say(key_of("certainty", node.certainty))]
    if node.attributed_to:
        links = (person(debate, who) for who in node.attributed_to)
        people = say("list.next").join(_link(base + found.href, found.name) for found in links)
        told.append(say("node.attributed", people=people))
    if told:
        yield f"<p>{say('list.next').join(told)}</p>"


def _does(debate: Debate, found: Bearing) -> str:
    """What a point does, and whether it does so only in part."""
    say = spoken(debate).say
    does = say(key_of("relation", found.tie.name))
    return f"{does} {say('node.in_part')}" if found.part else does


def _onto(debate: Debate, found: Bearing, base: str) -> str:
    """What a point bears on: a node, or for an undercut both ends of the step it denies; and with which linked premises."""
    say, ends = spoken(debate).say, [found.target] if found.step is None else [found.step[0], found.target]
    onto = " → ".join(_link(base + addresses.node(end), label(debate, end)) for end in ends)
    linked = say("list.next").join(_link(base + other.href, other.name) for other in found.linked)
    return say("list.next").join([onto, say("node.together", points=linked)]) if linked else onto


def _link(href: str, name: str) -> str:
    return f'<a href="{escape(href)}">{escape(name)}</a>'


def _first_id(debate: Debate, node: Node) -> str:
    """The first id of a node: feed readers must not show it as new because it has another id now.

    A former id that another record has or claims is passed over: no two entries of a feed may have one id.
    """
    return next((old for old in node.formerly if former_ids(debate).nodes.get(old) == node.id), node.id)


def _lasting_id(debate: Debate, path: str) -> str:
    """An id that nothing else in the world has, the same in every build: a UUID (RFC 9562, version 5) of the address of the page."""
    where = addresses.published(debate.settings.url) or f"{debate.settings.title}\n"
    made = bytearray(hashlib.sha1(_URLS + (where + path).encode(), usedforsecurity=False).digest()[:16])
    made[6] = made[6] & 0x0F | 0x50
    made[8] = made[8] & 0x3F | 0x80
    digits = made.hex()
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
    found: dict[str, _Moment] = {}
    for node_id in sorted(debate.nodes, key=debate.depths.__getitem__):
        said = _said(debate, node_id) or max((found[end] for end in debate.ends(node_id) if end in found), default=None)
        if said:
            found[node_id] = said
    return {node_id: found.get(node_id) or _first(whole(debate)) for node_id in debate.nodes}


def _said(debate: Debate, node_id: str) -> _Moment | None:
    """The date of the passage in which a point was said; None if neither that nor its source has one."""
    cited = debate.first_citation(debate.nodes[node_id].citations)
    if cited is None or cited.source not in debate.sources:
        return None
    passage = debate.passages.get((cited.source, cited.passage or ""))
    return _moment(passage.date if passage else None) or _moment(debate.sources[cited.source].date)


@once
def _first(debate: Debate) -> _Moment:
    """The first date in the sources."""
    sources = debate.sources.values()
    written = chain((s.date for s in sources), (passage.date for s in sources for passage in s.passages))
    return min(filter(None, map(_moment, written)), default=_NO_DATE)


@lru_cache(maxsize=1_024)
def _moment(written: str | None) -> _Moment | None:
    """A date with or without a time, to the second; what is missing is taken as the earliest. None for a date that no calendar has."""
    found = DATE.match(written or "")
    if found is None:
        return None
    year, month, day = (int(part or 1) for part in found.group(1, 2, 3))
    if not year or not 1 <= day <= monthrange(year, month)[1]:
        return None
    clock, zone = (found[4] or "00:00") + (found[5] or ":00"), found[6] or "Z"
    hours, minutes, seconds = map(int, clock.split(":"))
    east, ahead = (0, 0) if zone == "Z" else (int(f"{zone[0]}{zone[1:3]}"), int(f"{zone[0]}{zone[4:]}"))
    moment = timegm((year, month, day, hours - east, minutes - ahead, seconds))
    return _Moment(moment, f"{year:04}-{month:02}-{day:02}T{clock}{zone}")
