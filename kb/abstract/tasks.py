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
    from kb.abstract.attacks import Attacks
    from kb.abstract.solver import Members

TASKS = tuple(f"{task}-{semantics}" for task in ("SE", "EE", "CE", "DC", "DS") for semantics in SEMANTICS)
MAX_LISTED = 100_000
_OF_ONE = ("DC", "DS")


def answer(found: Attacks, task: str, argument: str | None) -> str:
    """The answer to one of the `TASKS`, in lines."""
    asked, _, semantics = task.partition("-")
    number = _number(found, argument) if asked in _OF_ONE else None
    extensions = Extensions(found, semantics)
    if asked == "CE":
        lines = [str(extensions.count())]
    elif asked == "EE":
        lines = _all(found, extensions)
    elif asked == "SE":
        members = extensions.one()
        lines = ["NO"] if members is None else [_witness(found, members)]
    else:
        lines = _decided(found, extensions, asked, number or 0)
    return "".join(f"{line}\n" for line in lines)


def _all(found: Attacks, extensions: Extensions) -> list[str]:
    """Every extension, the small ones first."""
    if (count := extensions.count()) > MAX_LISTED:
        message = f"there are {count:,} extensions; more than {MAX_LISTED:,} are not listed"
        raise KbError(message)
    return sorted((_witness(found, members) for members in extensions.every()), key=lambda line: (len(line), line))


def _decided(found: Attacks, extensions: Extensions, asked: str, number: int) -> list[str]:
    """Whether an argument is accepted: an extension with it shows that it is credulously, one without it that it is not sceptically."""
    if asked == "DC":
        members = extensions.with_(number)
        return ["NO"] if members is None else ["YES", _witness(found, members)]
    members = extensions.without(number)
    return ["YES"] if members is None else ["NO", _witness(found, members)]


def _witness(found: Attacks, members: Members) -> str:
    return " ".join(["w", *(found.names[number] for number in sorted(members))])


def _number(found: Attacks, argument: str | None) -> int:
    if argument is None:
        message = "say which argument is asked about: `-a ARGUMENT`"
        raise KbError(message)
    if argument not in found.names:
        help_text = did_you_mean(argument, found.names[:1000])
        message = f"there is no argument `{printable(argument)}`{f'; {help_text}' if help_text else ''}"
        raise KbError(message)
    return found.names.index(argument)
