"""JSON beside the pages of people, sources, terms and topics, and beside the lists of them: one record in each line.

So programs can read a list line by line, and git shows what changed.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kb.linting.manual import rules
from kb.output.links import NOT_BUILT, Output, bundle
from kb.publishing import addresses, records
from kb.publishing.dependencies import STRUCTURE
from kb.publishing.json_lines import as_list
from kb.queries import published
from kb.queries.published import encode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.output.links import Before, Bundle

READS = STRUCTURE

REUSES = True
_LISTS = {
    "participants": addresses.PEOPLE,
    "sources": addresses.SOURCES,
    "terms": addresses.TERMS,
    "topics": addresses.TOPICS,
}
"""By table the page with its list."""


def files(debate: Debate, before: Before = NOT_BUILT) -> Iterator[Bundle]:
    """A file for each record, each list, the rules and the vocabulary."""
    for name, bundles in records.json_bundles(debate).items():
        yield from bundles.values()
        yield bundle((name, [record.mark for record in bundles.values()]), partial(_list, debate, name, before))
    yield bundle(addresses.RULES, _rules)
    yield bundle(addresses.ABOUT, _vocabulary)


def _list(debate: Debate, name: str, before: Before) -> Iterator[Output]:
    rows = records.record_lines(debate, name, before, before.file(addresses.DEBATE_JSON))
    yield Output(addresses.json_beside(_LISTS[name]), as_list(rows))


def _rules() -> Iterator[Output]:
    yield Output(addresses.json_beside(addresses.RULES), as_list(encode(rule._asdict()).encode() for rule in rules()))


def _vocabulary() -> Iterator[Output]:
    yield Output(addresses.json_beside(addresses.ABOUT), f"{encode(published.vocabulary_rows())}\n".encode())
