"""How completely the sources are mapped: for every passage the nodes that cite it, and what nobody cites.

Fingerprints (the first hex digits of the sha256 of a paragraph without the white space around it) tell whether a passage is still the text
that was mapped, without keeping the text.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kb.debate import Debate
    from kb.model import Passage, Source
    from kb.tables import Row

COLUMNS = ("source", "passage", "by", "state", "nodes")


@dataclass(frozen=True, slots=True)
class Summary:
    """Numbers for the last line."""

    passages: int
    cited: int
    skipped: int
    uncited: int


def rows(debate: Debate, paragraphs: Paragraphs | None = None) -> list[Row]:
    """Every passage (and item of a run-together list) in reading order; with `paragraphs`, whether its text was found.

    `state` is `cited`, `skipped` or `uncited`; `text` is where the paragraph with its fingerprint stands, `missing` or null.
    """
    return [row for source in debate.sources.values() for row in source_rows(debate, source, paragraphs)]


def source_rows(debate: Debate, source: Source, paragraphs: Paragraphs | None = None) -> list[Row]:
    """The same of one source."""
    return [
        _row(debate, source, passage, name, paragraphs)
        for passage in source.passages
        for name in debate.items(source.id, passage) or (passage.id,)
    ]


def _row(debate: Debate, source: Source, passage: Passage, name: str, paragraphs: Paragraphs | None) -> Row:
    nodes = list(debate.citing.get((source.id, name), ()))
    if name != passage.id:
        nodes += [n for n in debate.citing.get((source.id, passage.id), ()) if n not in nodes]
    row: Row = {
        "source": source.id,
        "passage": name,
        "by": list(passage.by),
        "state": "cited" if nodes else "skipped" if passage.skip else "uncited",
        "nodes": list(nodes),
        "skip": passage.skip,
    }
    if paragraphs is not None:
        row["text"] = paragraphs.find(passage.sha256)
    return row


def summary(rows: list[Row]) -> Summary:
    """How many passages are cited, skipped and neither."""
    states = [row["state"] for row in rows]
    return Summary(len(states), states.count("cited"), states.count("skipped"), states.count("uncited"))


def sentence(rows: list[Row]) -> str:
    """The coverage in a sentence."""
    counts = summary(rows)
    passages = "1 passage" if counts.passages == 1 else f"{counts.passages} passages"
    text = f"{passages}: {counts.cited} cited, {counts.skipped} skipped, {counts.uncited} uncited."
    checked = [row["text"] for row in rows if row.get("text") is not None]
    if checked:
        missing = checked.count("missing")
        text += f" Fingerprints: {len(checked) - missing} of {len(checked)} found in the texts."
    return text


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Where paragraphs of texts stand (`file:line`), by their full fingerprints in order."""

    digests: tuple[str, ...]
    places: tuple[str, ...]

    def find(self, fingerprint: str | None) -> str | None:
        """Where a paragraph with this fingerprint stands; `missing` if nowhere, None without a fingerprint."""
        if fingerprint is None:
            return None
        short = fingerprint.lower()
        index = bisect_left(self.digests, short)
        matches = index < len(self.digests) and self.digests[index].startswith(short)
        return self.places[index] if matches else "missing"


def fingerprint_paragraphs(texts: Mapping[str, str]) -> Paragraphs:
    """The paragraphs of some texts, given by name; of equal ones the first."""
    places: dict[str, str] = {}
    for name, text in sorted(texts.items()):
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                places.setdefault(hashlib.sha256(line.strip().encode()).hexdigest(), f"{name}:{number}")
    ordered = sorted(places.items())
    return Paragraphs(tuple(digest for digest, _ in ordered), tuple(place for _, place in ordered))
