"""For CI services that show test results: JUnit's XML, each finding a test that failed.

The names of tests stay the same when lines move, so that Jenkins and GitLab can tell what is new. When nothing was found one test
passes: some services take a report without tests for a broken run.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from kb.finding import printable
from kb.linting.identity import with_keys
from kb.reporting.plain import render_full

if TYPE_CHECKING:
    from kb.finding import Finding
    from kb.linting.identity import Key
    from kb.reporting.findings import Report

_NAME = "kb lint"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 allows in no document, not even escaped."""


def render(report: Report) -> str:
    """One suite with a failed test for each finding."""
    keyed_findings = with_keys(report.findings, report.line)
    counts = {"tests": str(len(keyed_findings) or 1), "failures": str(len(keyed_findings)), "errors": "0"}
    root = Element("testsuites", {"name": _NAME, **counts})
    suite = SubElement(root, "testsuite", {"name": _NAME, **counts})
    for key, finding in keyed_findings:
        _add_failure(suite, key, finding, report)
    if not keyed_findings:
        SubElement(suite, "testcase", {"name": "nothing was found", "classname": _NAME})
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, "unicode") + "\n"


def _add_failure(suite: Element, key: Key, finding: Finding, report: Report) -> None:
    test = SubElement(
        suite, "testcase", {"name": _safe(printable(_name(key))), "classname": _safe(report.path(finding.file))}
    )
    failure = SubElement(test, "failure", {"type": finding.severity, "message": _safe(finding.message)})
    failure.text = _safe(render_full(finding, report._replace(colour=False)))


def _name(key: Key) -> str:
    """The rule, whose fault it is, and where that does not tell findings apart, the word at fault and a number."""
    words = [f"{key.rule}: {key.owner}"]
    if key.target not in {"", key.owner}:
        words.append(f"({key.target})")
    if key.ordinal:
        words.append(f"#{key.ordinal + 1}")
    return " ".join(words)


def _safe(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
