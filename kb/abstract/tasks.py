"""The questions of the argumentation competition, and its answers: `DC-PR` asks whether some preferred extension has an argument.

A task is what is asked (SE: some extension, EE: all, CE: how many, DC: is an argument in one, DS: is it in all), then the semantics
(`extensions.SEMANTICS`). Answers as the rules of 2023 have them: `YES` or `NO`, and a witness, as `w` and the names of its arguments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.abstract.extensions import SEMANTICS, Extensions
from kb.finding import KbError, printable
from kb.suggest import did_you_mean

if TYPE_CHECKING:
    from kb.abstract.attacks import AttackGraph
    from kb.abstract.solver import Members

TASKS = tuple(f"{task}-{semantics}" for task in ("SE", "EE", "CE", "DC", "DS") for semantics in SEMANTICS)
MAX_LISTED = 100_000
_OF_ONE = ("DC", "DS")


def answer(graph: AttackGraph, task: str, argument: str | None) -> str:
    """The answer to one of the `TASKS`, in lines."""
    question, _, semantics = task.partition("-")
    number = _argument_number(graph, argument) if question in _OF_ONE else None
    extensions = Extensions(graph, semantics)
    if question == "CE":
        lines = [str(extensions.count())]
    elif question == "EE":
        lines = _all_lines(graph, extensions)
    elif question == "SE":
        members = extensions.one()
        lines = ["NO"] if members is None else [_witness(graph, members)]
    else:
        lines = _acceptance_lines(graph, extensions, question, number or 0)
    return "".join(f"{line}\n" for line in lines)


def _all_lines(graph: AttackGraph, extensions: Extensions) -> list[str]:
    """Every extension, the small ones first."""
    if (count := extensions.count()) > MAX_LISTED:
        message = f"there are {count:,} extensions; more than {MAX_LISTED:,} are not listed"
        raise KbError(message)
    return sorted((_witness(graph, members) for members in extensions.every()), key=lambda line: (len(line), line))


def _acceptance_lines(graph: AttackGraph, extensions: Extensions, question: str, number: int) -> list[str]:
    """Whether an argument is accepted: an extension with it shows that it is credulously, one without it that it is not sceptically."""
    if question == "DC":
        members = extensions.with_(number)
        return ["NO"] if members is None else ["YES", _witness(graph, members)]
    members = extensions.without(number)
    return ["YES"] if members is None else ["NO", _witness(graph, members)]


def _witness(graph: AttackGraph, members: Members) -> str:
    return " ".join(["w", *(graph.names[number] for number in sorted(members))])


def _argument_number(graph: AttackGraph, argument: str | None) -> int:
    if argument is None:
        message = "say which argument is asked about: `-a ARGUMENT`"
        raise KbError(message)
    if argument not in graph.names:
        help_text = did_you_mean(argument, graph.names[:1000])
        message = f"there is no argument `{printable(argument)}`{f'; {help_text}' if help_text else ''}"
        raise KbError(message)
    return graph.names.index(argument)
