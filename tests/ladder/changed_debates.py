"""Metamorphic comparisons of whole debates: changes after which everything the tool says of them must be the same, or known in advance."""

from __future__ import annotations

import json
import random
from dataclasses import asdict, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kb.contention.objections import objection_state
from kb.disagreements import disagreements
from kb.evaluate import evaluate
from kb.gradual.graph import weighted_graph
from kb.gradual.influence import SEMANTICS
from kb.gradual.solving import Solver
from kb.load import load_texts
from kb.model import Citation, Participant, Premise, Relation
from kb.queries.cruxes import cruxes
from kb.queries.what_if import changes
from kb.settling.conditions import conditions
from kb.settling.robust import possible_labels
from kb.settling.views import held_outcomes, labels_seen_by, points_at_odds
from kb.standing.framework import OPEN, YES
from kb.vocabulary import RELATIONS
from tests.conftest import cautious_verdict
from tests.ladder.debates import DEBATES, random_debates
from tests.ladder.rung import Rung, Seen
from tests.maps import PEOPLE, node
from tests.mutations import side_by_side

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kb.debate import Debate
    from kb.model import Node

Profile = dict[str, object]


class Changing(NamedTuple):
    """A debate, and dice that choose what is changed."""

    debate: Debate
    dice: random.Random


def with_dice(count: int) -> Iterator[Changing]:
    """Debates, each with dice of its own, and with some weights."""
    for number, debate in enumerate(random_debates(count)):
        dice = random.Random(number)
        nodes = {
            i: n if n.kind == "question" or dice.random() < 0.5 else replace(n, weight=dice.randrange(11) / 10)
            for i, n in debate.nodes.items()
        }
        yield Changing(replace(debate, nodes=nodes), dice)


# -- all that is said of a debate ------------------------------------------------------------------------------


def verdicts(debate: Debate) -> dict[str, tuple[str | None, str | None]]:
    """Of each node the verdict on the record and in the careful view."""
    evaluation = evaluate(debate)
    return {n: (evaluation.verdict(n), cautious_verdict(evaluation, n)) for n in debate.nodes}


def profile(debate: Debate) -> Profile:
    """Verdicts, statuses, stances, objections, disagreements, cruxes, worlds and strengths."""
    evaluation, found = evaluate(debate), conditions(debate)
    judged = [n for n in debate.nodes if evaluation.verdict(n) is not None]
    graph = weighted_graph(debate)
    solved = Solver(graph, SEMANTICS["quadratic"]).solve()
    return {
        "verdicts": verdicts(debate),
        "statuses": {n: evaluation.status(n) for n in debate.nodes},
        "stances": {n: dict(evaluation.stances.now(n)) for n in debate.nodes},
        "unsettled": {n for n in debate.nodes if debate.points[n] in evaluation.unsettled},
        "objections": {(s.node, s.kind, s.relation.to): objection_state(debate, s) for s in debate.inferences},
        "disagreements": [asdict(row) for row in disagreements(debate)],
        "worlds": {n: possible_labels(found, evaluation.point_number(n)) for n in judged},
        "cruxes": {n: [asdict(one) for one in cruxes(debate, n)] for n in judged},
        "strengths": {n: rounded(solved[evaluation.point_number(n)]) for n in judged},
    }


def rounded(value: float | None) -> float | None:
    """A strength to nine digits, since another order may change the last ones."""
    return None if value is None else round(value, 9)


