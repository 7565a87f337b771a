"""The form of the files as JSON Schema, for editors and validators that know nothing of debates.

Draft 7, the one that all YAML language servers read. What fields there are and what their values name is what the language server
goes by, too (`editing.meanings`); which ids there are in a debate is for it and for the linter to say.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from kb.catalogue import TAG, TAG_HELP
from kb.dates import DATE, DATE_HELP
from kb.editing import meanings
from kb.glosses import GLOSSES
from kb.linting.manual import rules
from kb.reading.fields import ID, ID_HELP, MAX_ID
from kb.reading.records import MOST_ITEMS, MOST_TOPICS, PASSAGE_ID, PASSAGE_ID_HELP
from kb.vocabulary import ARGUMENT, ARGUMENT_RELATIONS, FIELD_KINDS, KINDS, NEUTRAL, RELATIONS, STEP_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kb.tables import Json

    Schema = dict[str, Json]

DRAFT = "http://json-schema.org/draft-07/schema#"
RECORDS = {
    "node": "a question, claim, objection, reply or argument: `claims/<topic>/*.yaml`",
    "source": "a document and its passages: `claims/sources/*.yaml`",
    "participant": "somebody who speaks: `claims/participants/*.yaml`",
    "term": "an entry of the glossary: `claims/terms/*.yaml`",
    "topic": "the title of a folder: `claims/<topic>/topic.yaml`",
    "settings": "the debate itself: `claims/kb.yaml`",
}
"""The records that files hold."""
_FILE = "a file of a debate: `claims/**/*.yaml`"


def schema(record: str | None = None) -> Schema:
    """The schema of a record, or of all: then a record is told by the fields that no other has."""
    body = _record(record) if record else _any_record()
    return {"$schema": DRAFT, "description": RECORDS[record] if record else _FILE, **body, **_definitions_of(body)}


def required(record: str, path: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The fields that a mapping cannot do without."""
    inner = path[-1] if path else record
    return ("to",) if inner in RELATIONS else _REQUIRED.get(inner, ())


_REQUIRED = {
    "node": ("kind",),
    "source": ("title",),
    "participant": ("name",),
    "term": ("term",),
    "topic": ("title",),
    "settings": ("title",),
    "passages": ("id",),
    "senses": ("id", "text"),
}

# -- values --------------------------------------------------------------------------------------------------------------


def _patterned(pattern: str, message: str, **more: Json) -> Schema:
    """A text of a certain form, and what to tell whose text has another. To YAML a text such as 1984 is a number.

    A bare `true` would be a text to us as well, but an editor that knew that would offer it wherever a text can stand.
    """
    return {"type": ["string", "number"], **more, "pattern": pattern, "patternErrorMessage": message}


_ID = ID.pattern.removesuffix(r"\Z")
_TEXT = "text"
_VALUES: dict[str, Schema] = {
    _TEXT: _patterned(r"\S", "write a text, or leave the field out"),
    "id": _patterned(f"^{_ID}$", ID_HELP, type=["string", "integer"], minimum=0, maxLength=MAX_ID),
    meanings.PASSAGE: _patterned(f"^{PASSAGE_ID.pattern}$", PASSAGE_ID_HELP, minimum=0),
    meanings.TARGET: _patterned(
        rf"^{_ID}(\s*->\s*{_ID})*$", "give the id of a node, or for an undercut a step `X -> Y`"
    ),
    meanings.USE: _patterned(f"^{_ID}(/{_ID})?$", "give a term, or one of its senses: `term/sense`"),
    meanings.CITATION: _patterned(
        r"^\s*[^\s,]+(\s+[^\s,]+)?\s*$", "give `source-id passage-id`; several places are a list"
    ),
    meanings.FLAG: {"type": "boolean"},
    "language": _patterned(f"^{TAG.pattern}$", TAG_HELP, type="string"),
    "date": _patterned(
        "^" + DATE.pattern.replace(r"\Z", "$"), DATE_HELP, type=["string", "integer"], minimum=1000, maximum=9999
    ),
    "url": _patterned("^(https?://|mailto:)", "start with `https://`", type="string"),
    "sha256": _patterned(
        "^[0-9a-f]{8,64}$",
        "give 8 to 64 hex digits (0-9, a-f)",
    ),
    "weight": {"type": "number"},
    meanings.SCORE: {"type": "number", "minimum": 0, "maximum": 1},
    "items": {"type": "integer", "minimum": 0, "maximum": MOST_ITEMS},
    "order": {"type": "integer", "minimum": 0, "maximum": MOST_TOPICS},
    "data": {"type": "object"},
}
"""By what they name; those that name nothing, by their field."""
_ALIKE = {
    **dict.fromkeys((meanings.NODE, meanings.PARTICIPANT, meanings.OWN, meanings.OWN_STEP, meanings.OWN_SENSE), "id"),
    "formerly": "id",
    **dict.fromkeys((meanings.REPLIED, meanings.OWN_PASSAGE), meanings.PASSAGE),
    **dict.fromkeys((meanings.TAG, meanings.SCHEME, meanings.MEDIUM, meanings.FOLDER, "authors"), _TEXT),
}
"""What is written like something else."""
_SEVERAL = {
    *("by", "source", "attributed_to", "with", "terms", "tags", "see_also", "main", "participants"),
    *("select", "ignore", "authors", "premises", "senses", "formerly", *RELATIONS),
}
"""Fields that take one value or a list."""


