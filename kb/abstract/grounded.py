"""What has to be accepted in every way of looking at it: the grounded labelling, in one pass over the attacks.

The least fixpoint of the characteristic function (Dung 1995, definition 20; as a labelling: Caminada 2006): an argument is in when all
its attackers are out, and out when one of them is in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.abstract.attacks import IN, OUT, UNDECIDED

if TYPE_CHECKING:
    from kb.abstract.attacks import AttackGraph


def label(graph: AttackGraph) -> list[str]:
    """The label of each argument."""
    labels = [UNDECIDED] * len(graph.names)
    unmet = [len(attackers) for attackers in graph.attackers]
    attacked: list[list[int]] = [[] for _ in graph.names]
    for target, attackers in enumerate(graph.attackers):
        for attacker in attackers:
            attacked[attacker].append(target)
    accepted = [number for number, count in enumerate(unmet) if not count]
    for number in accepted:
        labels[number] = IN
        for target in attacked[number]:
            if labels[target] is OUT:
                continue
            labels[target] = OUT
            for freed in attacked[target]:
                unmet[freed] -= 1
                if not unmet[freed]:
                    accepted.append(freed)
    return labels
