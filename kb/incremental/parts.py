"""The parts into which a debate falls: files whose nodes bear on each other, and what all parts share."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from kb.incremental.connections import connecting_names
from kb.indexed import Indexed
from kb.results import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kb.debate import Debate
    from kb.parted import Parted
    from kb.results import Known


class Parts(NamedTuple):
    """For each node the mark of its part, and that of all files without nodes, which every part shares.

    As long as both are the same, nothing has changed that is connected with the node.
    """

    marks: Mapping[str, str]
    shared: str


class Outlined(NamedTuple):
    """A file by its path and the digest of its bytes, the ids of its nodes, and the names that connect them with others."""

    path: str
    digest: str
    nodes: Sequence[str]
    names: Sequence[str]


def parts(files: Iterable[Outlined]) -> Parts:
    """The parts of a debate."""
    parents: dict[str, str] = {}
    users: dict[str, str] = {}
    lines: dict[str, str] = {}
    nodes: dict[str, str] = {}
    shared = _digest()
    for path, digest, inside, named in files:
        if not named:
            shared.update(f"{path}\0{digest}\n".encode("utf-8", "replace"))
            continue
        lines[path], parents[path], first = f"{path}\0{digest}\n", path, path
        nodes |= dict.fromkeys(inside, path)
        for name in named:
            other = _find_root(parents, users.setdefault(name, first))
            if other != first:
                parents[first] = first = other
    members: dict[str, list[str]] = {}
    for path in sorted(parents):
        members.setdefault(_find_root(parents, path), []).append(lines[path])
    marks = {first: _digest("".join(inside)).hexdigest() for first, inside in members.items()}
    return Parts({node_id: marks[_find_root(parents, path)] for node_id, path in nodes.items()}, shared.hexdigest())


def _digest(text: str = "") -> hashlib.blake2b:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=20)


def parted(debate: Debate, marks: Mapping[str, str] | None = None, known: Known = NOTHING) -> Parted:
    """A debate in parts, which are given by the marks of nodes, with the known answers about them; without marks, parts follow from names."""
    if marks is None:
        marks = parts(
            Outlined(node.id, "", (node.id,), tuple(connecting_names(node))) for node in debate.nodes.values()
        ).marks
    return Indexed(debate, marks, known)


def _find_root(parents: dict[str, str], path: str) -> str:
    """The file that stands for a part until all are joined."""
    while parents[path] != path:
        parents[path] = parents[parents[path]]
        path = parents[path]
    return path
