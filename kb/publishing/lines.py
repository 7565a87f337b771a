"""Lists with a record in a line: written piece by piece, and most of the lines taken from the file before where most points are as before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.parted import Parted, near

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kb.debate import Debate
    from kb.model import Node

    Before = Callable[[str], bytes | None]
    """A file as it was built last, by its path, if nobody touched it and what all files share is the same."""


def no_file(path: str) -> None:
    """There is no file to go by."""
    del path


def in_lines(rows: Iterable[str]) -> Iterator[bytes]:
    """A list with a record in a line."""
    before = "[\n"
    for row in rows:
        yield (before + row).encode()
        before = ",\n"
    yield b"[]" if before == "[\n" else b"\n]"


def of_nodes(
    debate: Debate, told: Callable[[Debate, Node], Iterable[str]], mark: Callable[[str], str], before: bytes | None
) -> Iterator[str]:
    """The records that are told of each node; of what did not change since, as they stand in the file before.

    Each record of a node begins with its `mark`, which no record of another node begins with.
    """
    known = _by_mark(before) if before is not None and isinstance(debate, Parted) else {}
    for node in debate.nodes.values():
        if known and isinstance(debate, Parted) and debate.is_known(node.id):
            yield from known.get(mark(node.id), ())
        else:
            yield from told(near(debate, node.id), node)


def _by_mark(file: bytes) -> dict[str, list[str]]:
    """Lines by what stands in their first quotation marks after the first colon, up to a `#`."""
    found: dict[str, list[str]] = {}
    for line in file.decode().split("\n"):
        if line.startswith('{"id":"'):
            name = line[7 : line.index('"', 7)].partition("#")[0]
            found.setdefault(name, []).append(line.removesuffix(","))
    return found
