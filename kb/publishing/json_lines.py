"""JSON lists with one record in each line, written piece by piece; lines that have not changed are taken from the file before."""

from __future__ import annotations

from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

from kb.parted import groups, is_known, near
from kb.publishing.dependencies import changed_points, is_structure_unchanged, point_count_before

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kb.debate import Debate
    from kb.model import Node
    from kb.output.links import Piece

    RecordsOf = Callable[[Debate, Node], Iterable[bytes]]
    """A function that gives the records of a node."""


class NodeLines(NamedTuple):
    """The lines of nodes in a file of the site before."""

    file: bytes
    end: int
    """Where the last of them ends, 0 if there is none; records after it may have the same ids as nodes."""


_NEXT = b",\n"
"""Stands between two lines."""
_ID = b'{"id":'


def in_lines(rows: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces of a list with these records."""
    before = b"[\n"
    for row in rows:
        yield before
        yield row
        before = _NEXT
    yield b"[]" if before == b"[\n" else b"\n]"


def as_list(rows: Iterable[bytes]) -> bytes:
    """A list with these records, as a whole file."""
    return b"".join((*in_lines(rows), b"\n"))


def lines_by_id(lines: bytes) -> Mapping[bytes, bytes]:
    """The lines of a list by the ids with which they begin; both are JSON."""
    rows = (row for row in lines.split(b"\n") if row.startswith(_ID))
    return {row[len(_ID) : row.find(b",")]: row.removesuffix(b",") for row in rows}


def of_nodes(
    debate: Debate, records_of: RecordsOf, record_id: Callable[[str], str], before: NodeLines | None
) -> Iterator[Piece]:
    """The records of all nodes, joined as in a list; those of a node that has not changed are taken from the file before.

    The id of each record of a node is its `record_id`, or begins with that and `#`; no record of another node has such an id.
    """
    spliced = None if before is None else _spliced(debate, records_of, record_id, before)
    yield from _one_by_one(debate, records_of, record_id, before) if spliced is None else spliced


def _spliced(
    debate: Debate, records_of: RecordsOf, record_id: Callable[[str], str], before: NodeLines
) -> Sequence[Piece] | None:
    """Stretches of the file before with the records of changed nodes between them; None if nodes are gone or have other places."""
    changed, first = changed_points(debate), next(iter(debate.nodes), None)
    if first is None or first in changed:
        return None
    file, stop = before
    view, pieces, added = memoryview(file), list["Piece"](), 0
    end, _ = _find_lines(file, _line_start(record_id, first), 0, stop)
    for last, node_id in pairwise(debate.nodes):
        if node_id not in changed:
            continue
        if last not in changed:
            start, after = _find_lines(file, _line_start(record_id, last), end - 1, stop)
            if start == after:
                return None
            pieces.append(view[end:after])
            end = after + len(_NEXT)
        start, after = _lines_at(file, _line_start(record_id, node_id), end - 1)
        added += start == after
        pieces.append(_record_lines(debate, records_of, node_id))
        end = end if start == after else after + len(_NEXT)
    pieces.append(view[end:stop])
    return [piece for piece in pieces if piece] if point_count_before(debate) == len(debate.nodes) - added else None


def _one_by_one(
    debate: Debate, records_of: RecordsOf, record_id: Callable[[str], str], before: NodeLines | None
) -> Iterator[bytes]:
    """The records of all nodes, each found by its id, wherever it stands in the file before."""
    known, found = _lines_by_record_id(before.file[: before.end]) if before is not None else {}, dict[str, bytes]()
    for node_id in chain.from_iterable(groups(debate)):  # part after part: only a few stay evaluated in a large debate
        rows = known.get(record_id(node_id).encode()) if is_known(debate, node_id) else None
        found[node_id] = _record_lines(debate, records_of, node_id) if rows is None else rows
    yield from filter(None, (found.pop(node_id) for node_id in debate.nodes))


def _record_lines(debate: Debate, records_of: RecordsOf, node_id: str) -> bytes:
    part = near(debate, node_id)
    return _NEXT.join(records_of(part, part.nodes[node_id]))


def _lines_by_record_id(file: bytes) -> dict[bytes, bytes]:
    """The lines of a file by the ids of their records up to a `#`; of several with one such id, the lines after each other."""
    found: dict[bytes, list[bytes]] = {}
    for line in file.split(b"\n"):
        if line.startswith(b'{"id":"'):
            name = line[7 : line.index(b'"', 7)]
            found.setdefault(name.partition(b"#")[0], []).append(line.removesuffix(b","))
    return {name: _NEXT.join(lines) for name, lines in found.items()}


def patched(
    debate: Debate, records_of: RecordsOf, record_id: Callable[[str], str], before: bytes | None
) -> Iterator[Piece] | None:
    """The pieces of such a file if only the records of some nodes have changed; None if more may have changed.

    The records of nodes must stand in the order of the debate, and before any other that may have an id like theirs; the rest of the
    file may depend on who argues what, but not on the words of points.
    """
    if before is None or not is_structure_unchanged(debate):
        return None
    view, pieces, end = memoryview(before), list["Piece"](), 0
    changed = changed_points(debate)
    for node_id in filter(changed.__contains__, debate.nodes):
        rows = _record_lines(debate, records_of, node_id)
        start, after = _find_lines(before, _line_start(record_id, node_id), end, len(before))
        pieces += [view[end:start], rows]
        end = after
    return iter((*pieces, view[end:]))


def _line_start(record_id: Callable[[str], str], node_id: str) -> bytes:
    """How the lines of a node begin."""
    return b'\n{"id":"' + record_id(node_id).encode()


def _find_lines(file: bytes, name: bytes, begin: int, stop: int) -> tuple[int, int]:
    """Where the next lines with a name, or with it and `#`, begin and end; twice `begin` if there are none from there to `stop`."""
    line = file.find(name, begin, stop)
    while line >= 0 and not _has_name(file, name, line):
        line = file.find(name, line + 1, stop)
    return (begin, begin) if line < 0 else _lines_at(file, name, line)


def _lines_at(file: bytes, name: bytes, line: int) -> tuple[int, int]:
    """Where the lines with a name that begin right here end; twice `line` if there are none."""
    after = line
    while _has_name(file, name, after):
        after = file.index(b"\n", after + 1)
    return (line, line) if after == line else (line + 1, after - file.startswith(b",", after - 1))


def _has_name(file: bytes, name: bytes, line: int) -> bool:
    return file.startswith(name, line) and file.startswith((b'"', b"#"), line + len(name))