def _value(record: str, path: tuple[str, ...]) -> Schema:
    """What can be written in a field."""
    if meanings.of_key(record, path):
        return _by_name(record, path)
    if path[-1] == "passages":
        return {"type": "array", "items": _refer(_definition_name(record, path))}
    forms = list(_forms(record, path))
    listed: Schema = {"type": "array", "minItems": 1, "items": _any_of(forms)}
    return _any_of([*forms, listed]) if path[-1] in _SEVERAL else _any_of(forms)


def _forms(record: str, path: tuple[str, ...]) -> Iterator[Schema]:
    """The forms that one value can have: a word, or a mapping with fields or with names."""
    kind, inner = meanings.of_value(record, path), meanings.of_value(record, (*path, "*"))
    if kind is not None:
        yield _refer_to_kind(kind)
    if meanings.fields(record, path):
        yield _refer(_entry_name(path[0]) if path[0] in RELATIONS else _definition_name(record, path))
    elif kind is not None and inner is not None:
        yield {"type": "object", "minProperties": 1, "additionalProperties": _refer_to_kind(inner)}
    elif kind is None:
        yield _refer_to_kind(path[-1] if path[-1] in (_VALUES | _ALIKE) else _TEXT)


def _by_name(record: str, path: tuple[str, ...]) -> Schema:
    """A mapping from names to texts, or to words of a table; of folders to such a mapping."""
    keys, kind = meanings.of_key(record, path), meanings.of_value(record, (*path, "*"))
    if keys == meanings.RULE and kind is None:
        return _refer("reasons")
    inner = _by_name(record, (*path, "*")) if keys == meanings.FOLDER else _refer_to_kind(kind or _TEXT)
    return {"type": "object", "additionalProperties": inner}


def _any_of(forms: list[Schema]) -> Schema:
    """One of several forms; in one breath if they are told apart by their type, so that editors show what the field says."""
    known = [_VALUES.get(str(form.get("$ref")).rpartition("/")[2], form) for form in forms]
    types = [form.get("type") for form in known]
    if len(forms) == 1 or None in types:
        return {"anyOf": [*forms]} if len(forms) > 1 else forms[0]
    merged = {name: value for form in known for name, value in form.items()}
    return {**merged, "type": [name for found in types for name in (found if isinstance(found, list) else [found])]}


# -- mappings ------------------------------------------------------------------------------------------------------------


def _mapping(record: str, path: tuple[str, ...] = (), misplaced: Iterable[str] = ()) -> Schema:
    """A mapping with the fields of a record, or of a part of one."""
    glosses = GLOSSES[(record, *path)]
    names = (name for name in meanings.fields(record, path) if name not in misplaced)
    return {
        "type": "object",
        "properties": {name: _described(glosses[name], _value(record, (*path, name))) for name in names},
        "required": [*required(record, path)],
        "additionalProperties": False,
    }


def _described(gloss: str, value: Schema) -> Schema:
    """A field with what an editor shows of it, as plain text and with its markup."""
    markup: Schema = {"markdownDescription": gloss} if "`" in gloss else {}
    return {"description": gloss, **markup, **({"allOf": [value]} if "$ref" in value else value)}


