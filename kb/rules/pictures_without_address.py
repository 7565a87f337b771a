"""`kb.yaml` asks for pictures and does not say where the site is published.

Services that show a link together with a picture need the full address of the picture. Without `url` pages have none to give, so
nobody would ever see the pictures: no site is built.

Bad:

    ## kb.yaml
    title: The sky
    pictures: true    # <- pictures-without-address

Good:

    ## kb.yaml
    title: The sky
    url: https://example.org/sky/
    pictures: true
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

SEVERITY = "error"
READS = {"kb.yaml"}


def check(debate: Debate) -> Iterator[Problem]:
    """Ask for an address of the web; one that is none is told by itself."""
    settings = debate.settings
    missing = not settings.has("url") if settings.url is None else settings.url.startswith("mailto:")
    if settings.pictures and missing:
        help_text = "say `url: https://…`, where the site will be, or leave `pictures` out"
        yield Problem(settings.place("pictures"), "`pictures` takes `url`, which says where they will be", help_text)
