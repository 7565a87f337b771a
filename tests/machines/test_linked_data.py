"""Linked data: the debate in the words of AIF, and what search engines are told of a page."""

from __future__ import annotations

import json
import re

import pytest

from tests import sites
from tests.conftest import read
from tests.machines import SKY, built

ARGUED = (
    "## kb.yaml\ntitle: Sky"
    + SKY
    + """---
id: blue
kind: claim
text: It is blue.
source: letter p1
answers: asked
---
id: linked
kind: claim
text: Air scatters.
by: ann
supports: {to: blue, with: [also], id: scattering}
---
id: also
kind: claim
text: Blue most.
---
id: no-step
kind: objection
text: It does not follow.
source: letter p2
undercuts: scattering
---
id: not-so
kind: objection
text: It follows.
by: ann
undercuts: no-step -> scattering
---
id: argued
kind: argument
scheme: expert-opinion
premises: [also]
supports: blue
---
id: at-argument
kind: objection
text: No expert.
attacks: argued
---
id: grey
kind: claim
text: It is grey.
contradicts: blue
---
id: again
kind: claim
text: Blue it is.
restates: blue
---
id: granted
kind: reply
text: Granted.
by: bob
certainty: tentative
concedes: blue
---
id: supposed
kind: claim
text: Suppose it is not.
by: bob
certainty: arguendo
supports: grey
"""
)


def page_of(node_id: str) -> str:
    return f"nodes/{node_id}.html"


@pytest.fixture(scope="module")
def graph() -> dict[str, dict[str, object]]:
    """The linked data of a debate by id, including what stands inside others."""
    found = json.loads(built(sites.gather(read(ARGUED).debate))["debate.jsonld"])["@graph"]
    return {row["id"]: row for row in [*found, *(row["Locution"] for row in found if "Locution" in row)]}


@pytest.mark.parametrize(
    ("name", "sort", "premises", "conclusion"),
    [
        ("nodes/linked.html#step-named-scattering", "RA", ["linked", "also"], page_of("blue")),
        ("nodes/no-step.html#step-1", "CA", ["no-step"], "nodes/linked.html#step-named-scattering"),
        ("nodes/not-so.html#step-1", "CA", ["not-so"], "nodes/no-step.html#step-1"),
        ("nodes/argued.html", "RA", ["also"], page_of("blue")),
        ("nodes/at-argument.html#step-1", "CA", ["at-argument"], page_of("argued")),
        ("nodes/grey.html#step-1", "CA", ["grey"], page_of("blue")),
        ("nodes/grey.html#step-1-back", "CA", ["blue"], page_of("grey")),
        ("nodes/again.html#again-1", "MA", ["again"], page_of("blue")),
    ],
)
def test_a_step_is_a_node_between_points(
    graph: dict[str, dict[str, object]], name: str, sort: str, premises: list[str], conclusion: str
) -> None:
    found = graph[name]
    assert found["type"] == f"aif:{sort}-node"
    assert found["Premise"] == [page_of(premise) for premise in premises]
    assert found["Conclusion"] == conclusion


def test_linked_data_say_who_said_what_in_answer_to_what(graph: dict[str, dict[str, object]]) -> None:
    assert graph["nodes/argued.html"]["label"] == "expert-opinion"
    assert graph["nodes/asked.html"]["suggestedAnswer"] == [page_of("blue")]
    assert graph["nodes/blue.html"]["type"] == ["aif:I-node", "schema:Claim", "schema:Answer"]
    assert graph["nodes/grey.html"]["type"] == ["aif:I-node", "schema:Claim"]
    assert graph["nodes/blue.html#said"] == {
        "id": "nodes/blue.html#said",
        "type": "aif:L-node",
        "claimText": "Ann : It is blue.",
        "author": ["people/ann.html"],
        "isPartOf": ["sources/letter.html#p-p1"],
    }
    assert [graph[f"nodes/{n}.html#act"]["label"] for n in ("blue", "supposed")] == ["Asserting", "Default Illocuting"]
    assert graph["nodes/granted.html#turn-1"]["StartLocution"] == "nodes/blue.html#said"
    assert "nodes/also.html#said" not in graph, "held by the record, said by nobody"


def test_linked_data_lead_to_what_is_there(
    graph: dict[str, dict[str, object]], starter: dict[str, str], attacked: dict[str, str]
) -> None:
    others = [json.loads(found["debate.jsonld"])["@graph"] for found in (starter, attacked)]
    for rows in (list(graph.values()), *others):
        there = {row["id"] for row in rows} | {row["Locution"]["id"] for row in rows if "Locution" in row}
        steps = [
            row for row in rows if str(row["type"]) in {"aif:RA-node", "aif:CA-node", "aif:MA-node", "aif:TA-node"}
        ]
        leads = [row[key] for row in steps for key in ("Conclusion", "StartLocution", "EndLocution") if key in row]
        leads += [premise for row in steps for premise in row.get("Premise", [])]
        assert set(leads) <= there


SPOKEN = """
## participants/crew.yaml
name: The crew
several: true
url: https://crew.example/
## sources/letter.yaml
title: A letter
authors: ['Lovelace, A.']
date: 2025-03
passages:
- {id: p1, by: crew, date: 2025-03-04}
- {id: p2, items: 2, date: "2025-03-04 18:30+02:00"}
## talk/nodes.yaml
id: blue
kind: claim
text: It is blue.
source: letter p1
---
id: air
kind: claim
text: Air scatters.
source: letter p2.2
---
id: argued
kind: argument
title: From the air
text: What scatters is blue.
premises: [air]
attacks: blue
source: letter p1
---
id: granted
kind: reply
text: By day.
by: crew
concedes: {to: blue, part: true}
"""


