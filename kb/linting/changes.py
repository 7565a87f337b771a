"""What an edit changed, and which findings concern that: those a reviewer of the edit should see."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.reading.assemble import assemble

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kb.debate import Debate
    from kb.finding import Finding
    from kb.model import Node, Participant, Record, Source, Term


class Changes(NamedTuple):
    """Files that differ, ids of records that are new or say something else, the lines they stand in, and ids that are gone."""

    files: frozenset[str]
    ids: frozenset[str]
    lines: Mapping[str, tuple[range, ...]]
    gone: frozenset[str]

    def concerns(self, finding: Finding) -> bool:
        """Whether a finding is about what changed: on it, leading to it, or missing what is gone."""
        if finding.node in self.ids or (finding.node is None and finding.file in self.files):
            return True
        if any(span.line in lines for file, span, _ in finding.related for lines in self.lines.get(file, ())):
            return True
        return any(f"`{name}`" in finding.message for name in self.gone)


def changes(debate: Debate, before: Mapping[str, bytes | None]) -> Changes:
    """Compare a debate with what its changed files held before (None: they were not there)."""
    root = debate.settings.file.partition("/")[0]
    was, _ = assemble(root, sorted((path, raw) for path, raw in before.items() if raw is not None))
    old = dict(_records(was))
    new = {key: record for key, record in _records(debate) if record.file in before}
    changed = {key: record for key, record in new.items() if old.get(key) != record}
    still_there = {key for key, _ in _records(debate)}
    lines: dict[str, list[range]] = {}
    for record in changed.values():
        if (at := record.at) is not None:
            lines.setdefault(record.file, []).append(range(at.line, at.end_line + 1))
    return Changes(
        files=frozenset(before),
        ids=frozenset(name for _, name in changed) | debate.rejected.intersection(_ids_of_files(before)),
        lines={file: tuple(found) for file, found in lines.items()},
        gone=frozenset(name for kind, name in old if (kind, name) not in still_there),
    )


def _records(debate: Debate) -> Iterable[tuple[tuple[str, str], Record]]:
    """Every record with an id, by its kind and id."""
    tables: Mapping[str, Mapping[str, Node | Source | Participant | Term]] = {
        "node": debate.nodes,
        "source": debate.sources,
        "participant": debate.participants,
        "term": debate.terms,
    }
    for kind, table in tables.items():
        for name, record in table.items():
            yield (kind, name), record


def _ids_of_files(paths: Iterable[str]) -> set[str]:
    """The ids that files are named after."""
    return {path.rpartition("/")[2].rpartition(".")[0] for path in paths}
