"""A former id belongs to something else.

`formerly` keeps the addresses of a published debate alive: what was called so leads to the record of today. That works only as long as
nothing else is called so, and one record alone claims to have been: else readers who follow an old link end at another point than
the one that was meant.

Bad:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    formerly: heaven-is-blue    # <- former-id-in-use
    ---
    id: heaven-is-blue
    kind: claim
    text: Heaven, if there is one, is blue.

Bad:

    id: light-scatters
    kind: claim
    text: Air scatters blue light more than red.
    formerly: scattering
    ---
    id: scattering-explains-it
    kind: claim
    text: Scattering explains the colour of the sky.
    formerly: [rayleigh, scattering]    # <- former-id-in-use

Good:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    formerly: heaven-is-blue
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.debate import Debate
    from kb.model import Node, Participant, Source, Term

SEVERITY = "error"
READS = {"id", "formerly", "sources/", "participants/", "terms/"}
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Look up every former id among the records of its kind."""
    yield from _problems_among(debate.nodes, "a node")
    yield from _problems_among(debate.sources, "a source")
    yield from _problems_among(debate.participants, "a participant")
    yield from _problems_among(debate.terms, "a term")


def _problems_among(
    records: Mapping[str, Node] | Mapping[str, Source | Participant | Term], what: str
) -> Iterator[Problem]:
    claimed: dict[str, str] = {}
    for record in records.values():
        for old in dict.fromkeys(record.formerly):
            place = record.place("formerly", record.formerly.index(old))
            first = claimed.setdefault(old, record.id)
            if old == record.id:
                yield Problem(place, f"`{old}` is what it is called now", "leave it out of `formerly`", record.id)
            elif old in records:
                help_text = "leave it out of `formerly`, or give the other another id"
                yield Problem(place, f"{what} is called `{old}` now", help_text, record.id)
            elif first != record.id:
                message = f"`{old}` is said to be a former id of `{first}`, too"
                yield Problem(place, message, "leave it to one of the two", record.id)
