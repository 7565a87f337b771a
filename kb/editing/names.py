"""Names: what a word in a file refers to, where that is defined, and every other place that names it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kb.editing import meanings
from kb.editing.meanings import NODE, PARTICIPANT, PASSAGE, RULE, SENSE, SOURCE, STEP, TERM
from kb.mentions import mentions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kb.debate import Debate
    from kb.editing.words import Word
    from kb.finding import Place
    from kb.model import Record


class Name(NamedTuple):
    """The name of something: what it is, and its id; of a passage with its source, of a sense with its term."""

    sort: str
    id: str


class Piece(NamedTuple):
    """A name as part of a word: from which of its characters to which."""

    name: Name
    start: int
    end: int


class Occurrence(NamedTuple):
    """A word that names something: where it stands, and what is written there, as `meanings` call it."""

    place: Place
    meaning: str


# -- what a word refers to ---------------------------------------------------------------------------------------------


def pieces(debate: Debate, text: str, meaning: str, owner: str) -> tuple[Piece, ...]:
    """The names in a word of this meaning, in a file of this record."""
    if meaning == meanings.CITATION:
        return tuple(_citation_pieces(debate, text))
    if meaning == meanings.USE:
        return tuple(_term_pieces(text))
    if meaning == meanings.TARGET:
        return tuple(_match_piece(_step_or_node(debate, end[0]), end) for end in _ENDS.finditer(text))
    whole = re.search(r"\S+", text)
    return tuple(_whole_name(debate, whole, meaning, owner)) if whole is not None else ()


def _whole_name(debate: Debate, whole: re.Match[str], meaning: str, owner: str) -> Iterator[Piece]:
    """The one name that a word is."""
    if meaning in {meanings.OWN_PASSAGE, meanings.REPLIED}:
        yield _passage_piece(debate, owner, whole[0], whole.start())
    elif meaning == meanings.OWN_SENSE:
        yield _match_piece(Name(SENSE, f"{owner}/{whole[0]}"), whole)
    elif meaning in _SORTS:
        yield _match_piece(Name(_SORTS[meaning], whole[0]), whole)


_SORTS = {
    **{sort: sort for sort in (NODE, SOURCE, PARTICIPANT, TERM, STEP, RULE, meanings.FOLDER)},
    meanings.OWN: NODE,
    meanings.OWN_STEP: STEP,
}
_ENDS = re.compile(r"(?:(?!->)\S)+")
"""The two ends of `X -> Y`, or one id."""


def _match_piece(name: Name, match: re.Match[str]) -> Piece:
    return Piece(name, match.start(), match.end())


def _step_or_node(debate: Debate, name: str) -> Name:
    return Name(STEP if name not in debate.nodes and name in debate.relation_ids else NODE, name)


def _citation_pieces(debate: Debate, text: str) -> Iterator[Piece]:
    """A source, and one of its passages."""
    words = list(re.finditer(r"\S+", text))[:2]
    for source in words[:1]:
        yield _match_piece(Name(SOURCE, source[0]), source)
        for passage in words[1:]:
            yield _passage_piece(debate, source[0], passage[0], passage.start())


def _passage_piece(debate: Debate, source: str, passage: str, start: int) -> Piece:
    """A passage of a source; of an item of a list (`p6.2`) the list."""
    record = debate.passages.get((source, passage))
    known = record.id if record is not None else passage
    return Piece(Name(PASSAGE, f"{source} {known}"), start, start + len(known))


def _term_pieces(text: str) -> Iterator[Piece]:
    """A term, and one of its senses."""
    match = re.search(r"([^\s/]+)(?:/([^\s/]+))?", text)
    if match is not None:
        yield Piece(Name(TERM, match[1]), *match.span(1))
        if match[2]:
            yield Piece(Name(SENSE, match[0]), *match.span(2))


def owner_of(file: str) -> str:
    """The id that a file gives to its record."""
    return file.rpartition("/")[2].rpartition(".")[0]


def name_at(debate: Debate, file: str, word: Word, offset: int) -> Piece | None:
    """The name under the cursor, as a stretch of the text."""
    what = meaning_of(file, word)
    quotes = (word.end - word.start - len(word.text)) // 2
    start = word.start + quotes
    for piece in pieces(debate, word.text, what, owner_of(file)) if what else ():
        if start + piece.start <= offset <= start + piece.end:
            return Piece(piece.name, start + piece.start, start + piece.end)
    return None


def meaning_of(file: str, word: Word) -> str | None:
    """What a word of a file names or chooses."""
    record = meanings.record_in(file)
    return meanings.of_key(record, word.path) if word.role == "key" else meanings.of_value(record, word.path)


# -- where it is defined -----------------------------------------------------------------------------------------------


def definition(debate: Debate, name: Name) -> Place | None:
    """Where something gets its name: its id if that is written, else the top of its record."""
    record = record_of(debate, name)
    if record is None:
        return None
    return record.place("id") if record.has("id") else record.place()


def record_of(debate: Debate, name: Name) -> Record | None:
    """The record that a name stands for."""
    tables: Mapping[str, Mapping[str, Record]] = {
        NODE: debate.nodes,
        SOURCE: debate.sources,
        PARTICIPANT: debate.participants,
        TERM: debate.terms,
        STEP: debate.relation_ids,
        meanings.FOLDER: debate.topics,
    }
    if name.sort == PASSAGE:
        source, _, passage = name.id.partition(" ")
        return debate.passages.get((source, passage))
    if name.sort == SENSE:
        term, _, sense = name.id.partition("/")
        senses = debate.terms[term].senses if term in debate.terms else ()
        return next((record for record in senses if record.id == sense), None)
    return tables[name.sort].get(name.id) if name.sort in tables else None


# -- who names it ------------------------------------------------------------------------------------------------------


def occurrences_of(debate: Debate, name: Name) -> tuple[Occurrence, ...]:
    """Every place that names something, its definition left out, in the order of files and lines."""
    find = _FINDERS.get(name.sort)
    places = find(debate, name.id) if find is not None else ()
    return tuple(sorted(dict.fromkeys(places)))


def _node_occurrences(debate: Debate, node_id: str) -> Iterator[Occurrence]:
    """Relations to a node or to a step it makes, its use as a premise, and `kb.yaml`."""
    for node in debate.nodes.values():
        for relation in node.relations:
            if node_id in relation.to and node_id in _ENDS.findall(relation.to):
                yield Occurrence(relation.target_place(), meanings.TARGET)
            for index in _indexes(relation.premises, node_id):
                yield Occurrence(relation.place("with", index), NODE)
        yield from (Occurrence(entry.place(), NODE) for entry in node.premises if entry.id == node_id)
    settings = debate.settings
    for index in _indexes(settings.main, node_id):
        yield Occurrence(settings.place("main", index), NODE)
    if node_id in dict(settings.expect):
        yield Occurrence(settings.key_place("expect", node_id), NODE)


def _indexes(listed: tuple[str, ...], name: str) -> Iterator[int]:
    return (index for index, item in enumerate(listed) if item == name)


def _step_occurrences(debate: Debate, relation_id: str) -> Iterator[Occurrence]:
    for node in debate.nodes.values():
        for relation in node.relations:
            if relation.to == relation_id:
                yield Occurrence(relation.target_place(), meanings.TARGET)


def _participant_occurrences(debate: Debate, participant: str) -> Iterator[Occurrence]:
    for mention in mentions(debate).participants.get(participant, ()):
        yield Occurrence(mention.place, PARTICIPANT)
    for index in _indexes(debate.settings.participants, participant):
        yield Occurrence(debate.settings.place("participants", index), PARTICIPANT)


def _source_occurrences(debate: Debate, source: str) -> Iterator[Occurrence]:
    for citation, places in mentions(debate).citations():
        if citation.source == source:
            yield from (Occurrence(mention.place, meanings.CITATION) for mention in places)


def _passage_occurrences(debate: Debate, name: str) -> Iterator[Occurrence]:
    """Citations of a passage or an item of it, and the passages that reply to it."""
    source, _, passage = name.partition(" ")
    meant = debate.passages.get((source, passage))
    for citation, places in mentions(debate).citations():
        if citation.source == source and debate.passages.get((source, citation.passage or "")) is meant is not None:
            yield from (Occurrence(mention.place, meanings.CITATION) for mention in places)
    for replying in debate.sources[source].passages if source in debate.sources else ():
        for index in _indexes(replying.replies_to, passage):
            yield Occurrence(replying.place("replies_to", index), meanings.REPLIED)


def _term_occurrences(debate: Debate, term: str) -> Iterator[Occurrence]:
    for used, places in mentions(debate).terms.items():
        if term in {used, used.partition("/")[0]}:
            yield from (Occurrence(mention.place, meanings.USE) for mention in places)


_FINDERS: Mapping[str, Callable[[Debate, str], Iterator[Occurrence]]] = {
    NODE: _node_occurrences,
    STEP: _step_occurrences,
    PARTICIPANT: _participant_occurrences,
    SOURCE: _source_occurrences,
    PASSAGE: _passage_occurrences,
    TERM: _term_occurrences,
    SENSE: _term_occurrences,
}
