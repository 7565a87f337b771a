"""The schema agrees with the decoder: all debates fit it, and whatever it rejects is an error for the linter."""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from jsonschema import Draft7Validator

from kb import discover
from kb import schema as schemas
from kb.cli import main
from kb.editing import meanings
from kb.glosses import GLOSSES
from kb.lint import lint
from kb.linting.manual import find_rule
from kb.load import load_texts
from kb.reading.contents import read_contents
from kb.reading.source import parse
from kb.reading.values import Mapping, Scalar, Sequence
from tests.test_decode import FULL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kb.finding import Fault
    from kb.reading.values import Value
    from kb.tables import Json

ROOT = Path(__file__).resolve().parent.parent
DEBATES = [ROOT, ROOT / "kb/starter", *sorted(path for path in (ROOT / "tests/debates").iterdir() if path.is_dir())]


@functools.cache
def validator(record: str | None) -> Draft7Validator:
    return Draft7Validator(schemas.schema(record))


def plainly(value: Value) -> Json:
    """What a YAML 1.2 parser makes of a file (core schema, section 10.3)."""
    if isinstance(value, Mapping):
        return {name: plainly(inner) for name, inner in value.values.items()}
    if isinstance(value, Sequence):
        return [plainly(item) for item in value.items]
    assert isinstance(value, Scalar)
    if value.is_null:
        return None
    found = next((read for read in CORE if value.plain and re.fullmatch(read, value.text)), "")
    return CORE[found](value.text)


CORE: dict[str, Callable[[str], Json]] = {
    "true|True|TRUE|false|False|FALSE": lambda text: text.lower() == "true",
    "[-+]?[0-9]+": int,
    r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?": float,
    "": str,
}


def records(file: str, text: str) -> Iterator[tuple[str, Json]]:
    """The records of a file, each with its sort."""
    for document in parse(file, text).documents:
        yield meanings.record_in(file), plainly(document)


def complaints(record: str | None, value: Json) -> list[str]:
    return [f"{error.json_path}: {error.message[:200]}" for error in validator(record).iter_errors(value)]


# -- the schema itself ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("record", [None, *schemas.RECORDS])
def test_a_schema_is_one_and_the_command_prints_it(record: str | None) -> None:
    Draft7Validator.check_schema(schemas.schema(record))
    run = CliRunner().invoke(main, ["schema", *([record] if record else [])])
    assert (run.exit_code, json.loads(run.output)) == (0, schemas.schema(record))


def test_another_record_is_refused_in_a_line() -> None:
    run = CliRunner().invoke(main, ["schema", "nodes"])
    assert run.exit_code == 2
    assert "'node'" in run.output
    assert run.output.count("\n") == 1


def described(schema: Json) -> Iterator[tuple[str, Json]]:
    """Every field of a schema with its description."""
    if isinstance(schema, dict):
        fields = schema.get("properties")
        for name, field in fields.items() if isinstance(fields, dict) and "additionalProperties" in schema else ():
            yield name, field["description"] if isinstance(field, dict) else None
        for inner in schema.values():
            yield from described(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from described(inner)


def test_every_field_is_there_with_what_the_one_table_says_of_it() -> None:
    found = set(described(schemas.schema()))
    told = {(name, gloss) for row in GLOSSES.values() for name, gloss in row.items()}
    assert told <= found
    assert {name for name, _ in found - told} <= set(discover.names("kb.rules"))


# -- files that are right ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("project", DEBATES, ids=lambda path: path.name)
def test_every_file_of_a_debate_fits(project: Path) -> None:
    files = sorted((project / "claims").rglob("*.yaml"))
    assert files
    for path in files:
        for record, value in records(path.relative_to(project).as_posix(), path.read_text("utf-8")):
            assert complaints(record, value) == [], path
            assert complaints(None, value) == [], path


# -- files that are wrong ------------------------------------------------------------------------------------------------

VALUES: list[Json] = json.loads("""[
    null, "", " ", true, "true", 7, "7", -1, 0.5, "0.5",
    "a-word", "two words", "three words now", "Not-An-Id", "a -> b", "a/b", "a b, c", "a, b", "p1.2", "clam", "stands", "not-a-rule",
    "https://example.org", "javascript:x", "0123456789ABCDEF", "0123456789abcdef",
    [], ["a"], ["a", "b"], ["a", null], ["a", ""], [["a"]], [{}], [{"a": "b"}], [{"to": "a"}], [{"id": "a"}],
    {}, {"a": "b"}, {"a": ""}, {"a": null}, {"a": ["b"]}, {"a": {"b": "c"}}, {"to": "a"}, {"id": "a", "text": "b"},
    {"status": "confirmed"}, {"status": "sure"}, {"to": "a", "strict": "yes"}, {"to": ["a"]}
]""")
"""What can be written in a field, for better or worse."""
Steps = tuple[str | int, ...]


def places(value: Json, steps: Steps = ()) -> Iterator[Steps]:
    """Every field of a record, and every item of a list."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in entries:
        yield (*steps, step)
        yield from places(inner, (*steps, step))


def changed(value: Json, steps: Steps, *new: Json) -> Json:
    """A record with another value at a place, or without it."""
    copied = json.loads(json.dumps(value))
    inner = functools.reduce(lambda found, step: found[step], steps[:-1], copied)
    last = steps[-1]
    if isinstance(last, int):
        inner[last : last + 1] = new
    elif new:
        inner[last] = new[0]
    else:
        del inner[last]
    made: Json = copied
    return made


def mutants(value: Json) -> Iterator[tuple[str, Json]]:
    """Records with one thing changed, removed or added."""
    for steps in places(value):
        yield f"without {steps}", changed(value, steps)
        yield from ((f"{steps}: {json.dumps(new)}", changed(value, steps, new)) for new in VALUES)
    for steps in sorted({steps[:-1] for steps in places(value) if isinstance(steps[-1], str)}, key=str):
        yield f"more in {steps}", changed(value, (*steps, "colour"), "x")


BEYOND = {
    "wrong-type: `7` is no fingerprint",
    "wrong-type: `-1` is no fingerprint",
    "wrong-type: `0.5` is no fingerprint",
}
"""Errors that the schema cannot see: a fingerprint may be a number to YAML (`12345e67`), whose digits a schema does not see."""

BARE = ": true"
"""The start of a value that the schema wants in quotes if it is a text."""


def faults(file: str, text: str) -> list[str]:
    """What the decoder calls an error."""
    found: tuple[Fault, ...] = read_contents("claims", file, text.encode()).faults
    return [f"{fault.rule}: {fault.message}" for fault in found if find_rule(fault.rule).severity == "error"]


def errors(file: str, text: str) -> list[str]:
    """What the linter calls an error, in the debate with this file."""
    return [f.message for f in lint(load_texts({**FULL, file: text})) if f.severity == "error"]


def test_the_example_that_is_changed_is_right() -> None:
    assert not any(finding.severity == "error" for finding in lint(load_texts(FULL)))


@pytest.mark.parametrize("file", sorted(FULL))
def test_what_the_decoder_turns_down_the_schema_does_and_what_the_schema_does_the_linter(file: str) -> None:
    ((record, value),) = records(file, FULL[file])
    judged = 0
    for what, mutant in mutants(value):
        text = json.dumps(mutant, ensure_ascii=False)
        told, wrong = complaints(record, mutant), [fault for fault in faults(file, text) if fault not in BEYOND]
        assert told or not wrong, (what, wrong)
        assert wrong or not told or errors(file, text) or what.endswith(BARE), (what, told)
        assert bool(complaints(None, mutant)) == bool(told), (what, told)
        judged += bool(wrong)
    assert judged