@pytest.fixture(scope="module")
def spoken() -> dict[str, dict[str, object]]:
    """The linked data of a debate that says much about who speaks, and where."""
    found = json.loads(built(sites.gather(read(SPOKEN).debate))["debate.jsonld"])["@graph"]
    return {row["id"]: row for row in found}


def test_a_passage_is_part_of_its_source(spoken: dict[str, dict[str, object]]) -> None:
    letter = spoken["sources/letter.html"]
    assert (letter["author"], letter["datePublished"]) == ([{"name": "Lovelace, A."}], "2025-03")
    assert spoken["sources/letter.html#p-p1"] == {
        "id": "sources/letter.html#p-p1",
        "type": "schema:CreativeWork",
        "isPartOf": ["sources/letter.html"],
        "author": ["people/crew.html"],
        "datePublished": "2025-03-04",
    }
    assert spoken["sources/letter.html#p-p2"]["datePublished"] == "2025-03-04T18:30+02:00", "as ISO 8601 writes it"
    assert spoken["sources/letter.html#p-p2.2"]["isPartOf"] == ["sources/letter.html#p-p2"]
    places = [row["Locution"]["isPartOf"] for row in spoken.values() if "Locution" in row]  # type: ignore[index]
    assert {place for found in places for place in found} <= set(spoken)


def test_several_people_are_no_person(spoken: dict[str, dict[str, object]]) -> None:
    assert spoken["people/crew.html"] == {
        "id": "people/crew.html",
        "type": "schema:Organization",
        "name": "The crew",
        "url": "https://crew.example/",
    }


def test_an_argument_has_its_words_and_is_argued(spoken: dict[str, dict[str, object]]) -> None:
    argued = spoken["nodes/argued.html"]
    assert (argued["type"], argued["name"]) == ("aif:CA-node", "From the air")
    assert argued["claimText"] == "What scatters is blue."
    assert spoken["nodes/argued.html#act"]["label"] == "Disagreeing"


def test_what_is_granted_in_part_is_no_whole_concession(spoken: dict[str, dict[str, object]]) -> None:
    assert spoken["nodes/granted.html#turn-1"]["label"] == "concedes in part"


def test_addresses_of_linked_data_begin_where_the_site_is(published: dict[str, str], starter: dict[str, str]) -> None:
    assert json.loads(published["debate.jsonld"])["@context"]["@base"] == "https://debates.example/fees/"
    assert "@base" not in json.loads(starter["debate.jsonld"])["@context"]


def structured(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/ld\+json">([^<>&]*)</script>', page)
    assert found is not None
    told = json.loads(found[1])
    assert isinstance(told, dict)
    return told


def test_search_engines_are_told_of_several_people_as_such() -> None:
    asked = "---\nid: what\nkind: question\ntext: What colour is it?\n"
    text = SPOKEN.replace("source: letter p1\n", "source: letter p1\nanswers: what\n", 1) + asked
    question = structured(built(sites.gather(read(text).debate))["nodes/what.html"])
    (answer,) = re.findall(r"'author': (\[.*?\])", str(question["suggestedAnswer"]))
    assert answer == "[{'@type': 'Organization', 'name': 'The crew'}]"


@pytest.mark.parametrize("whose", ["certainty: arguendo", "certainty: mentioned", "attributed_to: crew"])
def test_search_engines_are_told_of_no_author_where_an_answer_is_not_its_speakers_own(whose: str) -> None:
    asked = "---\nid: what\nkind: question\ntext: What colour is it?\n"
    text = SPOKEN.replace("source: letter p1\n", f"source: letter p1\nanswers: what\n{whose}\n", 1) + asked
    question = structured(built(sites.gather(read(text).debate))["nodes/what.html"])
    assert question["suggestedAnswer"] == [{"@type": "Answer", "text": "It is blue.", "url": "blue.html"}]


def test_search_engines_are_told_what_a_page_is(starter: dict[str, str], attacked: dict[str, str]) -> None:
    home, question = structured(starter["index.html"]), structured(starter["nodes/should-late-fees-go.html"])
    assert (home["@type"], home["name"]) == ("Dataset", "The library's late fees")
    assert '<link rel="alternate" type="application/ld+json" href="debate.jsonld">' in starter["index.html"]
    assert home["distribution"] == [
        {"@type": "DataDownload", "encodingFormat": "application/json", "contentUrl": "debate.json"},
        {"@type": "DataDownload", "encodingFormat": "application/ld+json", "contentUrl": "debate.jsonld"},
    ]
    assert (question["@type"], question["answerCount"]) == ("Question", 2)
    assert question["suggestedAnswer"] == [
        {
            "@type": "Answer",
            "text": "The library should stop charging for books that come back late.",
            "url": "late-fees-should-go.html",
            "author": [{"@type": "Person", "name": "Ada"}],
        },
        {
            "@type": "Answer",
            "text": "The library should go on charging for books that come back late.",
            "url": "late-fees-should-stay.html",
            "author": [{"@type": "Person", "name": "Ben"}],
        },
    ]
    assert "<script>alert(1)</script>" in str(structured(attacked["index.html"])["description"])
    assert "ld+json" not in starter["nodes/late-fees-should-go.html"]