def _record(record: str) -> Schema:
    """A record; of a node also what its kind asks for."""
    kinds: Schema = {"allOf": [_if_kind(kind) for kind in KINDS]} if record == "node" else {}
    return {"title": record, **_mapping(record), **kinds}


def _if_kind(kind: str) -> Schema:
    """What a node of a kind needs, and the fields that have no meaning on it."""
    misplaced = [name for name, kinds in FIELD_KINDS.items() if kind not in kinds]
    misplaced += [name for name, row in RELATIONS.items() if kind not in row.sources]
    needs: Schema = _only_one(ARGUMENT_RELATIONS) if kind == ARGUMENT else {"required": ["text"]}
    then: Schema = {"properties": dict.fromkeys(misplaced, False), **needs}
    return {"if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]}, "then": then}


def _only_one(names: Sequence[str]) -> Schema:
    """Exactly one of these fields, so that an editor marks the second."""
    first, *others = names
    if not others:
        return {"required": [first]}
    alone: Schema = {"properties": dict.fromkeys(others, False)}
    return {"if": {"required": [first]}, "then": alone, "else": _only_one(others)}


def _any_record() -> Schema:
    """Any record: by the fields that only one sort has, else one of those that can do without such fields."""
    alternatives: Schema = {"anyOf": [_refer(record) for record in RECORDS]}
    for record in reversed(RECORDS):
        own: list[Json] = [{"required": [name]} for name in _only_in(record)]
        if own:
            alternatives = {"if": {"anyOf": own}, "then": _refer(record), "else": alternatives}
    return {"type": "object", **alternatives}


def _only_in(record: str) -> Iterator[str]:
    """The fields that no other record has."""
    others = {name for other in RECORDS if other != record for name in meanings.fields(other, ())}
    return (name for name in meanings.fields(record, ()) if name not in others)


# -- definitions ---------------------------------------------------------------------------------------------------------


def _refer(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def _refer_to_kind(kind: str) -> Schema:
    """A value that names, or is, something of this sort."""
    return _refer(_ALIKE.get(kind, kind))


def _entry_name(relation: str) -> str:
    """The mappings that a relation can be written with: not all relations are steps, and only a concession can be partial."""
    return "concession" if relation == "concedes" else "link" if RELATIONS[relation].polarity == NEUTRAL else "step"


def _definition_name(record: str, path: tuple[str, ...]) -> str:
    return "-".join((record, *path))


_MISPLACED = {"step": ("part",), "link": (*STEP_FIELDS, "part"), "concession": STEP_FIELDS}


@functools.cache
def _definitions() -> dict[str, Schema]:
    """What several places of a schema refer to."""
    summaries = {rule.name: rule.summary for rule in rules()}
    return {
        **_VALUES,
        **{what: _enumeration(words) for what, words in meanings.WORDS.items() if what not in _VALUES},
        meanings.RULE: {"anyOf": [_enumeration(summaries), {"type": "string", "pattern": r"[*?\[]"}]},
        "reasons": {
            "type": "object",
            "properties": {name: _described(said, _refer(_TEXT)) for name, said in summaries.items()},
            "additionalProperties": _refer(_TEXT),
        },
        **{_entry_name(name): _mapping("node", (name,), _MISPLACED[_entry_name(name)]) for name in RELATIONS},
        **{
            _definition_name(record, (name,)): _mapping(record, (name,))
            for record, *path in GLOSSES
            for name in path
            if record != "node"
        },
        **{record: _record(record) for record in RECORDS},
    }


def _enumeration(words: Mapping[str, str]) -> Schema:
    """One of these words, each with what it says."""
    descriptions: Schema = {"enumDescriptions": list(words.values())} if any(words.values()) else {}
    return {"enum": list(words), **descriptions}


def _definitions_of(body: Json) -> Schema:
    """The definitions that a schema refers to, one by way of another, too."""
    used: set[str] = set()
    queue = list(_references(body))
    while queue:
        name = queue.pop()
        if name not in used:
            used.add(name)
            queue.extend(_references(_definitions()[name]))
    return {"definitions": {name: row for name, row in _definitions().items() if name in used}} if used else {}


def _references(value: Json) -> Iterator[str]:
    if isinstance(value, dict):
        refer = value.get("$ref")
        if isinstance(refer, str):
            yield refer.rpartition("/")[2]
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)
