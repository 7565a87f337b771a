"""A passage is named that its source does not list.

The link from a point to the words it renders leads nowhere, and the speaker cannot be told. Passages are listed in
`sources/<source>.yaml`; item 2 of a run-together list `p7` is `p7.2`. `replies_to` names a passage, or a comment by what its
passages' ids have in common before the last dot.

Bad:

    ## sources/letter.yaml
    title: A letter
    passages:
      - id: p1
      - id: p2
        replies_to: p0    # <- unknown-passage
    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
    source: [letter p1, letter p2, letter p3]    # <- unknown-passage

Bad:

    ## sources/letter.yaml
    title: A letter
    passages:
      - id: opening
    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
    source: letter openning    # <- unknown-passage

Good:

    ## sources/letter.yaml
    title: A letter
    passages:
      - id: opening
    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
    source: letter opening

Good:

    ## sources/letter.yaml
    title: A letter
    passages:
      - id: p1
      - id: p2
        replies_to: p1
        items: 2
    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
    source: [letter p1, letter p2.1, letter p2.2]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.mentions import mentions
from kb.spelling import respelling
from kb.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.model import Source

SEVERITY = "error"
FIX = "sometimes"
READS = {"id", "source", "sources/", "terms/", "rejected"}
LOCAL_WHILE_CLEAN = True


def check(debate: Debate) -> Iterator[Problem]:
    """Look up every passage that is cited, and every passage or comment that one replies to."""
    for citation, places in mentions(debate).citations():
        source, passage = citation.source, citation.passage
        if passage is None or source not in debate.sources or source in debate.rejected:
            continue
        if (source, passage) not in debate.passages:
            help_text = _help_text(debate, debate.sources[source], passage)
            for mention in places:
                message = f"`{source}` has no passage `{passage}`"
                fix = mention.respelling(str(citation), [f"{source} {name}" for name in _ids(debate.sources[source])])
                yield Problem(mention.word_place(passage), message, help_text, mention.owner, fix=fix)
    for document in debate.sources.values():
        if document.id not in debate.rejected:
            yield from _reply_problems(debate, document)


def _reply_problems(debate: Debate, source: Source) -> Iterator[Problem]:
    comments = {passage.id.rpartition(".")[0] for passage in source.passages}
    for passage in source.passages:
        for index, target in enumerate(passage.replies_to):
            if target in comments or (source.id, target) in debate.passages:
                continue
            message = f"`{source.id}` has no passage or comment `{target}`"
            place = passage.place("replies_to", index)
            known = [*comments, *_ids(source)]
            fix = respelling(place, passage.written("replies_to", index), target, known)
            yield Problem(place, message, did_you_mean(target, known), source.id, fix=fix)


def _help_text(debate: Debate, source: Source, passage: str) -> str:
    """What may be meant: a near id, the items of a list, or that nothing is listed yet."""
    if not source.passages:
        return f"list it under `passages:` in {source.file}"
    whole = debate.passages.get((source.id, passage.rpartition(".")[0]))
    if whole is not None and whole.items:
        return f"the list `{whole.id}` has {whole.items} items"
    parts = [name for name in _ids(source) if name.startswith(f"{passage}.")]
    if len(parts) > 1:
        return f"`{passage}` has the passages `{parts[0]}` to `{parts[-1]}`: name one of them, or several in a list"
    near = did_you_mean(passage, _ids(source))
    return near or f"its passages run from `{source.passages[0].id}` to `{source.passages[-1].id}`"


def _ids(source: Source) -> list[str]:
    return [passage.id for passage in source.passages]
