"""The debate in the words of the Argument Interchange Format, with those of schema.org for what AIF has no words for.

Points are I-nodes, steps are S-nodes between them: RA for reasons, CA for objections, MA for the same point again. An undercut is a CA
whose conclusion is the S-node of the step that it denies. Who said what stands in YA and L-nodes, who answered what in TA-nodes. The
names of properties are those under which AIFdb publishes its nodes as RDF. (Chesñevar et al., Towards an argument interchange format;
Reed and Budzynska, How dialogues create arguments.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.memory import once
from kb.model import Citation
from kb.publishing import addresses
from kb.publishing.cards import person
from kb.publishing.markup import web_address
from kb.publishing.passage_pages import passage_address
from kb.standing.acts import is_committing
from kb.vocabulary import ACT_RELATIONS, FOR, QUESTION, RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kb.debate import Debate
    from kb.inference import Inference
    from kb.model import Node, Passage
    from kb.tables import Json, Row

_AIF, _SCHEMA_ORG, _RDFS = (
    "http://www.arg.dundee.ac.uk/aif#",
    "https://schema.org/",
    "http://www.w3.org/2000/01/rdf-schema#",
)
_ASSERTING, _ASKING, _OTHER = "Asserting", "Pure Questioning", "Default Illocuting"
"""Kinds of utterances, as Inference Anchoring Theory calls them; the last is for those that commit their speaker to nothing."""
_ARGUING, _DISAGREEING = "Arguing", "Disagreeing"
"""Kinds of utterances that make a step: giving a reason, and objecting."""
_WORK = "schema:CreativeWork"
_ANSWERING = ACT_RELATIONS | {"answers"}
"""Relations that make no step, but are moves in answer to what somebody said."""


def context(site: str) -> Row:
    """What the keys stand for; addresses begin with that of the site, or where that is unknown with the place of the file."""
    leads: dict[str, Json] = {"@type": "@id"}
    return {
        **({"@base": site} if site else {}),
        "aif": _AIF,
        "schema": _SCHEMA_ORG,
        "id": "@id",
        "type": "@type",
        "claimText": "aif:claimText",
        **{
            name: {"@id": f"aif:{name}", **leads}
            for name in (
                *("Premise", "Conclusion", "Locution", "IllocutionaryContent"),
                *("StartLocution", "EndLocution"),
            )
        },
        "label": f"{_RDFS}label",
        "name": "schema:name",
        "datePublished": "schema:datePublished",
        **{name: {"@id": f"schema:{name}", **leads} for name in ("author", "isPartOf", "suggestedAnswer", "url")},
    }


def node_rows(debate: Debate, node: Node) -> Iterator[Row]:
    """Everything that is said of a node: the point, the steps it makes, and who said it in answer to what."""
    if node.id not in debate.argument_steps:
        yield _point_row(debate, node)
    for step in _steps_by_node(debate).get(node.id, ()):
        yield from _step_rows(debate, step)
    yield from _rephrasings(debate, node)
    if _is_said(debate, node):
        yield _illocution(debate, node)
        yield from _transitions(debate, node)


def participant_rows(debate: Debate) -> Iterator[Row]:
    """Everybody who takes part, as agents."""
    for who, participant in debate.participants.items():
        yield {
            "id": addresses.person(who),
            "type": "schema:Organization" if participant.several else "schema:Person",
            "name": person(debate, who).name,
            **_non_empty(url=web_address(participant.url)),
        }


def source_rows(debate: Debate) -> Iterator[Row]:
    """Where things were said: each source with its passages."""
    for source in debate.sources.values():
        yield {
            "id": addresses.source(source.id),
            "type": _WORK,
            "name": source.title,
            **_non_empty(
                author=[{"name": name} for name in source.authors],
                datePublished=_date(source.date),
                url=web_address(source.url),
            ),
        }
        for passage in source.passages:
            yield from _passage_rows(debate, source.id, passage)


def _passage_rows(debate: Debate, source: str, passage: Passage) -> Iterator[Row]:
    """A passage as part of its source; if it is a run-together list, its items are parts of it."""
    address = passage_address(debate, Citation(source, passage.id))
    yield {
        "id": address,
        "type": _WORK,
        "isPartOf": [addresses.source(source)],
        **_non_empty(author=_people(debate, passage.by), datePublished=_date(passage.date)),
    }
    for item in debate.items(source, passage):
        yield {"id": passage_address(debate, Citation(source, item)), "type": _WORK, "isPartOf": [address]}


def _non_empty(**fields: Json) -> Row:
    """A record without its empty fields."""
    return {name: value for name, value in fields.items() if value}


def _date(written: str | None) -> str:
    """A date as ISO 8601 has it: with a time after a `T`, where files may have a space."""
    return (written or "").replace(" ", "T")


def _people(debate: Debate, speakers: Iterable[str]) -> Json:
    """References to those participants who have a page."""
    return [addresses.person(speaker) for speaker in speakers if speaker in debate.participants]


def _point_row(debate: Debate, node: Node) -> Row:
    """A point; a question with its answers."""
    kinds = ["schema:Question" if node.kind == QUESTION else "schema:Claim"]
    if any(question in debate.nodes for question in node.targets("answers")):
        kinds.append("schema:Answer")
    row: Row = {
        "id": addresses.node(node.id),
        "type": ["aif:I-node", *kinds],
        "claimText": node.text or node.label,
    }
    if node.title:
        row["name"] = node.title
    if debate.answers.get(node.id):
        row["suggestedAnswer"] = [addresses.node(answer) for answer in debate.answers[node.id]]
    return row


# -- steps -------------------------------------------------------------------------------------------------------------


@once
def _steps_by_node(debate: Debate) -> Mapping[str, list[Inference]]:
    """The steps by the nodes that make them."""
    steps: dict[str, list[Inference]] = {}
    for step in debate.inferences:
        steps.setdefault(step.node, []).append(step)
    return steps


@once
def _step_addresses(debate: Debate) -> Mapping[int, str]:
    """The address of every step: of an argument its page, else a place on the page of the node that makes it."""
    step_addresses: dict[int, str] = {}
    counts: dict[str, int] = {}
    for step in debate.inferences:
        if step.argument is not None and debate.argument_steps[step.argument] is step:
            step_addresses[step.index] = addresses.node(step.argument)
            continue
        counts[step.node] = counts.get(step.node, 0) + 1
        name = f"step-named-{step.relation.id}" if step.relation.id else f"step-{counts[step.node]}"
        step_addresses[step.index] = f"{addresses.node(step.node)}#{name}"
    return step_addresses


def _step_rows(debate: Debate, step: Inference) -> Iterator[Row]:
    """A reason or an objection; points that contradict each other do so both ways."""
    names = _step_addresses(debate)
    denied = debate.denied_step(step)
    conclusion = names[denied] if denied is not None else addresses.node(step.target)
    scheme = step.relation.scheme or (debate.nodes[step.argument].scheme if step.argument else None)
    row: Row = {
        "id": names[step.index],
        "type": "aif:RA-node" if RELATIONS[step.kind].polarity == FOR else "aif:CA-node",
        **_non_empty(label=scheme),
        **_argument_words(debate, step),
        "Premise": [addresses.node(premise) for premise in step.premises],
        "Conclusion": conclusion,
    }
    yield row
    if RELATIONS[step.kind].symmetric:
        yield {
            **row,
            "id": f"{names[step.index]}-back",
            "Premise": [conclusion],
            "Conclusion": addresses.node(step.node),
        }


def _argument_words(debate: Debate, step: Inference) -> Row:
    """What an argument says in words of its own; any other step has none."""
    if step.argument is None or debate.argument_steps[step.argument] is not step:
        return {}
    argument = debate.nodes[step.argument]
    return _non_empty(name=argument.title, claimText=argument.text)


def _rephrasings(debate: Debate, node: Node) -> Iterator[Row]:
    """That a point is another one again."""
    for number, target in enumerate(node.targets("restates"), 1):
        if target in debate.nodes:
            yield {
                "id": f"{addresses.node(node.id)}#again-{number}",
                "type": "aif:MA-node",
                "Premise": [addresses.node(node.id)],
                "Conclusion": addresses.node(target),
            }


# -- who said it -------------------------------------------------------------------------------------------------------


def _is_said(debate: Debate, node: Node) -> bool:
    """Whether somebody said it; points in the editors' own words were said by nobody."""
    return bool(debate.speakers(node.id) or node.citations)


