"""Turn the YAML of `kb.yaml` into the settings of a debate: what it is called, how it leads in, what its editors want checked.

As with nodes, nothing here raises on what an editor wrote: what does not fit is a fault at its place. Whether a rule or a node that
is named here exists is for the linter to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.catalogue import DEFAULT, TAG_HELP, is_tag
from kb.finding import SEVERITIES, Place
from kb.model import LintSettings, Settings
from kb.reading.fields import ALLOW, Fields
from kb.reading.records import decode_url, required_text
from kb.reading.values import Mapping, Scalar, Unread
from kb.spelling import respelling
from kb.suggest import nearest, one_of
from kb.vocabulary import MAPS, PROFILES, TREES

if TYPE_CHECKING:
    from kb.finding import Fault

SETTINGS_FIELDS = (
    *("title", "description", "language", "url", "pictures", "maps", "main", "participants", "lint", "expect", "data"),
)
LINT_FIELDS = ("profile", "select", "ignore", "severity", "allow")


def decode_settings(mapping: Mapping, file: str, faults: list[Fault]) -> Settings:
    """The debate's own record, `kb.yaml`."""
    fields = Fields(mapping, file, None, faults)
    settings = Settings(
        title=required_text(fields, "title", "`kb.yaml`") or "",
        description=fields.text("description"),
        language=_decode_language(fields),
        url=decode_url(fields),
        pictures=fields.flag("pictures"),
        maps=fields.word("maps", MAPS, "wrong-type", TREES, what="way to draw maps"),
        main=fields.ids("main"),
        participants=fields.ids("participants"),
        lint=_decode_lint(fields),
        expect=fields.pairs("expect", "an outcome for each node, as in `node-id: stands`"),
        data=fields.data(),
        file=file,
        origin=mapping,
    )
    fields.finish("`kb.yaml`", SETTINGS_FIELDS)
    return settings


def _decode_language(fields: Fields) -> str:
    """The language that a debate is held in: a tag that browsers, too, can tell from others."""
    language = fields.text("language") or DEFAULT
    if not is_tag(language):
        span = fields.mapping.values["language"].span
        fields.fault("wrong-type", f"`{language[:60]}` is no language tag", span, TAG_HELP)
        return DEFAULT
    return language


def _decode_lint(fields: Fields) -> LintSettings:
    value = fields.mapping.values.get("lint")
    if not isinstance(value, Mapping):
        fields.pairs("lint", "a mapping, as in `profile: pedantic`")  # reports whatever else it is
        return LintSettings()
    fields.take("lint")
    inner = Fields(value, fields.file, None, fields.faults)
    lint_settings = LintSettings(
        profile=inner.word("profile", PROFILES, "wrong-type", PROFILES[0]),
        select=inner.texts("select", "a rule or a list of rules"),
        ignore=inner.texts("ignore", "a rule or a list of rules"),
        severity=_decode_severity(inner),
        allow=_decode_allow(inner),
        file=fields.file,
        origin=value,
    )
    inner.finish("`lint`", LINT_FIELDS)
    return lint_settings


def _decode_severity(fields: Fields) -> tuple[tuple[str, str], ...]:
    """Rules with the severity that the editors give them."""
    severities = []
    for rule, written in fields.pairs("severity", "a severity for each rule, as in `long-text: info`"):
        word: str | None = written
        if written not in SEVERITIES:
            word = nearest(written, SEVERITIES)
            span = fields.mapping.values["severity"].values[rule].span  # type: ignore[attr-defined] # `pairs` saw a mapping
            help_text = "list the rule under `ignore`" if written == "off" else one_of(written, SEVERITIES)
            fix = respelling(Place(fields.file, span), written, written, SEVERITIES)
            fields.fault("wrong-type", f"`{written[:40]}` is no severity", span, help_text, mended=fix)
        if word is not None:
            severities.append((rule, word))
    return tuple(severities)


def _decode_allow(fields: Fields) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """For folders or files of the debate, the rules whose findings are accepted there, with reasons."""
    value = fields.take("allow")
    if value is None:
        return ()
    if not isinstance(value, Mapping):
        span = fields.mapping.keys["allow"].span
        fields.fault("wrong-type", "`allow` must be a mapping from folders to rules", span, _ALLOW_IN_FOLDER)
        return ()
    inner = Fields(value, fields.file, None, fields.faults)
    allowances = []
    for folder, rules in value.values.items():
        if folder not in value.keys or isinstance(rules, Unread):
            continue
        if isinstance(rules, Scalar) and rules.text.strip() and not rules.is_null:
            message = f"`{folder[:60]}` stands where a folder belongs"
            fields.fault("wrong-type", message, value.keys[folder].span, _ALLOW_IN_FOLDER)
        else:
            allowances.append((folder.strip("/"), inner.pairs(folder, ALLOW)))
    return tuple(allowances)


_ALLOW_IN_FOLDER = "name the folder first: `old-threads: {early-reply: the import lost the dates}`"
