"""A text takes over more of its source's words than a quotation may.

A point is put in the editors' own words, so that it can be understood alone and fairly stands for what was meant; the source is
one click away. Of the source's words a text keeps those that matter as words. More than 25 in a row are the source itself: its
author may object, and readers have two texts to compare. The rule counts stretches in quotation marks and, where `sources/` keeps
the text of a passage, what stands in both word for word.

Bad:

    id: ferry-was-loved
    kind: claim
    text: >-    # <- long-quotation
      The report says "that on Sundays the old people of the quarter came down to the water in their best clothes, with cake and
      coffee for everybody who worked on board".

Bad:

    id: ferry-was-loved
    kind: claim
    text: >-    # <- long-quotation
      On Sundays the old people of the quarter came down to the water in their best clothes, with cake and coffee for everybody
      who worked on board.
    source: diary p1
    ## sources/diary.yaml
    title: Diary
    passages:
      - id: p1
        text: >-
          In those days it was usual that on Sundays the old people of the quarter came down to the water in their best clothes,
          with cake and coffee for everybody who worked on board.

Good:

    id: ferry-was-loved
    kind: claim
    text: For old people the ferry was an occasion, for which they put on "their best clothes".
    source: diary p1
    ## sources/diary.yaml
    title: Diary
    passages:
      - id: p1
        text: >-
          In those days it was usual that on Sundays the old people of the quarter came down to the water in their best clothes,
          with cake and coffee for everybody who worked on board.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.wording import bare_words, quotations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.model import Node

SEVERITY = "warning"
READS = {"id", "text", "source", "sources/"}
LOCAL = True

LONGEST = 25
"""Words: two lines. What is quoted for its wording is shorter as a rule, what is longer is read as the source."""


def check(debate: Debate) -> Iterator[Problem]:
    """Measure what is quoted, and what is taken over from the passages whose text is kept."""
    has_kept_text = any(passage.text for source in debate.sources.values() for passage in source.passages)
    for node in debate.nodes.values():
        count = max((len(bare_words(stretch)) for stretch in quotations(node.text)), default=0)
        if count > LONGEST:
            yield _problem(node, f"quotes {count} words in a row")
        elif has_kept_text and _copies_passage(debate, node):
            yield _problem(node, f"has more than {LONGEST} words in a row from a passage it cites")


def _copies_passage(debate: Debate, node: Node) -> bool:
    """Whether a text and a passage it cites have so long a stretch in common."""
    own = _stretches(node.text)
    passages = (debate.passages.get((c.source, c.passage or "")) for c in node.citations) if own else ()
    return any(not own.isdisjoint(_stretches(passage.text)) for passage in passages if passage and passage.text)


def _stretches(text: str) -> set[tuple[str, ...]]:
    """All stretches of a text that are just too long to be quoted."""
    words = bare_words(text)
    return {tuple(words[start : start + LONGEST + 1]) for start in range(len(words) - LONGEST)}


def _problem(node: Node, what: str) -> Problem:
    message = f"the text of `{node.id}` {what}; {LONGEST} are enough for a quotation"
    return Problem(node.place("text"), message, "say it in your own words, and quote what matters as wording", node.id)
