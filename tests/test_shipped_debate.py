"""The debate in `claims/` is complete and clean: editors who break it hear so from the tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.disagreements import disagreements
from kb.lint import lint
from kb.load import Loaded, load
from kb.queries import coverage

CLAIMS = Path(__file__).resolve().parent.parent / "claims"


@pytest.fixture(scope="module")
def shipped() -> Loaded:
    """The debate in the repository."""
    return load(CLAIMS)


def test_the_linter_has_nothing_to_say(shipped: Loaded) -> None:
    assert [f"{f.file}:{f.span.line}: {f.rule}: {f.message}" for f in lint(shipped) if f.severity != "info"] == []


def test_every_passage_is_cited_or_says_why_not(shipped: Loaded) -> None:
    rows = coverage.rows(shipped.debate)
    assert len({row["source"] for row in rows}) == 3
    assert [f"{row['source']} {row['passage']}" for row in rows if row["state"] == "uncited"] == []


def test_passages_have_a_fingerprint_and_never_the_text(shipped: Loaded) -> None:
    passages = [p for s in shipped.debate.sources.values() for p in s.passages]
    assert [p.id for p in passages if not p.sha256] == []
    assert [p.id for p in passages if p.text] == []


def test_there_is_something_to_settle_and_something_settled(shipped: Loaded) -> None:
    found = disagreements(shipped.debate)
    assert any(d.settled for d in found)
    assert any(not d.settled and d.owed_by for d in found)
    assert set(shipped.debate.settings.main) <= set(shipped.debate.nodes)
