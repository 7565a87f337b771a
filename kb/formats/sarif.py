"""For code scanning (GitHub, Azure DevOps, SARIF viewers): the Static Analysis Results Interchange Format, version 2.1.0.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. Columns count UTF-16 units, ends are exclusive, paths are relative to
the root of the repository. Each rule that was broken brings its page. Findings carry their identity under a name of our own: that of
GitHub is left to its uploader, which warns of any that it did not compute itself.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import quote

from kb.linting.identity import fingerprint, with_keys
from kb.linting.manual import find_rule
from kb.reporting.columns import convert_columns, utf16_units
from kb.reporting.findings import finding_text
from kb.tables import as_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.finding import Edit, Finding, Fix, Span
    from kb.linting.identity import Key
    from kb.reporting.findings import Report
    from kb.tables import Json, Row

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_IDENTITY = "findingIdentity/v1"
"""The version changes when findings are keyed in another way."""


def render(report: Report) -> str:
    """A log of one run."""
    names = sorted({finding.rule for finding in report.findings})
    rules: list[Json] = [_rule(name, report) for name in names]
    results: list[Json] = [
        _result(key, finding, names, report) for key, finding in with_keys(report.findings, report.line)
    ]
    run: Row = {
        "tool": {"driver": {"name": "kb", "version": version("argument-kb"), "rules": rules}},
        "invocations": [{"executionSuccessful": True}],
        "columnKind": "utf16CodeUnits",
        "results": results,
    }
    return as_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(name: str, report: Report) -> Row:
    """A rule with its page."""
    page, address = find_rule(name), report.manual(name)
    return {
        "id": name,
        "shortDescription": {"text": page.summary},
        "fullDescription": {"text": page.why},
        "help": {"text": page.manual, "markdown": page.markdown},
        **({"helpUri": address} if address else {}),
        "defaultConfiguration": {"level": _LEVELS[page.severity]},
    }


def _result(key: Key, finding: Finding, rules: Sequence[str], report: Report) -> Row:
    """A finding; without a node it stands for its file."""
    location: Row = {"physicalLocation": _place(finding.file, finding.span, report)}
    if finding.node is not None:
        location["logicalLocations"] = [{"name": finding.node}]
    return {
        "ruleId": finding.rule,
        "ruleIndex": rules.index(finding.rule),
        "level": _LEVELS[finding.severity],
        "message": {"text": finding_text(finding)},
        "locations": [location],
        **_related(finding, report),
        "partialFingerprints": {_IDENTITY: fingerprint(key)},
        **({"fixes": [_fix(finding.fix, report)]} if finding.fix is not None else {}),
    }


def _related(finding: Finding, report: Report) -> Row:
    places: list[Json] = [
        {"id": number, "physicalLocation": _place(file, span, report), "message": {"text": what}}
        for number, (file, span, what) in enumerate(finding.related)
    ]
    return {"relatedLocations": places} if places else {}


def _place(file: str, span: Span, report: Report) -> Row:
    return {"artifactLocation": _artifact(file, report), "region": _region(file, span, report)}


def _artifact(file: str, report: Report) -> Row:
    """A file as a URI: a name may hold spaces, signs, or bytes that are no text."""
    return {"uri": quote(report.spell_path(file), errors="surrogateescape"), "uriBaseId": "%SRCROOT%"}


def _region(file: str, span: Span, report: Report) -> Row:
    line, column, end_line, end_column = convert_columns(file, span, report.line, utf16_units)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _fix(fix: Fix, report: Report) -> Row:
    """A fix, with the edits of each file together."""
    by_file: dict[str, list[Json]] = {}
    for edit in fix.edits:
        by_file.setdefault(edit.place.file, []).append(_replacement(edit, report))
    changes: list[Json] = [
        {"artifactLocation": _artifact(file, report), "replacements": replacements}
        for file, replacements in sorted(by_file.items())
    ]
    return {"description": {"text": fix.title}, "artifactChanges": changes}


def _replacement(edit: Edit, report: Report) -> Row:
    file, span = edit.place
    return {"deletedRegion": _region(file, span, report), "insertedContent": {"text": edit.text}}
