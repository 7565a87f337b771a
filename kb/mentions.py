"""Who names what: every mention of a participant, passage or term, and the relations by kind, gathered once for all rules."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kb.finding import Problem
from kb.memory import once
from kb.reading.fields import ID_HELP, is_id
from kb.spelling import replacement, respelling, word_place
from kb.suggest import list_hint
from kb.vocabulary import CERTAINTIES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from kb.debate import Debate
    from kb.finding import Fix, Place
    from kb.model import Citation, Record, Relation


class Mention(NamedTuple):
    """One place where a record is named: what it is written on, at which field, and the id of the owner."""

    record: Record
    path: tuple[str | int, ...]
    owner: str | None

    @property
    def place(self) -> Place:
        """Where the name stands."""
        return self.record.place(*self.path)

    def word_place(self, word: str) -> Place:
        """Where a word of it stands."""
        return word_place(self.place, self.record.written(*self.path), word)

    def respelling(self, name: str, known: Iterable[str]) -> Fix | None:
        """How to put the known name that is nearest in its place."""
        return respelling(self.place, self.record.written(*self.path), name, known)

    def replacement(self, name: str, other: str) -> Fix | None:
        """How to put another name in its place."""
        return replacement(self.place, self.record.written(*self.path), name, other)


Table = dict[str, list[Mention]]


@dataclass(frozen=True, eq=False)
class Mentions:
    """The mentions of one debate; each table is made when first asked for."""

    debate: Debate

    @cached_property
    def participants(self) -> Mapping[str, list[Mention]]:
        """Participants by name: who speaks, who is taken to hold something, who is listed in `kb.yaml`."""
        mentions: Table = defaultdict(list)
        for node in self.debate.nodes.values():
            if node.by:
                _add_mentions(mentions, node.by, node, "by", node.id)
            if node.attributed_to:
                _add_mentions(mentions, node.attributed_to, node, "attributed_to", node.id)
            for relation in node.relations:
                if relation.by:
                    _add_mentions(mentions, relation.by, relation, "by", node.id)
        for source in self.debate.sources.values():
            for passage in source.passages:
                _add_mentions(mentions, passage.by, passage, "by", source.id)
        for term in self.debate.terms.values():
            for sense in term.senses:
                _add_mentions(mentions, sense.by, sense, "by", term.id)
        return mentions

    @cached_property
    def cited_by_nodes(self) -> Mapping[Citation, list[Mention]]:
        """Places in sources that nodes and their relations cite."""
        mentions: dict[Citation, list[Mention]] = defaultdict(list)
        for node in self.debate.nodes.values():
            for index, citation in enumerate(node.citations):
                mentions[citation].append(Mention(node, ("source", index), node.id))
            for relation in node.relations:
                if relation.citations:
                    for index, citation in enumerate(relation.citations):
                        mentions[citation].append(Mention(relation, ("source", index), node.id))
        return mentions

    @cached_property
    def cited_by_senses(self) -> Mapping[Citation, list[Mention]]:
        """Places in sources where the glossary finds its senses."""
        mentions: dict[Citation, list[Mention]] = defaultdict(list)
        for term in self.debate.terms.values():
            for sense in term.senses:
                for index, citation in enumerate(sense.citations):
                    mentions[citation].append(Mention(sense, ("source", index), term.id))
        return mentions

    def citations(self) -> Iterator[tuple[Citation, list[Mention]]]:
        """Every cited place with its mentions."""
        yield from self.cited_by_nodes.items()
        yield from self.cited_by_senses.items()

    @cached_property
    def terms(self) -> Mapping[str, list[Mention]]:
        """Terms as written, `term` or `term/sense`: on nodes and in `see_also`."""
        mentions: Table = defaultdict(list)
        for node in self.debate.nodes.values():
            if node.terms:
                _add_mentions(mentions, node.terms, node, "terms", node.id)
        for term in self.debate.terms.values():
            _add_mentions(mentions, term.see_also, term, "see_also", term.id)
        return mentions

    @cached_property
    def relations(self) -> Mapping[str, list[Relation]]:
        """All relations by kind."""
        relations: dict[str, list[Relation]] = defaultdict(list)
        for node in self.debate.nodes.values():
            for relation in node.relations:
                relations[relation.kind].append(relation)
        return relations

    def acts(self, kind: str) -> Iterator[tuple[Relation, tuple[str, ...]]]:
        """Relations of a kind between nodes, with whoever they commit; what commits nobody or was not read is left out."""
        for relation in self.relations[kind]:
            if makers := self.committed_by(relation):
                yield relation, makers

    def committed_by(self, relation: Relation) -> tuple[str, ...]:
        """Whom a relation between nodes commits; nobody if it was not read as written."""
        debate = self.debate
        node = debate.nodes[relation.node]
        if relation.to not in debate.nodes or not debate.rejected.isdisjoint({node.id, relation.to}):
            return ()
        committed = CERTAINTIES[node.certainty].stance is not None and not node.attributed_to
        return debate.makers(relation) if relation.by or committed else ()

    @cached_property
    def incomplete_nodes(self) -> frozenset[str]:
        """Nodes that were not read as written, or with a relation that leads nowhere: what they lack cannot be judged."""
        debate = self.debate
        nodes = debate.nodes
        incomplete = set(debate.rejected)
        for node in nodes.values():
            if any(premise.id not in nodes for premise in node.premises):
                incomplete.add(node.id)
            for relation in node.relations:
                if (
                    relation.to not in nodes and (relation.kind != "undercuts" or not debate.inference_of(relation))
                ) or (relation.premises and any(premise not in nodes for premise in relation.premises)):
                    incomplete.add(node.id)
        return frozenset(incomplete)


def _add_mentions(table: Table, names: tuple[str, ...], record: Record, field: str, owner: str) -> None:
    for index, name in enumerate(names):
        table[name].append(Mention(record, (field, index), owner))


class UnknownName(NamedTuple):
    """A name that no record has, the names that there are, and the one that is nearest."""

    name: str
    known: Collection[str]
    near: str | None
    now: str | None = None
    """The id that a record has today which once had this name."""


def unknown_name_problems(
    message: str, places: list[Mention], what: UnknownName, *, used: bool, create: str
) -> Iterator[Problem]:
    """Report a name that no record has: wherever it stands if a record that others name is meant, else once."""
    name, known, near, now = what
    if now is not None:
        for mention in places:
            yield Problem(
                mention.word_place(name),
                *renamed_texts(message, now),
                mention.owner,
                fix=mention.replacement(name, now),
            )
        return
    if listed := list_hint(name, known):
        for mention in places:
            yield Problem(mention.place, message, listed, mention.owner)
        return
    if near and (used or len(places) == 1):
        for mention in places:
            fix = mention.respelling(name, known)
            yield Problem(mention.word_place(name), message, f"did you mean `{near}`?", mention.owner, fix=fix)
        return
    first, *rest = places
    also = tuple((*mention.place, "also named here") for mention in rest[:3])
    more = f"; it is named in {len(rest) + 1} places" if rest else ""
    yield Problem(
        first.word_place(name), message + more, f"did you mean `{near}`?" if near else create, first.owner, also
    )


def renamed_texts(message: str, now: str) -> tuple[str, str]:
    """What to say of a name that something had before."""
    return f"{message} any more", f"it is called `{now}` now"


def creation_hint(folder: str, name: str, field: str) -> str:
    """What to do about a record that nobody wrote yet."""
    return f"create `{folder}/{name}.yaml` with `{field}:`" if is_id(name) else ID_HELP


@once
def mentions(debate: Debate) -> Mentions:
    """The mentions of a debate."""
    return Mentions(debate)
