"""A passage is cited and skipped at once.

`skip` says that a passage carries no point of the debate; a node that cites it says that it does. One of them is out of date.

Bad:

    ## sources/letter.yaml
    title: A letter
    passages:
      - id: p1
        skip: greeting    # <- skipped-but-cited
    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
    source: letter p1

Good:

    ## sources/letter.yaml
    title: A letter
    passages:
      - id: p1
    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
    source: letter p1
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.mentions import mentions
from kb.model import Citation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.mentions import Mention
    from kb.model import Passage, Source

SEVERITY = "warning"
READS = {"id", "source", "sources/"}


def check(debate: Debate) -> Iterator[Problem]:
    """Look for citations of passages that are skipped."""
    for source in debate.sources.values():
        for passage in source.passages:
            places = _citing_mentions(debate, source, passage) if passage.skip else []
            if places:
                nodes = list(dict.fromkeys(f"`{mention.owner}`" for mention in places))
                verb = "cites" if len(nodes) == 1 else "cite"
                message = f"{' and '.join(nodes[:3])} {verb} `{passage.id}` of `{source.id}`, which is skipped"
                also = tuple((*mention.place, "cited here") for mention in places[:3])
                yield Problem(passage.place("skip"), message, "remove `skip`, or the citation", source.id, also)


def _citing_mentions(debate: Debate, source: Source, passage: Passage) -> list[Mention]:
    """Where a passage or an item of it is cited."""
    names = [passage.id, *passage.item_ids()]
    cited = mentions(debate).cited_by_nodes
    return [mention for name in names for mention in cited.get(Citation(source.id, name), ())]
