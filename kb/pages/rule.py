"""A rule of the linter: what it looks for, why that hurts a debate, an example and its cure. The same page as `kb rule NAME`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kb.linting.manual import paragraphs, rules
from kb.publishing import addresses
from kb.publishing.addresses import Page
from kb.publishing.dependencies import NO_POINTS
from kb.publishing.markup import inline, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from kb.debate import Debate
    from kb.linting.manual import Rule

READS = NO_POINTS


class Example(NamedTuple):
    """A heading of the manual page with the text below it."""

    heading: str
    code: str


@dataclass(frozen=True, slots=True)
class Context:
    """What the template is given."""

    rule: Rule
    text: tuple[Markup, ...]
    cure: Markup
    examples: tuple[Example, ...]


def pages(debate: Debate) -> Iterator[Page]:
    """A page for every rule; they are the same for every debate."""
    del debate
    for rule in rules():
        about, row = plain(rule.summary), rule._asdict()
        yield Page(addresses.rule(rule.name), rule.name, _context(rule), addresses.ABOUT, about, row=row)


def _context(rule: Rule) -> Context:
    """The manual page, its prose and its examples apart."""
    text: list[Markup] = []
    examples: list[Example] = []
    heading = ""
    for paragraph in paragraphs(rule.manual):
        if paragraph.code:
            examples.append(Example(heading, paragraph.text))
        elif paragraph.text in {"Bad:", "Good:"}:
            heading = paragraph.text.removesuffix(":")
        else:
            text.append(inline(paragraph.text))
    return Context(rule, tuple(text), inline(rule.cure), tuple(examples))