def _locution_address(node_id: str) -> str:
    return f"{addresses.node(node_id)}#said"


def _illocution(debate: Debate, node: Node) -> Row:
    """That somebody put a point forward, and in which words the record has it."""
    speakers = debate.speakers(node.id)
    names = ", ".join(person(debate, speaker).name for speaker in speakers)
    places = [passage_address(debate, cited) for cited in node.citations if cited.source in debate.sources]
    return {
        "id": f"{addresses.node(node.id)}#act",
        "type": "aif:YA-node",
        "label": _illocution_type(debate, node),
        "Locution": {
            "id": _locution_address(node.id),
            "type": "aif:L-node",
            "claimText": f"{names} : {node.text or node.label}" if names else node.text or node.label,
            "author": _people(debate, speakers),
            "isPartOf": list(places),
        },
        "IllocutionaryContent": addresses.node(node.id),
    }


def _illocution_type(debate: Debate, node: Node) -> str:
    """In which way it was said."""
    if node.kind == QUESTION:
        return _ASKING
    if not is_committing(node):
        return _OTHER
    step = debate.argument_steps.get(node.id)
    if step is None:
        return _ASSERTING
    return _ARGUING if RELATIONS[step.kind].polarity == FOR else _DISAGREEING


def _transitions(debate: Debate, node: Node) -> Iterator[Row]:
    """What it was said in answer to, if that makes no step."""
    for number, relation in enumerate(node.relations, 1):
        target = debate.nodes.get(relation.to)
        if relation.kind in _ANSWERING and target is not None and _is_said(debate, target):
            yield {
                "id": f"{addresses.node(node.id)}#turn-{number}",
                "type": "aif:TA-node",
                "label": (f"{relation.kind}_in_part" if relation.part else relation.kind).replace("_", " "),
                "StartLocution": _locution_address(target.id),
                "EndLocution": _locution_address(node.id),
            }
