"""What the manuals do not show: the near misses of rules, and the cases that look like faults and are none."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pytest

from kb.lint import lint
from tests import examples

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = """
## participants/ada.yaml
name: Ada
## participants/bo.yaml
name: Bo
"""
LETTERS = """
## sources/letters.yaml
title: Letters
passages:
  - id: p1
    by: ada
  - id: p2
    by: bo
  - id: p3
    by: ada
"""

CASES = {
    "linked premises and undercuts of undercuts are sound": """
        id: a
        kind: claim
        text: A.
        supports: [{to: b, with: [c]}]
        ---
        id: b
        kind: claim
        text: B.
        ---
        id: c
        kind: claim
        text: C.
        ---
        id: d
        kind: objection
        text: D.
        undercuts: {to: c -> b, id: not-so}
        ---
        id: e
        kind: objection
        text: E.
        undercuts: not-so
        ---
        id: f
        kind: objection
        text: F.
        undercuts: d -> c -> b
        """,
    "a support and an attack by different people through one point are two opinions": f"""
        id: x
        kind: claim
        text: X.
        by: ada
        supports: y
        ---
        id: x-again
        kind: objection
        text: X, I agree.
        by: bo
        restates: x
        attacks: y
        ---
        id: y
        kind: claim
        text: Y.
        by: ada
        {PEOPLE}""",
    "by the same person they are a contradiction, through restatements too": f"""
        id: x
        kind: claim
        text: X.
        by: ada
        supports: y
        ---
        id: x-again
        kind: objection
        text: X, I agree.
        by: ada
        restates: x
        attacks: y-again    # <- support-and-attack
        ---
        id: y
        kind: claim
        text: Y.
        by: bo
        ---
        id: y-again
        kind: claim
        text: Y, as I said.
        by: bo
        restates: y
        {PEOPLE}""",
    "one may meet an objection before stating it": f"""
        id: point
        kind: claim
        text: Point.
        source: letters p2
        ---
        id: objection
        kind: objection
        text: Objection.
        source: letters p3
        attacks: point
        ---
        id: met
        kind: objection
        text: Met beforehand.
        source: letters p1
        attacks: objection
        {LETTERS}{PEOPLE}""",
    "one responds to the earlier statement of a point that is restated later": f"""
        id: early
        kind: claim
        text: Point.
        source: letters p1
        ---
        id: late
        kind: claim
        text: Point, once more.
        source: letters p3
        restates: early
        ---
        id: objection
        kind: objection
        text: Objection.
        source: letters p2
        attacks: late
        {LETTERS}{PEOPLE}""",
    "nobody takes back what they say only later": f"""
        id: back
        kind: reply
        text: I take it back.
        source: letters p1
        retracts: point    # <- early-reply
        ---
        id: point
        kind: claim
        text: Point.
        source: [letters p3]
        ---
        id: other
        kind: claim
        text: Other.
        source: letters p2
        {LETTERS}{PEOPLE}""",
    "an undercut comes after the step it denies": f"""
        id: a
        kind: claim
        text: A.
        source: letters p3
        supports: b
        ---
        id: b
        kind: claim
        text: B.
        source: letters p1
        ---
        id: c
        kind: objection
        text: C.
        source: letters p2
        undercuts: a -> b    # <- early-reply
        {LETTERS}{PEOPLE}""",
    "dates count where they contradict the order of reading": """
        id: point
        kind: claim
        text: Point.
        source: letters p2
        ---
        id: objection
        kind: objection
        text: Objection.
        source: letters p1
        attacks: point
        ## participants/ada.yaml
        name: Ada
        ## participants/bo.yaml
        name: Bo
        ## sources/letters.yaml
        title: Letters
        passages:
          - id: p1
            by: ada
            date: 2020-01-02
          - id: p2
            by: bo
            date: 2020-01-01
        """,
    "sources are not compared with each other": f"""
        id: point
        kind: claim
        text: Point.
        source: letters p2
        ---
        id: objection
        kind: objection
        text: Objection.
        source: diary d1
        attacks: point
        ---
        id: rest
        kind: claim
        text: Rest.
        source: [letters p1, letters p3]
        ## sources/diary.yaml
        title: Diary
        passages:
          - id: d1
            by: ada
        {LETTERS}{PEOPLE}""",
    "what was accepted earlier and is another's can be conceded and retracted": f"""
        id: point
        kind: claim
        text: Point.
        source: letters p1
        ---
        id: granted
        kind: reply
        text: Granted.
        source: letters p2
        concedes: point
        ---
        id: back
        kind: reply
        text: I no longer grant it.
        by: bo
        retracts: point
        ---
        id: rest
        kind: claim
        text: Rest.
        source: letters p3
        {LETTERS}{PEOPLE}""",
    "what is only mentioned was held by nobody": f"""
        id: point
        kind: claim
        text: Point.
        by: ada
        certainty: mentioned
        ---
        id: granted
        kind: reply
        text: Granted.
        by: bo
        concedes: point    # <- unheld-concession
        {PEOPLE}""",
    "what the record says can be conceded": f"""
        id: point
        kind: claim
        text: Point.
        ---
        id: granted
        kind: reply
        text: Granted.
        by: bo
        concedes: point
        ---
        id: other
        kind: claim
        text: Other.
        by: ada
        {PEOPLE}""",
    "a question is taken back by whoever asked it": f"""
        id: question
        kind: question
        text: Which?
        by: ada
        ---
        id: back
        kind: reply
        text: Never mind.
        by: ada
        retracts: question
        ---
        id: not-yours
        kind: reply
        text: Never mind.
        by: bo
        retracts: question    # <- unheld-retraction
        restates: back
        {PEOPLE}""",
    "an act attributed to another is nobody's": f"""
        id: point
        kind: claim
        text: Point.
        by: ada
        ---
        id: granted
        kind: reply
        text: Bo grants it.
        by: ada
        attributed_to: bo    # <- uncommitted-act
        concedes: point
        {PEOPLE}""",
    "a question that a participant asks may stay open": f"""
        id: question
        kind: question
        text: Which?
        by: ada
        ---
        id: other
        kind: claim
        text: Other.
        by: bo
        replies_to: question
        {PEOPLE}""",
    "a reply may answer what is attributed to somebody": f"""
        id: point
        kind: claim
        text: Bo holds the point.
        by: ada
        attributed_to: bo
        ---
        id: reply
        kind: reply
        text: It matters.
        by: ada
        qualifies: point
        {PEOPLE}""",
    "fields of steps on relations that are none": f"""
        id: a
        kind: claim
        text: A.
        by: ada
        qualifies:
          - to: b
            weight: 2    # <- misplaced-field
            scheme: sign    # <- misplaced-field
        supports:
          - to: b
            part: true    # <- misplaced-field
        ---
        id: b
        kind: claim
        text: B.
        by: bo
        stands_alone: true
        {PEOPLE}""",
    "the premises of an argument are its own": """
        id: a
        kind: claim
        text: A.
        ---
        id: b
        kind: claim
        text: B.
        ---
        id: step
        kind: argument
        scheme: sign
        premises: [a, a]    # <- repeated-premise
        supports:
          - to: b
            with: [a]    # <- misplaced-field
        """,
    "an attack on an argument whose step is strict": """
        id: a
        kind: claim
        text: A.
        ---
        id: b
        kind: claim
        text: B.
        ---
        id: step
        kind: argument
        premises: [a]
        supports: {to: b, strict: true}
        ---
        id: c
        kind: objection
        text: C.
        attacks: step    # <- strict-undercut
        """,
    "undercutting a step of one's own node": """
        id: a
        kind: claim
        text: A.
        supports: b
        undercuts: a -> b    # <- self-relation
        ---
        id: b
        kind: claim
        text: B.
        """,
    "questions restate questions, and duplicates of another kind are none": """
        id: a
        kind: question
        text: Is it so?
        ---
        id: b
        kind: claim
        text: Is it so.
        answers: a
        ---
        id: c
        kind: question
        text: Is it SO?
        restates: a
        """,
    "an attack that leads to a question, and a support that leads to one": """
        id: q
        kind: question
        text: Which?
        ---
        id: a
        kind: objection
        text: There is none.
        attacks: q
        ---
        id: b
        kind: claim
        text: B.
        answers: [a, q]    # <- wrong-target-kind
        """,
    "relations between islands and the mainland make them reachable": """
        id: q
        kind: question
        text: Which?
        ---
        id: a
        kind: claim
        text: A.
        answers: q
        ---
        id: setting
        kind: claim
        text: Setting.
        ---
        id: b
        kind: claim
        text: B.
        in_context_of: setting
        supports: {to: a, with: [c]}
        ---
        id: c
        kind: claim
        text: C.
        ---
        id: d
        kind: objection
        text: D.
        undercuts: c -> a
        """,
    "a thesis under main is a place to start from": """
        id: a
        kind: claim
        text: A.
        ---
        id: b
        kind: claim
        text: B.
        supports: a
        ---
        id: c
        kind: claim    # <- unreachable-node
        text: C.
        ## kb.yaml
        title: Example
        main: a
        """,
    "an item of a list that there is not, and a passage of a source that lists none": """
        id: a
        kind: claim
        text: A.
        source:
          - letter p1.2
          - letter p1.3    # <- unknown-passage
          - diary p1    # <- unknown-passage
        ## sources/letter.yaml
        title: Letter
        passages:
          - id: p1
            items: 2
        ## sources/diary.yaml
        title: Diary
        """,
    "a comment is answered as a whole, in its own source": """
        id: a
        kind: claim
        text: A.
        source: [letter c1.1, letter c1.2, letter c2.1]
        ## sources/letter.yaml
        title: Letter
        passages:
          - id: c1.1
          - id: c1.2
          - id: c2.1
            replies_to: [c1, c1.2]
        """,
    "a relation is no node": """
        id: a
        kind: claim
        text: A.
        supports: {to: b, id: step}
        ---
        id: b
        kind: claim
        text: B.
        ---
        id: c
        kind: objection
        text: C.
        attacks:
          - b
          - step    # <- unknown-target
          - a -> b    # <- unknown-target
        """,
    "records other than nodes allow findings too": """
        ## terms/blue.yaml
        term: blue
        allow: {unused-term: kept for the next debate}
        ## participants/ada.yaml
        name: Ada
        allow: {unused-participant: invited}
        ## sources/letter.yaml
        title: Letter
        allow: {unused-source: still to be mapped}
        """,
}


@pytest.mark.parametrize("case", CASES)
def test(case: str, tmp_path: Path) -> None:
    text = "\n".join(line.removeprefix("        ") for line in CASES[case].splitlines())
    loaded, announced = examples.read(tmp_path, textwrap.dedent(text))
    found = lint(loaded)
    assert {(f.file, f.span.line, f.rule) for f in found} == announced, [f.message for f in found]
