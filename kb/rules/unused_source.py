"""A source is cited by no node.

It is announced as part of the debate, but nothing on the site leads to it. Map it, or delete its record. Once a node cites it, its passages
are checked one by one.

Bad:

    ## sources/letter.yaml
    title: A letter    # <- unused-source
    passages:
      - id: p1
      - id: p2
    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.

Good:

    ## sources/letter.yaml
    title: A letter
    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
    source: letter
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.mentions import mentions
from kb.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

SEVERITY = "info"
READS = {"id", "source", "sources/", "terms/", "rejected"}


def check(debate: Debate) -> Iterator[Problem]:
    """Compare the sources with those that nodes cite, rightly or misspelt."""
    if debate.rejected:
        return  # what was not read may cite them
    cited = {citation.source for citation in mentions(debate).cited_by_nodes}
    unused = debate.sources.keys() - cited
    misspelt = {nearest(name, debate.sources) for name in cited - debate.sources.keys()} if unused else set()
    for name in sorted(unused - misspelt):
        source = debate.sources[name]
        yield Problem(source.place("title"), f"no node cites `{name}`", f"map it, or delete {source.file}", name)