def renamed_in(value: object, names: Mapping[str, str]) -> object:
    """What the tool says, with other names in it."""
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, dict):
        return {renamed_in(key, names): renamed_in(inner, names) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return type(value)(renamed_in(inner, names) for inner in value)
    return value


# -- names and files -------------------------------------------------------------------------------------------


def renamed(debate: Debate, names: Mapping[str, str]) -> Debate:
    """The debate with other ids of nodes and participants."""

    def called(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(names.get(i, i) for i in ids)

    def relation(old: Relation) -> Relation:
        node_id, to = called((old.node, old.to))
        return replace(old, node=node_id, to=to, premises=called(old.premises), by=called(old.by))

    def other(old: Node) -> Node:
        return replace(
            old,
            id=names[old.id],
            by=called(old.by),
            attributed_to=called(old.attributed_to),
            relations=tuple(map(relation, old.relations)),
            premises=tuple(Premise(id=names[p.id]) for p in old.premises),
        )

    sources = {
        source.id: replace(source, passages=tuple(replace(p, by=called(p.by)) for p in source.passages))
        for source in debate.sources.values()
    }
    people = {names[p]: Participant(id=names[p], name=names[p]) for p in debate.participants}
    nodes = sorted(map(other, debate.nodes.values()), key=lambda made: made.id)
    return replace(debate, nodes={n.id: n for n in nodes}, sources=sources, participants=dict(sorted(people.items())))


def check_renamed(case: Changing) -> Seen:
    """Other ids and names that keep their order: everything is said as before, with the other names."""
    debate = case.debate
    names = {n: f"point-{place:03}" for place, n in enumerate(sorted(debate.nodes))}
    names |= {p: f"who-{place}" for place, p in enumerate(sorted(debate.participants))}
    alike(profile(renamed(debate, names)), renamed_in(profile(debate), names))
    return of(debate)


def check_shuffled_names(case: Changing) -> Seen:
    """Other ids and names in any order, where every node has its place in the sources: the same but for the order of lists."""
    cited = {
        n.id: replace(n, citations=(Citation("talk", f"p{n.id[1:]}"),), by=n.by or ("ann",))
        for n in case.debate.nodes.values()
    }
    debate = replace(case.debate, nodes=cited)
    ids = [f"point-{place:03}" for place in range(len(cited))]
    names = dict(zip(cited, case.dice.sample(ids, len(ids)), strict=True))
    names |= dict(zip(PEOPLE, case.dice.sample(["xena", "yann", "zoe"], 3), strict=True))
    alike(unordered(profile(renamed(debate, names))), unordered(renamed_in(profile(debate), names)))
    return of(debate)


def alike(one: object, other: object) -> None:
    """Compare what the tool says, part by part."""
    assert isinstance(one, dict)
    assert isinstance(other, dict)
    for what, said in one.items():
        assert said == other[what], f"{what}: {said} {other[what]}"


def unordered(value: object) -> object:
    """Without the order of lists and without arbitrary choices among equals; if one outcome settles a point, all outcomes that would."""
    if isinstance(value, dict):
        outcomes, others = value.get("outcomes"), value.get("others")
        if isinstance(outcomes, tuple) and isinstance(others, tuple) and len(outcomes) == 1:
            value = {**value, "each of": outcomes + others}
        return {
            key: unordered(inner)
            for key, inner in value.items()
            if key not in {"outcomes", "others", "chosen", "cruxes"} or not isinstance(inner, tuple | bool)
        }
    if isinstance(value, list | tuple | set | frozenset):
        return sorted(map(repr, map(unordered, value)))
    return value


def of(debate: Debate) -> Seen:
    """What the case was like: how much the tool said."""
    rows = disagreements(debate)
    return Seen({"with disagreements": bool(rows), "with something unsettled": bool(evaluate(debate).unsettled)})


def _place(relation: Relation) -> int:
    """The place of a relation in the order of the vocabulary, in which relations are read."""
    return list(RELATIONS).index(relation.kind)


def check_written(case: Changing) -> Seen:
    """Written to files, whichever node stands where, and read again: everything is said as before."""
    nodes = {i: replace(n, relations=tuple(sorted(n.relations, key=_place))) for i, n in case.debate.nodes.items()}
    debate = replace(case.debate, nodes=nodes)
    loaded = load_texts(files(debate, case.dice))
    assert loaded.faults == ()
    alike(profile(loaded.debate), profile(debate))
    return of(debate)


def files(debate: Debate, dice: random.Random) -> dict[str, str]:
    """The files of a debate, with its nodes spread over them in any order."""
    (source,) = debate.sources.values()
    passages = "".join(
        f"  - {json.dumps({'id': p.id} | ({'by': list(p.by)} if p.by else {}))}\n" for p in source.passages
    )
    made = {"claims/kb.yaml": "title: A small debate\n"}
    made["claims/sources/talk.yaml"] = f"title: Talk\npassages:\n{passages}"
    made |= {f"claims/participants/{p.id}.yaml": f"name: {p.name}\n" for p in debate.participants.values()}
    parts: dict[str, list[Node]] = {}
    for one in dice.sample(list(debate.nodes.values()), len(debate.nodes)):
        parts.setdefault(dice.choice(["talk/all", "talk/some", "aside/more"]), []).append(one)
    for path, nodes in parts.items():
        name = path if len(nodes) > 1 else f"alone/{nodes[0].id}"  # the file names the only node in it
        made[f"claims/{name}.yaml"] = "---\n".join(map(yaml, nodes))
    return made


def yaml(one: Node) -> str:
    """A node as YAML, each field on a line of its own."""
    fields: dict[str, object] = {"id": one.id, "kind": one.kind, "text": one.text, "by": list(one.by)}
    fields |= {"certainty": one.certainty, "attributed_to": list(one.attributed_to), "stands_alone": one.stands_alone}
    fields |= {"exclusive": one.exclusive, "premises": [p.id for p in one.premises], "weight": one.weight}
    fields["source"] = [str(citation) for citation in one.citations]
    for relation in one.relations:
        told: dict[str, object] = {
            "to": relation.to,
            "with": list(relation.premises),
            "id": relation.id,
            "by": list(relation.by),
        }
        told |= {"strict": relation.strict, "part": relation.part}
        entries = fields.setdefault(relation.kind, [])
        assert isinstance(entries, list)
        entries.append({key: value for key, value in told.items() if value})
    kept = {key: value for key, value in fields.items() if value not in ([], None) and value is not False}
    return "".join(f"{key}: {json.dumps(value)}\n" for key, value in kept.items())


# -- something more --------------------------------------------------------------------------------------------


def with_nodes(debate: Debate, *more: Node) -> Debate:
    """The debate with more nodes."""
    return replace(debate, nodes=dict(sorted({**debate.nodes, **{n.id: n for n in more}}.items())))


def check_beside(case: Changing) -> Seen:
    """Beside another debate that nothing connects it with, everything is said as before."""
    debate, other = case.debate, case.dice.choice(others())
    both = profile(side_by_side(debate, other))
    alone = profile(debate)
    for what, said in alone.items():
        if isinstance(said, dict):
            told = both[what]
            assert isinstance(told, dict)
            assert {key: told[key] for key in said} == said, what
    rows = [row for row in disagreements(side_by_side(debate, other)) if row.id in debate.nodes]
    assert sorted(map(repr, rows)) == sorted(map(repr, disagreements(debate)))
    return of(debate)


@lru_cache(maxsize=1)
def others() -> tuple[Debate, ...]:
    """Some debates to be put beside others."""
    return tuple(random_debates(200))


def of_record(number: int, relation: Relation | None = None, kind: str = "claim") -> Node:
    """A node that the record itself puts forward."""
    return node(number, "", kind, relations=() if relation is None else (relation,))


def check_fallen_objection(case: Changing) -> Seen:
    """An objection of the record, to a point or a step, that another of its points defeats: no other verdict changes."""
    debate, dice = case
    steps = [r.id for n in debate.nodes.values() for r in n.relations if r.id is not None]
    kind, to = dice.choice([("attacks", n) for n in debate.nodes] + [("undercuts", s) for s in steps])
    objection = of_record(100, Relation(kind=kind, node="n100", to=to), "objection")
    answer = of_record(101, Relation(kind="attacks", node="n101", to="n100"), "objection")
    made = with_nodes(debate, objection, answer)
    assert evaluate(made).verdict("n100") == "out"
    return unchanged(debate, made)


def unchanged(debate: Debate, made: Debate) -> Seen:
    """Compare the verdicts of all nodes of the first debate, on the record and in the careful view, with those in the second."""
    before, after = verdicts(debate), verdicts(made)
    only_acts = {n for n, (verdict, _) in before.items() if verdict is None}  # a reply may get a verdict
    assert {n: after[n] for n in before if n not in only_acts} == {n: before[n] for n in before if n not in only_acts}
    told = {verdict for verdict, _ in before.values()}
    return Seen({"with several verdicts": len(told - {None}) > 1})


def check_granted_premise(case: Changing) -> Seen:
    """A premise split in two, the other half granted by all: no verdict changes on the record."""
    debate, dice = case
    places = [
        (n.id, k)
        for n in debate.nodes.values()
        for k, r in enumerate(n.relations)
        if n.kind != "argument" and r.kind in {"supports", "attacks", "undercuts"}
    ]
    if not places:
        return Seen()
    node_id, place = dice.choice(places)
    relations = list(debate.nodes[node_id].relations)
    relations[place] = replace(relations[place], premises=(*relations[place].premises, "n100"))
    made = with_nodes(debate, replace(debate.nodes[node_id], relations=tuple(relations)), of_record(100))
    before, after = verdicts(debate), verdicts(made)
    assert {n: after[n][0] for n in before} == {n: before[n][0] for n in before}
    return Seen({"with a premise split": 1})


def check_restated(case: Changing) -> Seen:
    """An objection or reason made again by the same people in other words, and joined by `restates`: verdicts and strengths stay.

    Of nodes that nobody took back or undercut: such acts are on the one wording, and leave the other.
    """
    debate, dice = case
    undercut = {r.to for n in debate.nodes.values() for r in n.relations if r.kind == "undercuts"}
    able = [
        n
        for n in debate.nodes.values()
        if n.kind in {"claim", "objection"}
        and n.certainty != "arguendo"
        and n.relations
        and all(r.kind in {"supports", "attacks"} and r.id not in undercut for r in n.relations)
        and not any(r.to == n.id and r.kind != "supports" for m in debate.nodes.values() for r in m.relations)
        and all(debate.nodes[r.to].kind != "argument" for r in n.relations)
    ]
    if not able:
        return Seen()
    old = dice.choice(able)
    relations = [replace(r, node="n100", id=None) for r in old.relations]
    relations.append(Relation(kind="restates", node="n100", to=old.id))
    made = with_nodes(debate, replace(old, id="n100", relations=tuple(relations)))
    before, after = profile(debate), profile(made)
    for what in ("verdicts", "strengths"):
        told, said = before[what], after[what]
        assert isinstance(told, dict)
        assert isinstance(said, dict)
        assert {key: said[key] for key in told} == told, what
    return Seen({"with something restated": 1})


def check_more_reasons(case: Changing) -> Seen:
    """A reason that the record grants, for a point that is in: no verdict changes, in the careful view either if it is in there."""
    debate, dice = case
    evaluation = evaluate(debate)
    standing = [n for n in debate.nodes if evaluation.verdict(n) == YES and debate.nodes[n].kind != "argument"]
    if not standing:
        return Seen()
    to = dice.choice(standing)
    made = with_nodes(debate, of_record(100, Relation(kind="supports", node="n100", to=to)))
    before, after = verdicts(debate), verdicts(made)
    assert {n: after[n][0] for n in before} == {n: before[n][0] for n in before}
    return Seen({"with a reason more": 1})


# -- what follows is known -------------------------------------------------------------------------------------


def check_pinned(case: Changing) -> Seen:
    """To suppose of points what holds of them anyway changes nothing: `kb what-if` says 0."""
    debate = case.debate
    evaluation = evaluate(debate)
    decided = {n: v for n in debate.nodes if (v := evaluation.verdict(n)) is not None and v != OPEN}
    for supposed in (decided, *({n: v} for n, v in decided.items())):
        assert changes(debate, supposed) == ()
    return Seen({"with something decided": bool(decided)})


def check_views(case: Changing) -> Seen:
    """What the careful view decides is so on the record, in every world, and for every participant who is not at odds with themselves."""
    debate = case.debate
    evaluation, found = evaluate(debate), conditions(debate)
    seen = Seen({"with something unsettled": bool(evaluation.unsettled)})
    for number, label in enumerate(evaluation.cautious.points):
        if label != OPEN:
            assert evaluation.record.points[number] == label
            assert possible_labels(found, number) == {label}
    for who in debate.participants:
        if points_at_odds(found, held_outcomes(evaluation, who)):
            continue
        view = labels_seen_by(evaluation, who).points
        assert all(one in {OPEN, other} for one, other in zip(evaluation.cautious.points, view, strict=True))
        seen["with a participant who decides more"] |= view != evaluation.cautious.points
    return seen


def _of_debates(name: str, told: str, change: str, check: Callable[[Changing], Seen], many: int) -> Rung[Changing]:
    return Rung(name, told, change, DEBATES, with_dice, check, many)


ALL = "verdicts, statuses, stances, objections, disagreements, cruxes, worlds, strengths"
RENAMED = _of_debates(
    "renamed", ALL, "ids and names replaced, in their order: the same, in other names", check_renamed, 3000
)
SHUFFLED = _of_debates(
    "names-in-any-order",
    ALL,
    "ids and names replaced in any order, all nodes cited: the same, but for the order of lists",
    check_shuffled_names,
    3000,
)
FILES = _of_debates(
    "files", ALL, "written to files, nodes in any file and order, and read: the same", check_written, 3000
)
BESIDE = _of_debates("beside", ALL, "another debate beside it: the same", check_beside, 3000)
FALLEN = _of_debates(
    "fallen-objection-in-debate",
    "verdicts, on the record and in the careful view",
    "a defeated objection added: the same for all else",
    check_fallen_objection,
    5_000,
)
SPLIT = _of_debates(
    "granted-premise", "verdicts", "a linked premise added that is granted: the same", check_granted_premise, 5_000
)
RESTATED = _of_debates(
    "restated",
    "verdicts and strengths",
    "an objection or reason made again, as a restatement: the same",
    check_restated,
    5_000,
)
REASON = _of_debates(
    "more-reasons", "verdicts", "a granted reason more for a point that is in: the same", check_more_reasons, 5_000
)
PINNED = _of_debates(
    "what-if-nothing", "what changes (`kb what-if`)", "what holds anyway supposed: nothing", check_pinned, 5_000
)
VIEWS = _of_debates(
    "views",
    "what the careful view decides",
    "the record, every world and the view of every participant: it is so there, too",
    check_views,
    5_000,
)
RUNGS = (RENAMED, SHUFFLED, FILES, BESIDE, FALLEN, SPLIT, RESTATED, REASON, PINNED, VIEWS)
