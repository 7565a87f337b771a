"""The rules by which a debate is checked, in a line each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kb.linting.manual import rules
from kb.publishing import addresses
from kb.publishing.addresses import Page
from kb.publishing.cards import Link
from kb.publishing.dependencies import NO_POINTS
from kb.publishing.markup import inline
from kb.publishing.messages import interface_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from kb.debate import Debate

READS = NO_POINTS


class Row(NamedTuple):
    """A rule in a line."""

    rule: Link
    severity: str
    profile: str
    summary: Markup


@dataclass(frozen=True, slots=True)
class Context:
    """What the template is given."""

    rows: tuple[Row, ...]


def pages(debate: Debate) -> Iterator[Page]:
    """The list, which is the same for every debate in a language."""
    rows = tuple(Row(Link(addresses.rule(r.name), r.name), r.severity, r.profile, inline(r.summary)) for r in rules())
    say = interface_words(debate).say
    yield Page(addresses.RULES, say("rules.title"), Context(rows), addresses.ABOUT, say("rules.lead"))
