"""Call something by another name wherever it is named: the edits in all files, and the file that has the name itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kb.editing import meanings, names
from kb.editing.meanings import NODE, PARTICIPANT, PASSAGE, SENSE, SOURCE, STEP, TERM
from kb.editing.names import Name
from kb.finding import Edit, KbError, Place
from kb.reading.entries import end_of, is_flow
from kb.reading.fields import ID_HELP, is_id
from kb.reading.records import PASSAGE_ID, PASSAGE_ID_HELP
from kb.reading.values import Mapping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kb.debate import Debate
    from kb.reading.text import Text

    Read = Callable[[str], Text]
    """The text of a file as it now is."""

_FILED = (NODE, SOURCE, PARTICIPANT, TERM)
"""What can have its name from its file."""
_RENAMED = (*_FILED, PASSAGE, SENSE, STEP)


class Renaming(NamedTuple):
    """The edits, and the file that gets another name (its old path and its new one)."""

    edits: tuple[Edit, ...]
    file: tuple[str, str] | None


def can_be_renamed(debate: Debate, name: Name) -> bool:
    """Whether something is defined in the debate and can have another name."""
    return name.sort in _RENAMED and names.record_of(debate, name) is not None


def rename(debate: Debate, read: Read, name: Name, new: str) -> Renaming:
    """Everything that changes when something gets a new name; one it cannot have is a line for the editor."""
    new = new.strip()
    _refuse_bad_name(debate, name, new)
    record = names.record_of(debate, name)
    file = record.file if record is not None and _names_its_file(debate, name) else None
    edits = [
        *_definition_edits(debate, read, name, new),
        *_mention_edits(debate, read, name, new),
        *_former_id_edits(debate, read, name, new),
    ]
    if file is None:
        return Renaming(tuple(sorted(edits)), None)
    folder, _, last = file.rpartition("/")
    renamed = f"{folder}/{new}.{last.rpartition('.')[2]}"
    return Renaming(tuple(sorted([*edits, *_allowance_edits(debate, read, file, renamed)])), (file, renamed))


def file_renaming(debate: Debate, read: Read, file: str, renamed: str) -> Renaming | None:
    """What changes with the name of a file that names its record; None if it names none, or none it can have."""
    stem = names.owner_of(file)
    sort = meanings.record_in(file)
    name = Name(sort, stem)
    record = names.record_of(debate, name) if sort in _FILED else None
    if record is None or record.file != file or not _names_its_file(debate, name):
        return None
    new = names.owner_of(renamed)
    edits = [] if new == stem else list(rename(debate, read, name, new).edits)
    return Renaming(tuple(sorted({*edits, *_allowance_edits(debate, read, file, renamed)})), (file, renamed))


def _names_its_file(debate: Debate, name: Name) -> bool:
    """Whether something has its name from its file, which holds nothing else."""
    record = names.record_of(debate, name)
    if record is None or name.sort not in _FILED or names.owner_of(record.file) != name.id:
        return False
    return name.sort != NODE or sum(node.file == record.file for node in debate.nodes.values()) == 1


# -- what is in the way ------------------------------------------------------------------------------------------------


def _refuse_bad_name(debate: Debate, name: Name, new: str) -> None:
    """Say why a name cannot be."""
    can_be, help_text = (PASSAGE_ID.fullmatch(new), PASSAGE_ID_HELP) if name.sort == PASSAGE else (is_id(new), ID_HELP)
    if not can_be:
        message = f"`{new[:60]}` is no id: {help_text}"
        raise KbError(message)
    within = {PASSAGE: " ", SENSE: "/"}.get(name.sort)
    full = f"{name.id.partition(within)[0]}{within}{new}" if within else new
    for sort in (NODE, STEP) if name.sort in {NODE, STEP} else (name.sort,):
        other = names.definition(debate, Name(sort, full))
        if other is not None and full != name.id:
            message = f"the id `{new}` is taken by {other.file}:{other.span.line}"
            raise KbError(message)


# -- what changes ------------------------------------------------------------------------------------------------------


def _definition_edits(debate: Debate, read: Read, name: Name, new: str) -> Iterator[Edit]:
    """The id as it is written on the record, if it is."""
    record = names.record_of(debate, name)
    if record is not None and record.has("id"):
        what = {STEP: meanings.OWN_STEP, PASSAGE: meanings.OWN_PASSAGE, SENSE: meanings.OWN_SENSE}
        yield from _word_edits(debate, read, record.place("id"), what.get(name.sort, meanings.OWN), name, new)


def _mention_edits(debate: Debate, read: Read, name: Name, new: str) -> Iterator[Edit]:
    for place, what in names.occurrences_of(debate, name):
        yield from _word_edits(debate, read, place, what, name, new)


def _word_edits(debate: Debate, read: Read, place: Place, meaning: str, name: Name, new: str) -> Iterator[Edit]:
    """The name within a word: its other parts and its quotes stay."""
    text = read(place.file)
    start, end = text.range(place.span)
    raw = text.string[start:end]
    quote = 1 if raw[:1] in {'"', "'"} else 0
    parts = names.pieces(debate, raw[quote : len(raw) - quote], meaning, names.owner_of(place.file))
    pieces = [piece for piece in parts if piece.name == name]
    if not pieces:
        message = (
            f"{place.file}:{place.span.line} names `{name.id}` in a way that cannot be edited; write it plainly first"
        )
        raise KbError(message)
    for piece in pieces:
        at = start + quote
        yield Edit(Place(place.file, text.between(at + piece.start, at + piece.end)), new)


def _former_id_edits(debate: Debate, read: Read, name: Name, new: str) -> Iterator[Edit]:
    """The old id under `formerly`, where the debate is published: somebody may have linked to the old address."""
    record = names.record_of(debate, name) if name.sort in _FILED and debate.settings.url else None
    at = record.at if record is not None else None
    if record is None or not isinstance(at, Mapping):
        return
    text = read(record.file)
    if is_flow(text, at):
        return
    known = [old for old in getattr(record, "formerly", ()) if old != new]
    listed = f"[{', '.join([*known, name.id])}]" if known else name.id
    if "formerly" in at.values:
        start, end = text.range(at.keys["formerly"].span)[1], end_of(text, at.values["formerly"])
        written = f": {listed}"
    else:
        start = end = end_of(text, at)
        written = f"{text.newline}{' ' * (at.column - 1)}formerly: {listed}"
    yield Edit(Place(record.file, text.between(start, end)), written)


def _allowance_edits(debate: Debate, read: Read, file: str, renamed: str) -> Iterator[Edit]:
    """Where `kb.yaml` accepts findings in just this file; what it accepts in a folder stays."""
    lint = debate.settings.lint
    inside = file.partition("/")[2]
    for written, _rules in lint.allow:
        if written == inside:
            place = lint.key_place("allow", written)
            text = read(place.file)
            start, end = text.range(place.span)
            for match in re.finditer(re.escape(inside), text.string[start:end]):
                stretch = text.between(start + match.start(), start + match.end())
                yield Edit(Place(place.file, stretch), renamed.partition("/")[2])
