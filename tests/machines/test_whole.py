"""The whole debate in one file: from `debate.json` alone the debate can be written again, and gives the same results."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from kb.companions import json as whole
from kb.incremental.parts import parted
from kb.load import load, load_texts
from kb.output.links import NOT_BUILT
from kb.queries import open as disputes
from tests.conftest import read
from tests.machines import STARTER
from tests.machines.test_companions import SAID_MORE

if TYPE_CHECKING:
    from kb.debate import Debate

ROOT = Path(__file__).parent.parent
DEBATES = {
    "starter": STARTER,
    "shipped": ROOT.parent,
    **{path.name: path for path in sorted((ROOT / "debates").iterdir()) if path.is_dir()},
}

Told = dict[str, Any]
"""What JSON says."""


def told(debate: Debate) -> Told:
    """The file."""
    (found,) = whole.files(parted(debate), NOT_BUILT)
    made = json.loads(found.output.content)
    assert isinstance(made, dict)
    return made


def written(debate: Told) -> dict[str, str]:
    """The files of a debate, written from its JSON."""
    settings = {key: debate[key] for key in ("title", "description", "language", "url", "main")}
    files = {"kb.yaml": {**settings, "participants": [person["id"] for person in debate["participants"]]}}
    for person in debate["participants"]:
        files[f"participants/{person['id']}.yaml"] = {
            **{key: person[key] for key in ("name", "role", "several", "url", "note", "formerly")},
            "attribution": attributed(person),
        }
    for source in debate["sources"]:
        files[f"sources/{source['id']}.yaml"] = {
            **{key: source[key] for key in ("title", "type", "authors", "date", "url", "note", "formerly")},
            "attribution": attributed(source),
            "passages": [
                known({key: passage[key] for key in ("id", "by", "date", "replies_to", "skip")})
                for passage in source["passages"]
            ],
        }
    for term in debate["terms"]:
        files[f"terms/{term['id']}.yaml"] = {
            **{key: term[key] for key in ("term", "see_also", "note", "formerly")},
            "senses": [known({**sense, "source": cited(sense)}) for sense in term["senses"]],
        }
    for order, topic in enumerate(debate["topics"], 1):
        if topic["title"]:
            files[f"{topic['id']}/topic.yaml"] = {**topic, "order": order, "id": None, "nodes": None}
    files |= {f"{node['topic']}/{node['id']}.yaml": node_file(node) for node in debate["nodes"]}
    return {f"claims/{path}": yaml.safe_dump(known(record), allow_unicode=True) for path, record in files.items()}


def node_file(node: Told) -> Told:
    """A node as its editors may have written it."""
    own = ("kind", "title", "text", "by", "certainty", "attributed_to", "terms", "tags", "weight", "note", "formerly")
    relations: dict[str, list[Told]] = {}
    for relation in node["relations"]:
        kind = relation["kind"]
        relations.setdefault(kind, []).append(known({**relation, "kind": None, "source": cited(relation)}))
    return {
        **{key: node[key] for key in (*own, "stands_alone", "exclusive", "scheme")},
        "source": cited(node),
        "premises": [{p["role"]: p["id"]} if p["role"] else p["id"] for p in node["premises"]],
        **relations,
    }


def known(record: Told) -> Told:
    """A record without its empty fields."""
    return {
        key: value
        for key, value in record.items()
        if value is not None and value is not False and value not in ("", [])
    }


def cited(record: Told) -> list[str]:
    """A citation, as files have it."""
    return [" ".join(filter(None, (place["source"], place["passage"]))) for place in record["source"]]


def attributed(record: Told) -> Told:
    return known({"status": record["attribution"], "note": record["attribution_note"]})


@pytest.mark.parametrize("folder", DEBATES.values(), ids=DEBATES)
def test_a_debate_can_be_written_again_from_its_json(folder: Path) -> None:
    again(load(folder / "claims").debate)


def test_what_few_debates_say_can_be_written_again_from_json() -> None:
    again(read(SAID_MORE).debate)


def again(debate: Debate) -> None:
    """Write a debate again from its JSON, and check that it says the same and has the same results."""
    before = told(debate)
    after = load_texts(written(before))
    assert not after.faults
    found = told(after.debate)
    for nodes in (before["nodes"], found["nodes"]):
        for node in nodes:
            del node["file"]
    assert found == before
    assert disputes.rows(after.debate, settled=True) == disputes.rows(debate, settled=True)
