"""A passage is neither cited nor skipped.

What it says is missing from the map, and nobody can tell whether that was decided or overlooked. Cite it (each item of a run-together
list, or the list as a whole), or say under `skip` in a few words why it carries no point of the debate.

Bad:

    ## sources/letter.yaml
    title: A letter
    passages:
      - id: p1
      - id: p2    # <- unused-passage
      - id: p3    # <- unused-passage
        items: 2
    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
    source: [letter p1, letter p3.1]

Good:

    ## sources/letter.yaml
    title: A letter
    passages:
      - id: p1
      - id: p2
        skip: greeting
      - id: p3
        items: 2
    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
    source: [letter p1, letter p3.1, letter p3.2]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.mentions import mentions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.model import Passage

SEVERITY = "warning"
READS = {"id", "source", "sources/", "terms/", "rejected"}


def check(debate: Debate) -> Iterator[Problem]:
    """Compare the passages of every cited source with what nodes cite."""
    if debate.rejected:
        return  # what was not read may cite them
    cited: dict[str, set[str]] = {}
    for citation in mentions(debate).cited_by_nodes:
        cited.setdefault(citation.source, set()).add(citation.passage or "")
    for source in debate.sources.values():
        mentions_of_source = cited.get(source.id)
        if mentions_of_source is None or any(
            name and (source.id, name) not in debate.passages for name in mentions_of_source
        ):
            continue  # nothing of it is cited, or a misspelt passage may be the one that is missing
        for passage in source.passages:
            missing = _missing_text(passage, mentions_of_source)
            if missing:
                message = f"nobody cites {missing} of `{source.id}`"
                yield Problem(passage.place("id"), message, "cite it, or say why not under `skip`", source.id)


def _missing_text(passage: Passage, cited: set[str]) -> str:
    """What of a passage is neither cited nor skipped, in words; empty if nothing."""
    if passage.skip or passage.id in cited:
        return ""
    items = [item for item, name in enumerate(passage.item_ids(), 1) if name not in cited]
    if passage.items and len(items) < passage.items:
        listed = ", ".join(map(str, items[:10]))
        return f"item{'s' if len(items) > 1 else ''} {listed} of `{passage.id}`" if items else ""
    return f"`{passage.id}`"
