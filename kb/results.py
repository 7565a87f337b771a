"""What was found out about a debate, part by part: the answers to questions, which stay true for as long as a part is the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

Rows: TypeAlias = Sequence[object]
"""An answer: rows of plain values, so that they can be remembered."""


class Results(NamedTuple):
    """The answers about all parts of a debate: some remembered from when it was looked at before, the others found since."""

    parts: Sequence[str] = ()
    """The names of the parts, in their order."""
    remembered: Mapping[str, Mapping[str, Rows]] = {}
    """By question and part, as they may be read from a file: for each question at once, and only when it is asked."""
    fresh: Mapping[str, Mapping[str, Rows]] = {}
    """By part and question."""

    @property
    def questions(self) -> Sequence[str]:
        """All questions to which there is an answer, sorted."""
        return sorted({*self.remembered, *(question for answers in self.fresh.values() for question in answers)})

    def of(self, question: str) -> Mapping[str, Rows]:
        """The answers to a question by part; parts that were not asked are missing."""
        found = {name: answers[question] for name, answers in self.fresh.items() if question in answers}
        found.update(self.remembered.get(question, {}))
        return {name: found[name] for name in self.parts if name in found}


class Known(NamedTuple):
    """The answers from when a debate was looked at before."""

    results: Results = Results()
    """Those about each part."""
    jointly: Mapping[str, tuple[int, Rows]] = {}
    """Those about several parts, by a mark of the question and the parts, each with how many looks ago it was asked for."""
    of_whole: Mapping[str, tuple[str, Rows]] = {}
    """Those about the whole, by the name of the question, each with a mark of all that it depended on."""


NOTHING = Known()
