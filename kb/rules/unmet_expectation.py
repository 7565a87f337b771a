"""A point or question has another outcome than its editors expect.

What a debate is known for should not change by accident. `expect` on a node, or in `kb.yaml` for several, fixes its outcome as a test
does in code: an edit that turns it fails the check, and a reviewer sees which line did. A point has a status (`stands`,
`unanswered`, …) or just a verdict (`in`, `out`, `undecided`), a question the state of its dispute (`open`, `conceded`, …). When
the new outcome is right, write it down.

Bad:

    ## talk/trains-are-late.yaml
    kind: claim
    text: The trains are late.
    expect: stands    # <- unmet-expectation
    ## talk/clocks-are-fast.yaml
    kind: objection
    text: The station clocks are fast.
    attacks: trains-are-late

Good:

    ## talk/trains-are-late.yaml
    kind: claim
    text: The trains are late.
    expect: out
    ## talk/clocks-are-fast.yaml
    kind: objection
    text: The station clocks are fast.
    attacks: trains-are-late
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.finding import Problem
from kb.linting.scope import STRUCTURE
from kb.suggest import did_you_mean, one_of
from kb.vocabulary import NO_DISPUTE, QUESTION, STATES, STATUSES, VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.finding import Place

SEVERITY = "error"
READS = STRUCTURE | {"tags", "expect", "participants/", "terms/", "topic.yaml", "kb.yaml", "rejected"}


class _Expectation(NamedTuple):
    """An outcome that editors wrote down: of which node, where the word stands and where the name."""

    node: str
    outcome: str
    place: Place
    name: Place


def check(debate: Debate) -> Iterator[Problem]:
    """Evaluate the debate if something is expected of it, and compare."""
    for expected in _expectations(debate):
        if expected.node not in debate.nodes:
            if expected.node not in debate.rejected:
                near = did_you_mean(expected.node, debate.nodes)
                yield Problem(expected.name, f"no node is called `{expected.node}`", near or "remove the entry")
        elif not debate.rejected:  # else something that was not read may bear on it
            yield from _compare(debate, expected)


def _expectations(debate: Debate) -> Iterator[_Expectation]:
    settings = debate.settings
    for node_id, outcome in settings.expect:
        yield _Expectation(node_id, outcome, settings.place("expect", node_id), settings.key_place("expect", node_id))
    for node in debate.expecting:
        yield _Expectation(node.id, node.expect or "", node.place("expect"), node.key_place("expect"))


def _compare(debate: Debate, expected: _Expectation) -> Iterator[Problem]:
    node_id, outcome, place, _ = expected
    question = debate.nodes[node_id].kind == QUESTION
    known = (*STATES, NO_DISPUTE.name) if question else (*STATUSES, *VERDICTS)
    if outcome not in known:
        what = "state of a dispute" if question else "status or verdict"
        yield Problem(place, f"`{outcome}` is no {what}", one_of(outcome, known), node_id)
        return
    actual = _state(debate, node_id) if question else _outcomes(debate, node_id)
    if not actual:
        yield Problem(place, f"`{node_id}` has no outcome: it only acts on other points", "remove `expect`", node_id)
    elif outcome not in actual:
        message = f"expected outcome of `{node_id}`: `{outcome}`, found `{actual[0]}`"
        help_text = f"`kb {'open' if question else 'why'} {node_id}` tells why; if that is right, expect `{actual[0]}`"
        yield Problem(place, message, help_text, node_id)


def _state(debate: Debate, node_id: str) -> tuple[str]:
    from kb.disagreements import disagreements  # noqa: PLC0415 - only for debates that expect something of a question

    rows = disagreements(debate)
    parts = {part.id: part.state for row in rows for part in row.parts}
    return ({**parts, **{row.id: row.state for row in rows}}.get(node_id, NO_DISPUTE.name),)


def _outcomes(debate: Debate, node_id: str) -> tuple[str, ...]:
    """The status of a point, and its verdict; a mere act has neither."""
    from kb.evaluate import evaluate  # noqa: PLC0415 - only for debates that expect something

    evaluation = evaluate(debate)
    words = (evaluation.status(node_id), evaluation.verdict(node_id))
    return tuple(word for word in words if word is not None)
