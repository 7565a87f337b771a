"""A term, or a sense of it, is not in the glossary.

The reader is told that a word carries weight here and finds no explanation of it; with a misspelt sense, that two people
use one word differently stays hidden. A term is a file in `terms/`; one of its senses is `term/sense`.

Bad:

    ## terms/blue.yaml
    term: blue
    senses:
      - id: wavelength
        text: Light of about 470 nm.
    see_also: grene    # <- unknown-term
    ## terms/green.yaml
    term: green
    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
    terms: [blue/wavelenght, green]    # <- unknown-term

Good:

    ## terms/blue.yaml
    term: blue
    senses:
      - id: wavelength
        text: Light of about 470 nm.
    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
    terms: blue/wavelength
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.mentions import mentions, to_create
from kb.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

SEVERITY = "error"


def check(debate: Debate) -> Iterator[Problem]:
    """Look up every term and sense that is named."""
    for name, places in mentions(debate).terms.items():
        problem = _what_is_wrong(debate, name)
        if problem is not None:
            for mention in places:
                yield Problem(mention.place, *problem, mention.owner)


def _what_is_wrong(debate: Debate, name: str) -> tuple[str, str] | None:
    """Message and help, if the name is unknown."""
    term_id, slash, sense_id = name.partition("/")
    if term_id in debate.rejected:
        return None
    term = debate.terms.get(term_id)
    if term is None:
        help_text = did_you_mean(term_id, debate.terms) or to_create("terms", term_id, "term")
        return f"no term is called `{term_id}`", help_text
    senses = [sense.id for sense in term.senses]
    if not slash or sense_id in senses:
        return None
    listed = "its senses: " + ", ".join(f"`{s}`" for s in senses) if senses else "no senses are listed yet"
    return f"`{term_id}` has no sense `{sense_id}`", did_you_mean(sense_id, senses) or listed
