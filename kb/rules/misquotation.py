"""A quotation is not in the source.

Words in quotation marks are taken for those of the source, and a debate about them is lost time where nobody wrote them. The rule
checks quotations of four words and more on nodes that cite sources of which `sources/` keeps the text of every passage; case,
punctuation and line breaks do not matter, omissions are marked `…`, insertions `[so]`. Peers that compare quotations with kept
copies ask for a field of its own for each; here the text is read.

Bad:

    id: ferry-was-loved
    kind: claim
    text: People waited for the ferry "in their very best clothes".    # <- misquotation
    source: diary p1
    ## sources/diary.yaml
    title: Diary
    passages:
      - id: p1
        text: They came down to the water in their best clothes and waited.

Good:

    id: ferry-was-loved
    kind: claim
    text: People "came down to the water … and waited" for the ferry.
    source: diary p1
    ## sources/diary.yaml
    title: Diary
    passages:
      - id: p1
        text: They came down to the water in their best clothes and waited.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.wording import bare_words, quotations

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.debate import Debate
    from kb.model import Node

SEVERITY = "warning"
READS = {"id", "text", "source", "sources/"}
LOCAL = True

_FEWEST = 4
"""Words from which on quotation marks mark a quotation, and not a word that is looked at."""
_LEFT_OUT = re.compile(r"\u2026|\.\.\.|\[[^\]]*\]")


def check(debate: Debate) -> Iterator[Problem]:
    """Look up every quotation in the sources that its node cites."""
    texts = _kept_texts(debate)
    if not texts:
        return
    for node in debate.nodes.values():
        cited = {citation.source: None for citation in node.citations}
        if cited and cited.keys() <= texts.keys():
            for stretch in quotations(node.text):
                if len(bare_words(stretch)) >= _FEWEST and not any(
                    _contains(texts[source], stretch) for source in cited
                ):
                    yield _problem(node, stretch, tuple(cited))


def _kept_texts(debate: Debate) -> Mapping[str, str]:
    """The words of the sources whose text is kept in full."""
    whole = (s for s in debate.sources.values() if s.passages and all(p.text or p.skip for p in s.passages))
    return {s.id: f" {' '.join(bare_words(' '.join(p.text or '' for p in s.passages)))} " for s in whole}


def _contains(source: str, stretch: str) -> bool:
    """Whether a source has what a quotation leaves standing, piece by piece."""
    return all(f" {' '.join(bare_words(piece))} " in source for piece in _LEFT_OUT.split(stretch) if bare_words(piece))


def _problem(node: Node, stretch: str, cited: tuple[str, ...]) -> Problem:
    message = f"`{node.id}` quotes “{stretch}”, which is not in {' or '.join(f'`{source}`' for source in cited)}"
    help_text = "quote the words as they stand, with `…` for what is left out; cite the source they are from"
    return Problem(node.place("text"), message, help_text, node.id)
