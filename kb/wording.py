"""How a text is worded, by language: whether it can be understood alone, asserts one thing, hedges, speaks in somebody's voice.

A debate in a language that has no row here is spared the rules that need one. What stands in quotation marks is told in any language.
"""

from __future__ import annotations

import functools
import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class Wording(NamedTuple):
    """The words of one language; patterns are matched against a text in lower case."""

    pronouns: str
    """Openings that stand for something said elsewhere."""
    connectives: str
    """Openings that go on from something said elsewhere."""
    conclusions: str
    """Joints at which a text draws a conclusion from its own first half."""
    hedges: str
    """Words by which a speaker stops short of asserting."""
    voice: str
    """Phrases in which a speaker speaks of themselves."""
    reports: str
    """What follows a name when a text tells what somebody said."""
    indirect: str
    """Openings of a question that needs no mark."""
    abbreviations: frozenset[str]
    """Words that end in a full stop and end no sentence."""


def _words_of(line: str) -> frozenset[str]:
    return frozenset(line.split())


_VERBS = "are|can|cannot|could|did|do|does|had|has|have|is|may|might|must|should|was|were|will|would"
_ENGLISH = Wording(
    pronouns=rf"""
        (?: (?:he|she|they) (?!\ who\b) | this | these (?!\ days\b) | his | her | their | its
        | those (?=\ (?:{_VERBS})\b)
        | that (?='s\b|\ (?:{_VERBS}|also|makes|means|only|proves|shows)\b)
        | it (?=\ (?:also|can|costs|could|did|does|gives|had|has|helps|just|makes|needs|only|will|works)\b)
            (?!.*\ (?:how|if|that|to|what|when|whether|why)\b)
        | the\ (?:former|latter) (?=,|\ (?:{_VERBS})\b) | such (?=\ (?:an?|are|is)\b)
        )\b""",
    connectives=r"""
        (?: and | but (?!\ for\b) | consequently | furthermore | hence | moreover | nevertheless | nonetheless | or | therefore | thus
        | for\ (?:example|instance) (?=,) | in\ addition (?=,) | on\ the\ other\ hand
        | (?:also|besides|however|instead|likewise|otherwise|similarly|so|still|then|yet) (?=,)
        )\b""",
    conclusions=r"""
        (?: \band\ (?:consequently|hence|so|therefore|thus) | ,\ (?:consequently|hence|so|therefore|thus) )
        \b (?!\ (?:\w+ing|as|far|forth|long|many|much|on|that|too)\b) | ,\ which\ is\ why\b | \band\ that\ is\ why\b""",
    hedges=r"\b(?:conceivably|i (?:guess|suppose)|it seems|maybe|perhaps|possibly|presumably|probably)\b",
    voice=r"""
        \bi(?:\ (?:do\ not|don't|never|really|still))?\ (?:agree|believe|disagree|doubt|feel|guess|hold|mean|suppose|think|would\ (?:say|think))\b
        | ^i\b (?!\.) | \bin\ my\ (?:experience|mind|opinion|view)\b""",
    reports=r"""
        (?:(?:also|rightly|wrongly)\ )? (?:admits|agrees|argues|asserts|believes|claims|complains|concedes|denies|disagrees|doubts
        |grants|holds|insists|maintains|objects|replies|says|suggests|thinks|wonders)\b""",
    indirect=r"whether\b",
    abbreviations=_words_of(
        "al. approx. ca. cf. dr. e.g. etc. fig. i.e. inc. jr. mr. mrs. ms. no. p. pp. prof. sr. st. u.k. u.s. vs."
    ),
)

_GERMAN = Wording(
    pronouns=r"""
        (?: er | sie | dies | diese[mnrs]? | jene[mnrs]? | (?:der|die|das)\ (?:erstere|letztere) | ihre[mnrs]? | seine[mnrs]?
        | das (?=\ (?:bedeutet|beweist|folgt|genügt|gilt|hat|heißt|hilft|ist|kann|könnte|macht|reicht|stimmt|trifft|war|wird|wäre|würde|zeigt)\b)
        )\b""",
    connectives=r"""
        (?: aber | allerdings | also | andererseits | außerdem | daher | darum | denn | dennoch | deshalb | deswegen | doch | ferner
        | folglich | jedoch | oder | somit | sondern | trotzdem | und | zudem | zum\ beispiel
        )\b""",
    conclusions=r"""
        \bund\ (?:daher|darum|deshalb|deswegen|folglich|somit)\b | ,\ (?:daher|deshalb|deswegen|folglich|somit|weshalb|weswegen)\b""",
    hedges=r"\b(?:es scheint|möglicherweise|vermutlich|vielleicht|wahrscheinlich|womöglich)\b",
    voice=r"\bich (?:bezweifle|denke|finde|glaube|meine|nehme an)\b|^ich\b|\bmeiner (?:ansicht|meinung) nach\b|\bmeines erachtens\b",
    reports=r"(?:behauptet|bestreitet|bezweifelt|entgegnet|erwidert|findet|glaubt|meint|räumt ein|sagt|widerspricht)\b",
    indirect=r"ob\b",
    abbreviations=_words_of("abs. bspw. bzw. ca. d.h. dr. etc. evtl. ggf. h. nr. prof. s. st. usw. u.a. vgl. z.b."),
)

