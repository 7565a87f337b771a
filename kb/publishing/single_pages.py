"""The pages that a site has once: the front page, the lists, pages about the whole debate, and those that explain the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.chronicle.turns import spoken_turns
from kb.publishing import addresses
from kb.publishing.cards import Link
from kb.publishing.messages import debate_title, interface_words
from kb.publishing.stands import stands

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kb.debate import Debate

_TITLES = {
    addresses.OPEN: "open.title",
    addresses.STORY: "story.title",
    addresses.MAP: "map.whole",
    addresses.MATRIX: "matrix.title",
    addresses.TOPICS: "topics.title",
    addresses.PEOPLE: "people.title",
    addresses.SOURCES: "sources.title",
    addresses.TERMS: "terms.title",
    addresses.NODES: "nodes.title",
    addresses.ABOUT: "about.title",
    addresses.LIMITS: "limits.title",
    addresses.THEMING: "theming.title",
    addresses.RULES: "rules.title",
}
"""The address of each page, with the message that is its title."""
_NEEDS: dict[str, Callable[[Debate], object]] = {
    addresses.STORY: spoken_turns,
    addresses.MAP: lambda debate: debate.nodes,
    addresses.MATRIX: stands,
}
"""What some of these pages are about: if a debate has none of it, it has no such page."""


def single_pages(debate: Debate) -> Iterator[Link]:
    """Those of these pages that the site of this debate has."""
    say = interface_words(debate).say
    yield Link(addresses.HOME, debate_title(debate))
    for href, key in _TITLES.items():
        if href not in _NEEDS or _NEEDS[href](debate):
            yield Link(href, say(key))
