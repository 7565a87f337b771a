"""A term of the glossary is used by no node.

Readers meet the term only in the glossary, and the senses it tells apart are never put to work: list it under `terms` of the points
that turn on it. Another entry's `see_also` counts as use.

Bad:

    ## terms/blue.yaml
    term: blue    # <- unused-term
    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.

Good:

    ## terms/blue.yaml
    term: blue
    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
    terms: blue
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
READS = {"id", "terms", "terms/", "rejected"}


def check(debate: Debate) -> Iterator[Problem]:
    """Compare the glossary with the terms that are named, rightly or misspelt."""
    if debate.rejected:
        return  # what was not read may name them
    named = {name.partition("/")[0] for name in mentions(debate).terms}
    unused = debate.terms.keys() - named
    misspelt = {nearest(name, debate.terms) for name in named - debate.terms.keys()} if unused else set()
    for name in sorted(unused - misspelt):
        term = debate.terms[name]
        message = f"no node uses the term `{name}`"
        yield Problem(term.place("term"), message, f"list it under `terms` of a node, or delete {term.file}", name)
