"""The parts that a debate falls into: files whose nodes bear on each other, and what all of them share."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from kb.incremental.connections import names
from kb.parted import Parted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kb.debate import Debate
    from kb.model import Node
    from kb.parted import Told, ToldJointly


class Parts(NamedTuple):
    """For each file of nodes what tells its part from any other, and what tells all other files from what else they could be.

    Nothing that is connected with a node has changed as long as the mark of its part is the same, and `shared` is.
    """

    marks: Mapping[str, str]
    shared: str


def parts(files: Iterable[tuple[str, str, Sequence[str]]]) -> Parts:
    """The parts of a debate, by the path of each file, the digest of its bytes and the names that connect its nodes with others."""
    joined: dict[str, str] = {}
    users: dict[str, str] = {}
    digests: dict[str, str] = {}
    shared = hashlib.blake2b(digest_size=20)
    for path, digest, named in files:
        if not named:
            shared.update(f"{path}\0{digest}\n".encode("utf-8", "replace"))
            continue
        digests[path], joined[path] = digest, path
        for name in named:
            joined[_first(joined, path)] = _first(joined, users.setdefault(name, path))
    hashes = {path: hashlib.blake2b(digest_size=20) for path in joined if joined[path] == path}
    for path in sorted(joined):
        hashes[_first(joined, path)].update(f"{path}\0{digests[path]}\n".encode("utf-8", "replace"))
    marks = {path: hashed.hexdigest() for path, hashed in hashes.items()}
    return Parts({path: marks[_first(joined, path)] for path in joined}, shared.hexdigest())


def parted(
    debate: Debate,
    marks: Mapping[str, str] | None = None,
    known: Mapping[str, Told] | None = None,
    known_jointly: ToldJointly | None = None,
) -> Parted:
    """A debate with its nodes by the marks of their files, and what is known of some of these parts; without marks, by what nodes name."""
    if marks is None:
        named: dict[str, list[str]] = {}
        for node in debate.nodes.values():
            named.setdefault(node.file or node.id, []).extend(names(node))
        marks = parts((file, "", found) for file, found in named.items()).marks
    groups: dict[str, list[Node]] = {}
    for node in debate.nodes.values():
        groups.setdefault(marks[node.file or node.id], []).append(node)
    return Parted(debate, groups, known, known_jointly)


def _first(joined: dict[str, str], path: str) -> str:
    """The file by which a part goes for now."""
    while joined[path] != path:
        joined[path] = joined[joined[path]]
        path = joined[path]
    return path
