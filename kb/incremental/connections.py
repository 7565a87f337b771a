"""Which nodes of a debate are connected: those that name each other or the same third one, or have the same title or the same text."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING

from kb.linting.letters import letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.model import Node


def connecting_names(node: Node) -> Iterator[str]:
    """The ids that a node has, had and gives to its relations, all ids that it names, whether or not they exist, and its title and text in short."""
    yield node.id
    yield from node.formerly
    for relation in node.relations:
        if "->" in relation.to:
            yield from (end.strip() for end in relation.to.split("->"))
        else:
            yield relation.to
        if relation.id is not None:
            yield relation.id
        yield from relation.premises
    for premise in node.premises:
        yield premise.id
    if node.title is not None:
        yield f"~{_short(node.title.casefold())}"
    if compared_text := letters(node.text):
        yield f"={_short(compared_text)}"


def _short(words: str) -> str:
    return hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=8).hexdigest()


class Connections:
    """Things (nodes, or files of nodes) and the names by which they are connected, kept up to date."""

    def __init__(self) -> None:
        """Begin without any connection."""
        self._names: dict[str, tuple[str, ...]] = {}
        self._users: dict[str, list[str]] = defaultdict(list)
        """By name the things that name it, mostly one or two: lists take less memory than sets."""

    def put(self, thing: str, named: Iterable[str]) -> None:
        """Note what a thing names from now on; no names if it is gone."""
        for name in self._names.pop(thing, ()):
            self._users[name].remove(thing)
            if not self._users[name]:
                del self._users[name]
        if names := tuple(named):
            self._names[thing] = names
            for name in names:
                self._users[name].append(thing)

    def near(self, named: Iterable[str]) -> set[str]:
        """All things connected with these names, directly or through others."""
        waiting = list(named)
        seen = set(waiting)
        things: set[str] = set()
        while waiting:
            for thing in self._users.get(waiting.pop(), ()):
                if thing not in things:
                    things.add(thing)
                    further = [name for name in self._names[thing] if name not in seen]
                    seen.update(further)
                    waiting += further
        return things
