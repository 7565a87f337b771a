"""One speaker's passages carry far fewer points than those of the others.

A map that brings out every turn of one side and sums the other up is unfair, however true each node is, and nobody sees it:
coverage only asks whether a passage is cited at all. The rule compares how many points a speaker has for each passage with how
many everybody else in the same source has; less than a third is reported, once both sides have spoken in four passages. Passages
marked `skip` do not count. Short passages may well carry less: then an `allow` says so.

Bad:

    ## sources/talk.yaml
    title: A talk
    passages:
      - {id: p1, by: ada}    # <- thinly-mapped
      - {id: p2, by: bo}
      - {id: p3, by: ada}
      - {id: p4, by: bo}
      - {id: p5, by: ada}
      - {id: p6, by: bo}
      - {id: p7, by: ada}
      - {id: p8, by: bo}
    ## participants/ada.yaml
    name: Ada
    ## participants/bo.yaml
    name: Bo
    ## talk/points.yaml
    id: everything-ada-says
    kind: claim
    text: The harbour should be closed.
    source: [talk p1, talk p3, talk p5, talk p7]
    ---
    id: ships-bring-work
    kind: claim
    text: The ships bring work.
    source: talk p2
    ---
    id: cranes-are-new
    kind: claim
    text: The cranes are new.
    source: talk p4
    ---
    id: town-grew-with-it
    kind: claim
    text: The town grew with its harbour.
    source: talk p6
    ---
    id: trains-are-full
    kind: claim
    text: The trains are full already.
    source: talk p8

Good:

    ## sources/talk.yaml
    title: A talk
    passages:
      - {id: p1, by: ada}
      - {id: p2, by: bo}
      - {id: p3, by: ada, skip: a greeting}
      - {id: p4, by: bo}
      - {id: p5, by: ada, skip: about the weather}
      - {id: p6, by: bo}
      - {id: p7, by: ada, skip: thanks}
      - {id: p8, by: bo}
    ## participants/ada.yaml
    name: Ada
    ## participants/bo.yaml
    name: Bo
    ## talk/points.yaml
    id: everything-ada-says
    kind: claim
    text: The harbour should be closed.
    source: talk p1
    ---
    id: ships-bring-work
    kind: claim
    text: The ships bring work.
    source: talk p2
    ---
    id: cranes-are-new
    kind: claim
    text: The cranes are new.
    source: talk p4
    ---
    id: town-grew-with-it
    kind: claim
    text: The town grew with its harbour.
    source: talk p6
    ---
    id: trains-are-full
    kind: claim
    text: The trains are full already.
    source: talk p8
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.linting.scope import STRUCTURE
from kb.mentions import mentions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.debate import Debate
    from kb.model import Passage, Source

SEVERITY = "info"
PROFILE = "pedantic"
READS = STRUCTURE | {"rejected"}

_ENOUGH = 4
"""Passages from which on a share says something."""
_FEWER = 3
"""Times as many points the others must have."""


def check(debate: Debate) -> Iterator[Problem]:
    """Count points and passages of every speaker in every source."""
    if debate.rejected:
        return  # what was not read may carry points
    points = _point_counts(debate)
    for source in debate.sources.values():
        passages: Counter[str] = Counter()
        for passage in source.passages:
            passages.update(dict.fromkeys(_speakers_to_map(passage), max(1, passage.items)))
        total = sum(passages.values())
        carried = sum(points[source.id, speaker] for speaker in passages)
        for speaker, own in sorted(passages.items()):
            others, mine = total - own, points[source.id, speaker]
            if min(own, others) >= _ENOUGH and _FEWER * mine * others < (carried - mine) * own:
                yield _problem(source, speaker, (mine, own), (carried - mine, others))


def _point_counts(debate: Debate) -> Mapping[tuple[str, str], int]:
    """How many nodes each speaker has in each source."""
    said = {
        (citation.source, speaker, mention.owner)
        for citation, found in mentions(debate).cited_by_nodes.items()
        for speaker in debate.speakers_of((citation,))
        for mention in found
    }
    return Counter((source, speaker) for source, speaker, _ in said)


def _speakers_to_map(passage: Passage) -> tuple[str, ...]:
    """Who speaks in a passage that is to carry points."""
    return () if passage.skip else passage.by


def _problem(source: Source, speaker: str, own: tuple[int, int], others: tuple[int, int]) -> Problem:
    message = f"`{speaker}` has {_share_text(own)} of `{source.id}`, everybody else {_share_text(others)}"
    first = next(p for p in source.passages if speaker in _speakers_to_map(p))
    return Problem(
        first.place("id"), message, f"read the passages of `{speaker}` again for what is not on the map", source.id
    )


def _share_text(count: tuple[int, int]) -> str:
    points, passages = count
    return f"{points} point{'s' * (points != 1)} from {passages} passages"
