"""What may stand where: of each field of a file, what its values name, and which fields or names its mapping has as keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import SEVERITIES
from kb.reading.contents import SETTINGS, TOPIC
from kb.reading.decode import NODE_FIELDS, RELATION_FIELDS
from kb.reading.records import (
    PARTICIPANT_FIELDS,
    PASSAGE_FIELDS,
    SENSE_FIELDS,
    SOURCE_FIELDS,
    TERM_FIELDS,
    TOPIC_FIELDS,
)
from kb.reading.settings import LINT_FIELDS, SETTINGS_FIELDS
from kb.vocabulary import (
    ATTRIBUTIONS,
    CERTAINTIES,
    KINDS,
    MAPS,
    NO_DISPUTE,
    PROFILES,
    RELATIONS,
    STATES,
    STATUSES,
    VERDICTS,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

NODE, SOURCE, PARTICIPANT, TERM = "node", "source", "participant", "term"
PASSAGE, SENSE, STEP, RULE = "passage", "sense", "step", "rule"
"""What has a name in a debate; a step is a relation with an id."""

TARGET, CITATION, USE, REPLIED = "target", "citation", "use", "replied"
"""What is written with several names: `X -> Y`; `source passage`; `term/sense`; a passage or comment of the same source."""
OWN, OWN_STEP, OWN_PASSAGE, OWN_SENSE = "own", "own step", "own passage", "own sense"
"""Where a name is given."""
KIND, CERTAINTY, ATTRIBUTION, PROFILE, SEVERITY, OUTCOME, FLAG, MAP = (
    *("kind", "certainty", "attribution", "profile", "severity", "outcome", "flag", "map"),
)
"""Words of a table."""
SCORE = "score"
"""A number from 0 to 1."""
TAG, SCHEME, MEDIUM = "tag", "scheme", "medium"
"""Words that an editor chose, and may want again."""
FOLDER, FIELD = "folder", "field"

_SECTIONS = {"sources": SOURCE, "participants": PARTICIPANT, "terms": TERM}
_ANY = "*"
"""Stands for a key that an editor chose."""

Path = tuple[str, ...]
"""The kind of record, and the fields that lead to a place in it."""

_ACT: Mapping[Path, str] = {("by",): PARTICIPANT, ("source",): CITATION}
_VALUES: Mapping[Path, str] = {
    **{("node", *path): what for path, what in _ACT.items()},
    **{("node", name, *path): what for name in RELATIONS for path, what in _ACT.items()},
    **{("node", name): TARGET for name in RELATIONS},
    **{("node", name, "to"): TARGET for name in RELATIONS},
    **{("node", name, "with"): NODE for name in RELATIONS},
    **{("node", name, "id"): OWN_STEP for name in RELATIONS},
    **{("node", name, "scheme"): SCHEME for name in RELATIONS},
    **{("node", name, flag): FLAG for name in RELATIONS for flag in ("strict", "part")},
    ("node", "id"): OWN,
    ("node", "kind"): KIND,
    ("node", "certainty"): CERTAINTY,
    ("node", "attributed_to"): PARTICIPANT,
    ("node", "stands_alone"): FLAG,
    ("node", "exclusive"): FLAG,
    ("node", "weight"): SCORE,
    ("node", "premises"): NODE,
    ("node", "premises", _ANY): NODE,
    ("node", "scheme"): SCHEME,
    ("node", "terms"): USE,
    ("node", "tags"): TAG,
    ("node", "topic"): FOLDER,
    ("node", "expect"): OUTCOME,
    ("source", "type"): MEDIUM,
    ("source", "attribution"): ATTRIBUTION,
    ("source", "attribution", "status"): ATTRIBUTION,
    ("source", "passages", "id"): OWN_PASSAGE,
    ("source", "passages", "by"): PARTICIPANT,
    ("source", "passages", "replies_to"): REPLIED,
    ("participant", "several"): FLAG,
    ("participant", "attribution"): ATTRIBUTION,
    ("participant", "attribution", "status"): ATTRIBUTION,
    **{("term", "senses", *path): what for path, what in _ACT.items()},
    ("term", "senses", "id"): OWN_SENSE,
    ("term", "see_also"): USE,
    ("settings", "pictures"): FLAG,
    ("settings", "maps"): MAP,
    ("settings", "main"): NODE,
    ("settings", "participants"): PARTICIPANT,
    ("settings", "expect", _ANY): OUTCOME,
    ("settings", "lint", "profile"): PROFILE,
    ("settings", "lint", "select"): RULE,
    ("settings", "lint", "ignore"): RULE,
    ("settings", "lint", "severity", _ANY): SEVERITY,
}
_KEYS: Mapping[Path, str] = {
    **{(record, "allow"): RULE for record in ("node", "source", "participant", "term")},
    ("settings", "expect"): NODE,
    ("settings", "lint", "severity"): RULE,
    ("settings", "lint", "allow"): FOLDER,
    ("settings", "lint", "allow", _ANY): RULE,
}
_FIELDS: Mapping[Path, tuple[str, ...]] = {
    ("node",): NODE_FIELDS,
    **{("node", name): RELATION_FIELDS for name in RELATIONS},
    ("source",): SOURCE_FIELDS,
    ("source", "passages"): PASSAGE_FIELDS,
    ("participant",): PARTICIPANT_FIELDS,
    **{(record, "attribution"): ("status", "note") for record in ("source", "participant")},
    ("term",): TERM_FIELDS,
    ("term", "senses"): SENSE_FIELDS,
    ("topic",): TOPIC_FIELDS,
    ("settings",): SETTINGS_FIELDS,
    ("settings", "lint"): LINT_FIELDS,
}

WORDS: Mapping[str, Mapping[str, str]] = {
    KIND: {name: word.gloss for name, word in KINDS.items()},
    CERTAINTY: {name: word.gloss for name, word in CERTAINTIES.items()},
    OUTCOME: {
        **{name: word.gloss for table in (STATES, VERDICTS, STATUSES) for name, word in table.items()},
        NO_DISPUTE.name: NO_DISPUTE.gloss,
    },
    MAP: MAPS,
    **{
        what: dict.fromkeys(words, "")
        for what, words in {
            ATTRIBUTION: ATTRIBUTIONS,
            PROFILE: PROFILES,
            SEVERITY: SEVERITIES,
            FLAG: ("true", "false"),
        }.items()
    },
}
"""The words that a value is chosen from, each with what it says, if that is not plain."""


def record_in(file: str) -> str:
    """The kind of record that a file of the debate holds, told by where it lies."""
    _root, *folders, name = file.split("/")
    if not folders and name == SETTINGS:
        return "settings"
    section = folders[0] if folders else ""
    if section in _SECTIONS:
        return _SECTIONS[section]
    return TOPIC if section and name.rpartition(".")[0] == TOPIC else NODE


def of_value(record: str, path: Path) -> str | None:
    """What a value names or chooses; None of a text that is free."""
    return _look_up(_VALUES, (record, *path))


def of_key(record: str, path: Path) -> str | None:
    """What the keys of a mapping name; None if they are fields, or free."""
    return _look_up(_KEYS, (record, *path))


def fields(record: str, path: Path) -> tuple[str, ...]:
    """The fields that a mapping can have; none if its keys are no fields."""
    return _FIELDS.get((record, *path), ())


def _look_up(table: Mapping[Path, str], path: Path) -> str | None:
    return table.get(path) or table.get((*path[:-1], _ANY))
