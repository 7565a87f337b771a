"""What has to be accepted in every way of looking at it: the grounded labelling, in one pass over the attacks.

The least fixpoint of the characteristic function (Dung 1995, definition 20; as a labelling: Caminada 2006): an argument is in when all
its attackers are out, and out when one of them is in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.abstract.attacks import IN, OUT, UNDECIDED

if TYPE_CHECKING:
    from kb.abstract.attacks import Attacks


def label(found: Attacks) -> list[str]:
    """The label of each argument."""
    labels = [UNDECIDED] * len(found.names)
    left = [len(attackers) for attackers in found.attackers]
    attacked: list[list[int]] = [[] for _ in found.names]
    for target, attackers in enumerate(found.attackers):
        for attacker in attackers:
            attacked[attacker].append(target)
    accepted = [number for number, count in enumerate(left) if not count]
    for number in accepted:
        labels[number] = IN
        for target in attacked[number]:
            if labels[target] is OUT:
                continue
            labels[target] = OUT
            for freed in attacked[target]:
                left[freed] -= 1
                if not left[freed]:
                    accepted.append(freed)
    return labels
