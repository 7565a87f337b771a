"""What hosts show for an address without a page: that there is none, and where to look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.publishing import addresses
from kb.publishing.addresses import Page
from kb.publishing.dependencies import NO_POINTS
from kb.publishing.messages import interface_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate


READS = NO_POINTS


@dataclass(frozen=True, slots=True)
class Context:
    """What the template is given: nothing but what every page is given."""


def pages(debate: Debate) -> Iterator[Page]:
    """One page, if `url` is given: it is shown for addresses in any folder, so its links have to be whole addresses."""
    if addresses.site_url(debate.settings.url):
        yield Page(addresses.LOST, interface_words(debate).say("machines.lost"), Context())
