"""The interface has no words in the language of the debate.

The site would speak English around every text: readers would meet two languages on every page. Nothing is wrong with
the language of the debate, by which browsers and screen readers go; nobody translated the interface yet.

Bad:

    ## kb.yaml
    title: Le ciel est-il bleu ?
    language: fr    # <- untranslated-interface

Good:

    ## kb.yaml
    title: Ist der Himmel blau?
    language: de
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.catalogue import has_words, languages
from kb.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

SEVERITY = "info"
READS = {"kb.yaml"}


def check(debate: Debate) -> Iterator[Problem]:
    """Ask for words in the language of the debate."""
    settings = debate.settings
    if not has_words(settings.language):
        known = ", ".join(f"`{name}`" for name in languages())
        message = f"the interface has no words in `{settings.language}`: around the texts the site speaks English"
        yield Problem(
            settings.place("language"), message, f"it has words in {known}; CONTRIBUTING.md says how it learns more"
        )
