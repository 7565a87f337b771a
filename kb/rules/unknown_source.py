"""A source is cited that has no record in `sources/`.

Nobody can check the point against a text that is not named. A misspelt id is shown wherever it stands; a record that is missing
altogether once, with the other places beside it.

Bad:

    ## sources/letter.yaml
    title: A letter
    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
    source: [letter, leter]    # <- unknown-source

Good:

    ## sources/letter.yaml
    title: A letter
    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
    source: letter
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.mentions import mentions, to_create
from kb.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.mentions import Mention

SEVERITY = "error"


def check(debate: Debate) -> Iterator[Problem]:
    """Look up every source that is cited."""
    unknown: dict[str, list[Mention]] = defaultdict(list)
    for citation, places in mentions(debate).citations():
        if citation.source not in debate.sources and citation.source not in debate.rejected:
            unknown[citation.source].extend(places)
    for name, places in unknown.items():
        yield from _problems(debate, name, places)


def _problems(debate: Debate, name: str, places: list[Mention]) -> Iterator[Problem]:
    message = f"no source is called `{name}`"
    near = nearest(name, debate.sources)
    if near:
        for mention in places:
            yield Problem(mention.place, message, f"did you mean `{near}`?", mention.owner)
        return
    first, *rest = places
    also = tuple((*mention.place, "also cited here") for mention in rest[:3])
    more = f"; cited in {len(rest)} more places" if len(rest) > 1 else ""
    yield Problem(first.place, message + more, to_create("sources", name, "title"), first.owner, also)
