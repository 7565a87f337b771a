"""Lists with a record in a line: written piece by piece, and most of the lines taken from the file before where most points are as before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.parted import is_known, parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kb.debate import Debate
    from kb.model import Node

    Before = Callable[[str], bytes | None]
    """A file as it was built last, by its path, if nobody touched it and what all files share is the same."""


def no_file(path: str) -> None:
    """There is no file to go by."""
    del path


def in_lines(rows: Iterable[bytes]) -> Iterator[bytes]:
    """A list with a record in a line."""
    before = b"[\n"
    for row in rows:
        yield before
        yield row
        before = b",\n"
    yield b"[]" if before == b"[\n" else b"\n]"


def of_nodes(
    debate: Debate, told: Callable[[Debate, Node], Iterable[bytes]], mark: Callable[[str], str], before: bytes | None
) -> Iterator[bytes]:
    """The records that are told of each node, together; of what did not change since, as they stand in the file before.

    The id of each record of a node is its `mark`, or begins with that and `#`; no record of another node has such an id.
    """
    known, found = _by_mark(before) if before is not None else {}, dict[str, bytes]()
    for part in parts(debate):  # one after the other, since few of a large debate stay evaluated
        for node in part.nodes.values():
            rows = known.get(mark(node.id).encode()) if is_known(debate, node.id) else None
            found[node.id] = b",\n".join(told(part, node)) if rows is None else rows
    yield from filter(None, (found.pop(node_id) for node_id in debate.nodes))


def _by_mark(file: bytes) -> dict[bytes, bytes]:
    """The lines of a file that hold a record, by its id up to a `#`; those of one id follow each other."""
    found: dict[bytes, list[bytes]] = {}
    for line in file.split(b"\n"):
        if line.startswith(b'{"id":"'):
            name = line[7 : line.index(b'"', 7)]
            found.setdefault(name.partition(b"#")[0], []).append(line.removesuffix(b","))
    return {name: b",\n".join(lines) for name, lines in found.items()}