_LANGUAGES = {"en": _ENGLISH, "de": _GERMAN}

_SENTENCE_END = re.compile(
    r"[.!?\u2026][\"'\u00bb\u201d\u2019)\]*_]*\s+(?=[\"'\u00ab\u201c\u201e\u2018(\[*_]*[A-ZÄÖÜ0-9])"
)
_LONGEST_ABBREVIATION, _LONGEST_OPENING = 8, 200
"""Letters that may have to be looked at."""
_CLAUSE_WORDS = 3
"""Words from which on a stretch between semicolons is more than an item of a list."""
_QUESTION_MARKS = ("?", "\N{FULLWIDTH QUESTION MARK}", "\N{ARABIC QUESTION MARK}")

_QUOTED = re.compile(r'"([^"]*)"|[“„]([^“”„]+)[”“]|«([^«»]+)»|»([^«»]+)«|「([^「」]+)」')
_WORD = re.compile(r"\w+")


def wording(language: str) -> Wording | None:
    """The words of a language as `kb.yaml` names it (`en`, `de-CH`); None of one that nobody wrote down yet."""
    return _LANGUAGES.get(language.casefold().partition("-")[0])


def quotations(text: str) -> tuple[str, ...]:
    """What a text has in quotation marks."""
    if not _may_quote(text):
        return ()
    stretches = ("".join(groups).strip() for groups in _QUOTED.findall(text))
    return tuple(stretch for stretch in stretches if stretch)


def _may_quote(text: str) -> bool:
    """Whether a text has a quotation mark: asked of every text, so not by a loop over its letters."""
    return '"' in text or "“" in text or "„" in text or "«" in text or "»" in text or "「" in text


def bare_words(text: str) -> list[str]:
    """The words of a text as they are compared: without case, punctuation and line breaks."""
    return _WORD.findall(text.casefold())


def ends_as_question(text: str) -> bool:
    """Whether a text ends as questions do; emphasis may close after the mark, a quotation may not."""
    return text.rstrip("*_ \n").endswith(_QUESTION_MARKS)


def opening_phrase(text: str, pattern: str) -> str | None:
    """The words with which a text opens, if they are of this pattern."""
    match = _compiled(pattern).match(text[:_LONGEST_OPENING].lower())
    return text[: match.end()] if match else None


def find_phrase(text: str, pattern: str) -> str | None:
    """The first stretch of a text that is of this pattern, quotations left out."""
    own = _QUOTED.sub("", text) if _may_quote(text) else text
    match = _compiled(pattern).search(own.lower())
    return match[0].strip(" ,") if match else None


def assertion_joints(text: str, wording: Wording) -> Iterator[str]:
    """Where a text goes on to another assertion, in words for a message."""
    if any(not _is_abbreviation(text[: match.start()], wording) for match in _SENTENCE_END.finditer(text)):
        yield "a second sentence begins"
    pieces = text.split("; ")
    if any(_is_clause(one) and _is_clause(other) for one, other in itertools.pairwise(pieces)):
        yield "a semicolon joins two clauses"
    if (drawn := find_phrase(text, wording.conclusions)) is not None:
        yield f"`{drawn}` draws a conclusion"


def _is_abbreviation(before: str, wording: Wording) -> bool:
    """Whether a full stop belongs to the word before it: an abbreviation, an initial, a German ordinal."""
    word = before[-_LONGEST_ABBREVIATION:].casefold().rpartition(" ")[2].lstrip("(\"'“„«")
    return f"{word}." in wording.abbreviations or len(word) == 1 or (word.isdigit() and len(word) == 2)


def _is_clause(stretch: str) -> bool:
    return len(stretch.split()) >= _CLAUSE_WORDS


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE if "\n" in pattern else 0)
