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
    see_also: green
    ## terms/green.yaml
    term: green
    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
    terms: [blue/wavelength, green]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.former import former_ids
from kb.mentions import UnknownName, creation_hint, mentions, unknown_name_problems
from kb.suggest import list_hint, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.finding import Problem

SEVERITY = "error"
FIX = "sometimes"
READS = {"id", "terms", "terms/", "rejected"}
LOCAL_WHILE_CLEAN = True


def check(debate: Debate) -> Iterator[Problem]:
    """Look up every term and sense that is named."""
    named = mentions(debate).terms
    used = {*named, *(name.partition("/")[0] for name in named)}
    names = {*debate.terms, *(f"{term.id}/{sense.id}" for term in debate.terms.values() for sense in term.senses)}
    for name, places in named.items():
        term_id, slash, sense_id = name.partition("/")
        term = debate.terms.get(term_id)
        if term_id in debate.rejected:
            continue
        if list_hint(name, names):
            yield from unknown_name_problems(
                f"no term is called `{name}`", places, UnknownName(name, names, None), used=True, create=""
            )
        elif term is None:
            near = nearest(term_id, debate.terms)
            create = creation_hint("terms", term_id, "term")
            what = UnknownName(term_id, debate.terms, near, former_ids(debate).terms.get(term_id))
            yield from unknown_name_problems(
                f"no term is called `{term_id}`", places, what, used=near in used, create=create
            )
        elif slash and sense_id not in (senses := [sense.id for sense in term.senses]):
            near = nearest(sense_id, senses)
            known = "its senses: " + ", ".join(f"`{s}`" for s in senses) if senses else "no senses are listed yet"
            message = f"`{term_id}` has no sense `{sense_id}`"
            what = UnknownName(name, [f"{term_id}/{sense}" for sense in senses], near)
            yield from unknown_name_problems(message, places, what, used=f"{term_id}/{near}" in used, create=known)
