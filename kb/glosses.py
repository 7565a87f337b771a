"""What each field of a file says to those who write it, in a line; of relations the vocabulary tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.vocabulary import RELATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

_ALLOW = "findings that are accepted here, each with the reason: `{rule-name: why}`"
_DATA = "anything else; kept as it is and never interpreted"
_FORMERLY = "ids it had before: their addresses on the site lead here"
_NOTE = "a remark of the editors"
_URL = "a web address"
_ATTRIBUTION = "how sure it is who this is: `confirmed` or `unconfirmed`, or a mapping of `status` and `note`"

_NODE = {
    "id": "its name; only needed where a file holds several nodes",
    "kind": "what it is: `question`, `claim`, `objection` (attacks or undercuts), `reply` (any other response to a move of somebody else) or "
    "`argument`",
    "title": "a short label for maps and lists",
    "text": "the point in your own words: one assertion that can be understood on its own; inline Markdown is allowed, "
    "and an argument needs none",
    "by": "who puts it forward, if not the speakers of the passages it cites; with neither `by` nor `source` it is in the editors' own "
    "words, held by the record",
    "source": "where it is put forward: `source-id passage-id`, a list of these, or a source id alone",
    "certainty": "how far its speaker stands behind it: `asserted` (if nothing is said), `tentative`, `speculative`, `arguendo` (supposed for "
    "argument's sake) or `mentioned` (raised, held by nobody)",
    "attributed_to": "whom its speaker takes to hold this; it commits nobody, and counts as theirs until they disown or deny it",
    "stands_alone": "`true`: it does not fall with the reasons given for it",
    "exclusive": "of a question, `true`: its answers exclude each other",
    "weight": "how strong the point is taken to be before anything is said for or against it, from 0 to 1: what `kb strength` reckons with; no "
    "verdict depends on it",
    "premises": "of an argument: what it rests on, ids or `role: id`",
    "scheme": "the kind of argument it is, as in `expert-opinion`",
    "terms": "glossary terms that carry weight here: `on-time`, or one sense, `on-time/by-the-date`",
    "tags": "labels",
    "topic": "another topic than the folder",
    "note": _NOTE,
    "allow": _ALLOW,
    "expect": "the outcome that no edit may change unnoticed: a status (`stands`, `unanswered` …) or a verdict; of a question the state of "
    "its dispute",
    "formerly": _FORMERLY,
    "data": _DATA,
    **{name: f"this node {row.gloss.rstrip(':')} the one it leads to" for name, row in RELATIONS.items()},
}
_RELATION = {
    "to": "the node, or for an undercut the step `X -> Y`, that it leads to",
    "with": "linked premises: they carry the target only together with this node",
    "id": "a name for an undercut to aim at",
    "by": "who makes the relation, if not the speakers of the node",
    "source": "where the relation is made, if not where the node is put forward",
    "scheme": "the kind of argument it is, as in `expert-opinion`",
    "strict": "`true`: a step that cannot be undercut",
    "part": "of a concession, `true`: the target is granted only in part",
    "weight": "how much the step weighs, for other tools that reckon with that; no verdict and no strength depends on it",
    "note": _NOTE,
    "data": _DATA,
}
_PASSAGE = {
    "id": "its name in the source, as in `p7` or `c2.1`",
    "by": "who speaks",
    "date": "when it was said",
    "replies_to": "the passage or comment of this source that it answers",
    "items": "how many points it runs together: cite `p23.1`, `p23.2` …",
    "sha256": "the first digits of the fingerprint of its text, which need not be kept here",
    "text": "what it says",
    "skip": "why it carries no point",
}

GLOSSES: Mapping[tuple[str, ...], Mapping[str, str]] = {
    ("node",): _NODE,
    **dict.fromkeys((("node", name) for name in RELATIONS), _RELATION),
    ("source",): {
        "title": "what it is called",
        "type": "what it is: a post, a thread, a paper …",
        "authors": "who wrote it, as it is signed",
        "date": "when it was published, as `2025-03-12`, `2025-03` or `2025`; sources are read in this order",
        "url": _URL,
        "attribution": _ATTRIBUTION,
        "passages": "its passages in reading order: it tells who could know what when they spoke",
        "note": _NOTE,
        "allow": _ALLOW,
        "formerly": _FORMERLY,
        "data": _DATA,
    },
    ("source", "passages"): {**_PASSAGE, "data": _DATA},
    ("participant",): {
        "name": "what readers call them",
        "role": "who they are in the debate",
        "several": "`true`: several people speak under this name, and verbs agree with them",
        "url": _URL,
        "attribution": _ATTRIBUTION,
        "note": _NOTE,
        "allow": _ALLOW,
        "formerly": _FORMERLY,
        "data": _DATA,
    },
    **{
        (record, "attribution"): {"status": "`confirmed` or `unconfirmed`", "note": "what that rests on"}
        for record in ("source", "participant")
    },
    ("term",): {
        "term": "the word as it is written",
        "senses": "what it is used for, sense by sense",
        "see_also": "related terms",
        "note": _NOTE,
        "allow": _ALLOW,
        "formerly": _FORMERLY,
        "data": _DATA,
    },
    ("term", "senses"): {
        "id": "its name within the term",
        "text": "what the word says in this sense",
        "by": "who uses it so",
        "source": "where it is used so: `source-id passage-id`",
    },
    ("topic",): {
        "title": "what the folder is called",
        "description": "what it is about",
        "order": "its place among the topics: lower numbers come first",
    },
    ("settings",): {
        "title": "what the debate is called",
        "description": "what it is about, in a few sentences",
        "language": "the language it is held in, as in `en`",
        "url": "where the site is published",
        "pictures": "`true`: the site has a picture of each question, to be shown with links to it; takes `url`, and the extra `[pictures]`",
        "maps": "how the maps of topics and of the debate are drawn: `trees`, or `layers`, in which a point that responds to several stands once and which take the extra `[graphviz]`",
        "main": "ids of the questions or theses to lead with",
        "participants": "in which order participants are shown",
        "lint": "what the linter checks, and how strictly",
        "expect": "the outcomes that no edit may change unnoticed, by node",
        "data": _DATA,
    },
    ("settings", "lint"): {
        "profile": "`default`, or `pedantic` with the rules that judge style as well",
        "select": "rules to run besides those of the profile, as in `unopposed-thesis`",
        "ignore": "rules not to run, as in `unused-*`",
        "severity": "the severity of what a rule finds: `{long-text: error}`, or `warning`, or `info`",
        "allow": "findings that are accepted in a folder or file, each with the reason: `{old-threads: {rule-name: why}}`",
    },
}
"""By the kind of record, and the fields that lead to the mapping."""
