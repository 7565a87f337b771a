"""A source is cited that has no record in `sources/`.

Nobody can check the point against a text that is not named. A misspelt id is shown wherever it stands; a record that is missing
altogether once, with the other places beside it.

Bad:

    ## sources/letter.yaml
    title: A letter
    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
    source: leter    # <- unknown-source

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

from kb.mentions import Unknown, mentions, to_create, unknown
from kb.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.finding import Problem
    from kb.mentions import Mention

SEVERITY = "error"
FIX = "sometimes"
READS = {"id", "source", "sources/", "terms/", "rejected"}


def check(debate: Debate) -> Iterator[Problem]:
    """Look up every source that is cited."""
    cited: dict[str, list[Mention]] = defaultdict(list)
    for citation, places in mentions(debate).citations():
        cited[citation.source].extend(places)
    for name, places in cited.items():
        if name not in debate.sources and name not in debate.rejected:
            near = nearest(name, debate.sources)
            message, create = f"no source is called `{name}`", to_create("sources", name, "title")
            yield from unknown(message, places, Unknown(name, debate.sources, near), used=near in cited, create=create)
