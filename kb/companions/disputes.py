"""What the filters on the list of disagreements know of all its pages: `search/disputes.js`, as small as it can be."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kb.catalogue import key_of
from kb.disagreements import disagreements
from kb.indexed import topics
from kb.output.links import Output
from kb.publishing.cards import person, topic
from kb.publishing.dependencies import STRUCTURE
from kb.publishing.disputes import A_PAGE
from kb.publishing.messages import interface_words
from kb.queries.participants import in_display_order
from kb.vocabulary import STATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kb.debate import Debate

READS = STRUCTURE

_MESSAGES = ("open.unsettled", "open.settled", "filter.told", "filter.nothing", "search.more")
"""What the script says, by the keys of the catalogue."""


def files(debate: Debate) -> Iterator[Output]:
    """One file: what readers can choose from, and a row for each disagreement in the order of the list."""
    ranked, say = disagreements(debate), interface_words(debate).say
    involved = {who for row in ranked for who in (*row.members, *row.owed_by)}
    people = {who: place for place, who in enumerate(who for who in in_display_order(debate) if who in involved)}
    topic_of = topics(debate)
    used = {topic_of[row.id] for row in ranked}
    places = {name: place for place, name in enumerate(name for name in debate.topic_order if name in used)}
    states = [name for name in STATES if any(row.state == name for row in ranked)]
    content = {
        "page": A_PAGE,
        "say": {key.partition(".")[2]: say(key) for key in _MESSAGES},
        "state": [[name, say(key_of("state", name))] for name in states],
        "by": [[who, person(debate, who).name] for who in people],
        "topic": [[name, topic(debate, name).name] for name in places],
        "settled": [states.index(name) for name in states if STATES[name].settled],
        "rows": [
            [
                row.id,
                states.index(row.state),
                _places(people, row.members),
                _places(people, row.owed_by),
                places[topic_of[row.id]],
            ]
            for row in ranked
        ],
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    yield Output("search/disputes.js", f'finding.take("disputes",{text})\n'.encode())


def _places(people: Mapping[str, int], chosen: Iterable[str]) -> list[int]:
    """People by their places in the list of people; those without a record are not in it."""
    return sorted(people[who] for who in chosen if who in people)
