"""An undercut denies a step that nobody made.

An undercut leaves both ends standing and denies that one follows from the other; so it must say which step it means: `X -> Y`, where X
(or what is linked with it) supports or attacks Y, the id of a relation, or an argument. Where there is no such step, nothing is
challenged.

Bad:

    id: light-scatters
    kind: claim
    text: Air scatters blue light more than red.
    supports: sky-is-blue
    ---
    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    ---
    id: scattering-explains-sunsets
    kind: objection
    text: Scattering explains sunsets, not the colour of the day.
    undercuts: sky-is-blue -> light-scatters    # <- unmatched-undercut

Good:

    id: light-scatters
    kind: claim
    text: Air scatters blue light more than red.
    supports: sky-is-blue
    ---
    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    ---
    id: scattering-explains-sunsets
    kind: objection
    text: Scattering explains sunsets, not the colour of the day.
    undercuts: light-scatters -> sky-is-blue
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.former import former_ids
from kb.linting.scope import STRUCTURE
from kb.mentions import mentions, renamed_texts
from kb.spelling import replacement, respelling, rewriting, word_place
from kb.suggest import did_you_mean
from kb.vocabulary import AGAINST, ARGUMENT, FOR, RELATIONS, a

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.finding import Fix
    from kb.model import Relation

SEVERITY = "error"
FIX = "sometimes"
READS = STRUCTURE | {"rejected", "formerly"}
LOCAL_WHILE_CLEAN = True
_WRITTEN = "write `X -> Y` with ids of nodes"


def check(debate: Debate) -> Iterator[Problem]:
    """Look for the step of every undercut."""
    for relation in mentions(debate).relations["undercuts"]:
        if debate.inference_of(relation) is None and not debate.undercut_targets(relation):
            problem = _step_fault(debate, relation) if "->" in relation.to else _name_fault(debate, relation)
            if problem is not None:
                place, unknown = relation.target_place(), _unknown_names(debate, relation)
                if "->" in relation.to and unknown and all(unknown):
                    place = word_place(place, relation.written("to"), unknown[0])
                fix = _reversal_fix(debate, relation) or _respelling_fix(debate, relation, unknown)
                yield Problem(place, *problem, relation.node, fix=fix)


def _step_fault(debate: Debate, undercut: Relation) -> tuple[str, str] | None:
    """What is wrong with `X -> Y`."""
    start, _, end = undercut.to.partition(" -> ")
    if not start or not end:
        return f"the step `{undercut.to.strip()}` has {'no end' if start else 'no start'}", _WRITTEN
    for name in _unknown_names(debate, undercut)[:1]:
        if now := former_ids(debate).nodes.get(name):
            return renamed_texts(f"no node is called `{name}`", now)
    if _may_lead_on(debate, start) or end in debate.rejected:
        return None
    for name in _unknown_names(debate, undercut)[:1]:
        return f"no node is called `{name}`", did_you_mean(name, debate.nodes) or _WRITTEN
    for relation in debate.nodes[start].relations if start in debate.nodes else ():
        if relation.to == end:
            what = f"`{start}` {RELATIONS[relation.kind].gloss} `{end}`: that is no step that could be denied"
            return what, "only what is for or against something can be undercut"
    return f"no step leads from `{start}` to `{end}`", _steps_hint(debate, start, end)


def _may_lead_on(debate: Debate, start: str) -> bool:
    """Whether a node has steps that are not there because something else is wrong with it than undercuts that find no step."""
    if start not in mentions(debate).incomplete_nodes:
        return False
    node = debate.nodes.get(start)
    if node is None or start in debate.rejected or any(premise.id not in debate.nodes for premise in node.premises):
        return True
    named = (name for r in node.relations if r.kind != "undercuts" for name in (r.to, *r.premises))
    return any(name not in debate.nodes for name in named)


def _unknown_names(debate: Debate, undercut: Relation) -> list[str]:
    """What of a step nothing is called."""
    names = undercut.to.split(" -> ")
    return [name for name in names if name not in debate.nodes and name not in debate.relation_ids]


def _respelling_fix(debate: Debate, undercut: Relation, unknown: list[str]) -> Fix | None:
    """An end of the step that is misspelt or has another name now, or a misspelt name of one."""
    place, written = undercut.target_place(), undercut.written("to")
    if "->" in undercut.to and unknown and (now := former_ids(debate).nodes.get(unknown[0])):
        return replacement(place, written, unknown[0], now)
    known = debate.nodes if "->" in undercut.to else _step_names(debate)
    return respelling(place, written, unknown[0], known) if len(unknown) == 1 else None


def _reversal_fix(debate: Debate, undercut: Relation) -> Fix | None:
    """The step the other way round, where that was made."""
    start, arrow, end = undercut.to.partition(" -> ")
    if not arrow or not any(_is_step(r) and (r.node, r.to) == (end, start) for r in debate.incoming.get(start, ())):
        return None
    return rewriting(undercut.target_place(), undercut.written("to"), f"{end} -> {start}", safe=False)


def _steps_hint(debate: Debate, start: str, end: str) -> str:
    """The step the other way round, or those that do lead there."""
    known = [r for node in (start, end) for r in debate.incoming.get(node, ()) if _is_step(r)]
    for relation in known:
        if relation.to == start and relation.node == end:
            return f"did you mean `{end} -> {start}`?"
    names = sorted({f"`{r.node} -> {end}`" for r in known if r.to == end})
    return "there is " + ", ".join(names[:4]) if names else f"nothing supports or attacks `{end}`"


def _name_fault(debate: Debate, undercut: Relation) -> tuple[str, str] | None:
    """What is wrong with the id of a relation or an argument."""
    name = undercut.to
    node, relation = debate.nodes.get(name), debate.relation_ids.get(name)
    if name == undercut.node or name in debate.rejected or _may_lead_on(debate, name):
        return None  # of a node that names itself `self-relation` tells
    if relation is not None:
        return _relation_fault(debate, undercut, relation)
    if node is None:
        near = did_you_mean(name, _step_names(debate)) or "write the step as `X -> Y`"
        return f"no step is called `{name}`", near
    if node.kind == ARGUMENT:
        return None
    return f"`{name}` is {a(node.kind)}, not a step", f"write `X -> {name}`, or deny the point itself with `attacks`"


def _step_names(debate: Debate) -> list[str]:
    """What can stand for a step: relations with an id, and arguments."""
    return [*debate.relation_ids, *(node.id for node in debate.nodes.values() if node.kind == ARGUMENT)]


def _relation_fault(debate: Debate, undercut: Relation, relation: Relation) -> tuple[str, str] | None:
    """Why a relation with an id is no step: it is for or against nothing, or the undercuts go round in a circle."""
    if not _is_step(relation):
        gloss = RELATIONS[relation.kind].gloss
        return f"`{undercut.to}` is the relation “{gloss}”", "only what is for or against something can be undercut"
    seen: set[str] = set()
    while relation.kind == "undercuts" and relation.to in debate.relation_ids and relation.to not in seen:
        seen.add(relation.to)
        relation = debate.relation_ids[relation.to]
    if undercut.id in seen:
        return f"the undercuts {', '.join(f'`{name}`' for name in sorted(seen))} deny each other", "deny a node instead"
    return None


def _is_step(relation: Relation) -> bool:
    return RELATIONS[relation.kind].polarity in {FOR, AGAINST}
