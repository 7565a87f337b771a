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

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.former import former_ids
from kb.mentions import UnknownName, creation_hint, mentions, unknown_name_problems
from kb.spelling import rewriting
from kb.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.mentions import Mention

SEVERITY = "error"
FIX = "sometimes"
READS = {"id", "source", "sources/", "terms/", "rejected"}
LOCAL_WHILE_CLEAN = True


def check(debate: Debate) -> Iterator[Problem]:
    """Look up every source that is cited."""
    cited: dict[str, list[Mention]] = defaultdict(list)
    for citation, places in mentions(debate).citations():
        cited[citation.source].extend(places)
    for name, places in cited.items():
        if name not in debate.sources and name not in debate.rejected:
            message, create = f"no source is called `{name}`", creation_hint("sources", name, "title")
            passage = _likely_passage(debate, name)
            if passage is not None:
                yield from _passage_problems(message, places, passage)
                continue
            near = nearest(name, debate.sources)
            what = UnknownName(name, debate.sources, near, former_ids(debate).sources.get(name))
            yield from unknown_name_problems(message, places, what, used=near in cited, create=create)


def _likely_passage(debate: Debate, name: str) -> str | None:
    """The passage that is meant by its id alone, or by a source and a passage that are joined otherwise than by a space."""
    joined = ((name[: sign.start()], name[sign.end() :]) for sign in _JOINED.finditer(name))
    alone = ((source, name) for source in debate.sources)
    places = [place for place in (*joined, *alone) if place in debate.passages]
    return " ".join(places[0]) if len(places) == 1 else None


_JOINED = re.compile(r"[^A-Za-z0-9]")


def _passage_problems(message: str, places: list[Mention], passage: str) -> Iterator[Problem]:
    for mention in places:
        written = mention.record.written(*mention.path)
        fix = rewriting(mention.place, written, passage, safe=False)
        yield Problem(mention.place, message, f"did you mean `{passage}`?", mention.owner, fix=fix)
