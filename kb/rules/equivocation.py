"""A chain of reasons changes the sense of a word on its way.

Where a premise uses a term in one sense and the conclusion in another, the step proves nothing, however true both are: it is the
word that leads from one to the other. Each node is right by itself, so nobody finds it there. The rule follows reasons and linked
premises, through points that use the term without saying in which sense; the chain is shown node by node. A premise that has the
term in both senses builds the bridge, and a step that somebody undercuts is found out already. Tools with a glossary keep senses;
none was found that checks chains for them.

Bad:

    id: whales-are-fish
    kind: claim
    text: A whale is a fish, as seamen use the word.
    terms: fish/of-seamen
    supports: whales-have-gills    # <- equivocation
    ---
    id: whales-have-gills
    kind: claim
    text: Like every fish, a whale has gills.
    terms: fish/of-zoologists
    ## terms/fish.yaml
    term: fish
    senses:
      - id: of-seamen
        text: Whatever lives in the sea.
      - id: of-zoologists
        text: A vertebrate that breathes with gills all its life.

Bad:

    id: whales-are-fish
    kind: claim
    text: A whale is a fish, as seamen use the word.
    terms: fish/of-seamen
    supports: whales-are-with-the-fish
    ---
    id: whales-are-with-the-fish
    kind: claim
    text: A museum should show its whale among the fish.
    terms: fish
    supports: whales-have-gills    # <- equivocation
    ---
    id: whales-have-gills
    kind: claim
    text: Like every fish, a whale has gills.
    terms: fish/of-zoologists
    ## terms/fish.yaml
    term: fish
    senses:
      - id: of-seamen
        text: Whatever lives in the sea.
      - id: of-zoologists
        text: A vertebrate that breathes with gills all its life.

Good:

    id: whales-are-fish
    kind: claim
    text: A whale is a fish, as seamen use the word.
    terms: fish/of-seamen
    supports: whales-have-gills
    ---
    id: whales-have-gills
    kind: claim
    text: Like every fish, a whale has gills.
    terms: fish/of-zoologists
    ---
    id: two-words
    kind: objection
    text: What seamen call a fish need not be one to zoologists.
    terms: [fish/of-seamen, fish/of-zoologists]
    undercuts: whales-are-fish -> whales-have-gills
    ## terms/fish.yaml
    term: fish
    senses:
      - id: of-seamen
        text: Whatever lives in the sea.
      - id: of-zoologists
        text: A vertebrate that breathes with gills all its life.
"""

from __future__ import annotations

import itertools
from collections import defaultdict, deque
from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.linting.scope import STRUCTURE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kb.debate import Debate
    from kb.finding import Related
    from kb.inference import Inference

    Senses = Mapping[str, frozenset[str]]
    """The nodes that use a term, each with the senses that it names."""
    Predecessors = Mapping[str, tuple[str, Inference]]
    """How a chain came to a node: from which premise, by which step."""

SEVERITY = "warning"
READS = STRUCTURE | {"terms"}
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Follow every term that is used in several senses along the reasons it occurs in."""
    for term, senses in _senses_by_term(debate).items():
        if len(set().union(*senses.values())) < 2:
            continue
        steps = [s for s in debate.inferences if s.kind == "supports" and s.index not in debate.undercuts_of]
        yield from _chain_problems(debate, term, senses, steps)
        for step in steps:
            yield from _linked_premise_problems(debate, term, senses, step)


def _senses_by_term(debate: Debate) -> Mapping[str, Senses]:
    """The uses of every term of which somebody names a sense."""
    senses: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for node in debate.nodes.values():
        for name in node.terms:
            term, _, sense = name.partition("/")
            senses[term][node.id] = senses[term].get(node.id, frozenset()) | ({sense} if sense else frozenset())
    return {term: uses for term, uses in sorted(senses.items()) if any(uses.values())}


def _chain_problems(debate: Debate, term: str, senses: Senses, steps: Sequence[Inference]) -> Iterator[Problem]:
    """Chains from a premise in one sense to a conclusion in another."""
    onward: dict[str, list[Inference]] = defaultdict(list)
    for step in steps:
        if step.target in senses:
            for premise in step.premises:
                if premise in senses:
                    onward[premise].append(step)
    for named in sorted({named for named in senses.values() if named}, key=sorted):
        starts = [node for node, own in senses.items() if own == named]
        for predecessors, premise, step in _clashing_steps(senses, onward, starts):
            chain = [*_chain_to(predecessors, premise), step.target]
            yield _problem(debate, term, chain, step)


def _clashing_steps(
    senses: Senses, onward: Mapping[str, Sequence[Inference]], starts: Sequence[str]
) -> Iterator[tuple[Predecessors, str, Inference]]:
    """The steps at which chains from these nodes arrive at another sense; each node is passed once."""
    predecessors: dict[str, tuple[str, Inference]] = {}
    seen, waiting = set(starts), deque(starts)
    while waiting:
        premise = waiting.popleft()
        for step in onward.get(premise, ()):
            if _is_clash(senses, starts[0], step.target):
                if not _is_bridged(senses, starts[0], step):
                    yield predecessors, premise, step
            elif not senses[step.target] and step.target not in seen:
                seen.add(step.target)
                predecessors[step.target] = (premise, step)
                waiting.append(step.target)


def _is_clash(senses: Senses, one: str, other: str) -> bool:
    """Whether two nodes use a term, each in a sense that the other does not know."""
    return bool(senses[one] and senses[other]) and senses[one].isdisjoint(senses[other])


def _is_bridged(senses: Senses, one: str, step: Inference) -> bool:
    """Whether a premise of a step relates the sense of a node to that of the conclusion."""
    known = (senses.get(premise, frozenset()) for premise in step.premises)
    return any(own & senses[one] and own & senses[step.target] for own in known)


def _chain_to(predecessors: Predecessors, node: str) -> list[str]:
    """The chain that led to a node, from its start."""
    chain = [node]
    while chain[-1] in predecessors:
        chain.append(predecessors[chain[-1]][0])
    return chain[::-1]


def _linked_premise_problems(debate: Debate, term: str, senses: Senses, step: Inference) -> Iterator[Problem]:
    """Linked premises that mean different things by a term that is to join them."""
    premises = [premise for premise in step.premises if premise in senses]
    for one, other in itertools.combinations(premises, 2):
        clash = _is_clash(senses, one, other)
        if clash and not any(senses[p] & senses[one] and senses[p] & senses[other] for p in premises):
            yield _problem(debate, term, [one, other], step)
            return


def _problem(debate: Debate, term: str, chain: Sequence[str], step: Inference) -> Problem:
    way = " → ".join(f"`{node}`" for node in chain)
    message = f"`{term}` changes its sense on the way {way}"
    if chain[-1] != step.target:
        message = (
            f"`{chain[0]}` and `{chain[-1]}` together support `{step.target}`, but mean different things by `{term}`"
        )
    help_text = (
        "name the sense that is meant; if the speaker changes it, an objection that `undercuts` the step says so"
    )
    also = tuple(_place(debate, node, term) for node in chain)
    return Problem(step.relation.target_place(), message, help_text, step.node, also)


def _place(debate: Debate, node_id: str, term: str) -> Related:
    """Where a node names a term."""
    node = debate.nodes[node_id]
    index, name = next((i, name) for i, name in enumerate(node.terms) if name.partition("/")[0] == term)
    return (*node.place("terms", index), f"here `{name}`" if "/" in name else "here in whichever sense")
