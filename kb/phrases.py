"""What speakers say without making a point of their own, by language: words that add nothing, that negate, that only deny a step.

A debate in a language that has no row here is spared the rules that need one.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple


class Phrases(NamedTuple):
    """The phrases of one language."""

    filler: frozenset[str]
    """Words without which a text says the same: articles, copulas, assurances."""
    negations: frozenset[str]
    helpers: frozenset[str]
    """Words that come and go with a negation: "he sings", "he does not sing"."""
    endings: tuple[str, ...]
    """Endings that come and go with one: "sings", "sing"."""
    relevance: tuple[str, ...]
    """Patterns of saying that something does not follow or is beside the point."""
    hints: tuple[str, ...]
    """Stretches of which a text that matches one of them has at least one: most texts have none and are soon done with."""
    more: tuple[str, ...]
    """Stretches after which a text says something else as well."""
    choice: str
    """The pattern of a question that offers alternatives."""


class Gist(NamedTuple):
    """The words that make a text what it is, without their endings, and whether it denies what they say."""

    words: frozenset[str]
    negated: bool


def _words_of(lines: str) -> frozenset[str]:
    return frozenset(lines.split())


_REASON = r"\b(?:argument|reason|premise|objection|inference|evidence|consideration)\b[^,.;:]*\b"
_GRUND = r"\b(?:argument|beleg|einwand|grund|prämisse|schluss|überlegung)\b[^,.;:]*\b"

_ENGLISH = Phrases(
    filler=_words_of("""
        a actually an and are be because been being certainly clearly course fact hence in indeed is it just obviously of
        plainly quite really simply since so surely that the then there therefore this thus too truly very was were
    """),
    negations=_words_of("cannot neither never no nobody none not nothing"),
    helpers=_words_of("any anybody anything ca can did do does ever wo"),
    endings=("es", "s", "ed", "e"),
    relevance=(
        r"\b(?:it|that|this|which|conclusion|inference) (?:does|do|need) not (?:\w+ )?follow\b(?! (?!from|that))",
        r"^that\b.+\b(?:does|need) not (?:\w+ )?follow\b",
        r"\bnothing (?:\w+ )?follows\b",
        r"\bnon[ -]sequitur\b",
        r"\b(?:besides?|miss(?:es|ing)?) the point\b",
        _REASON + r"(?:is (?:irrelevant|not relevant)|(?:has|have) (?:no bearing|nothing to do))\b",
        _REASON + r"(?:(?:prove|show|say)s? nothing|do(?:es)? not (?:prove|show|support))\b",
        r"\b(?:irrelevant to|no bearing on|nothing about) (?:the question )?whether\b",
    ),
    hints=("follow", "sequitur", "the point", "relevant", "bearing", "nothing", "prove", "show", "support"),
    more=(". ", "! ", "; ", ", and "),
    choice=r"^(?!(?:how|what|when|where|who|why)\b[^:]*$).*(?<!,) or (?!not\b)",
)

_GERMAN = Phrases(
    filler=_words_of("""
        also auch da daher das dem den denn der des deshalb die doch ein eine einem einen einer eines eben es folglich ganz
        ist ja natürlich nämlich nun offenbar schließlich sehr sicherlich sind so somit tatsächlich und war waren weil
        wirklich wohl zweifellos
    """),
    negations=_words_of("kein keine keinem keinen keiner nicht nichts nie niemals niemand"),
    helpers=_words_of("etwas je jemals jemand"),
    endings=("en", "et", "t", "e"),
    relevance=(
        r"\b(?:daraus|hieraus|das|dies|schluss)\b[^,.;:]{0,20}\bfolgt\b[^,.;:]{0,20}\bnichts?\b",
        r"\bfolgt (?:\w+ )?nichts? (?:daraus|hieraus)\b",
        r"^dass\b.+\bfolgt (?:\w+ )*nicht\b",
        r"\bnon[ -]sequitur\b",
        r"\btut (?:hier )?nichts zur sache\b",
        r"\bgeht am (?:kern|punkt|thema)\b.*\bvorbei\b",
        _GRUND + r"(?:ist (?:hier )?(?:belanglos|irrelevant|unerheblich)|(?:beweist|besagt|zeigt) (?:hier )?nichts)\b",
        r"\b(?:nichts darüber|unerheblich dafür|irrelevant dafür), ob\b",
    ),
    hints=("folgt", "sequitur", "nichts", "vorbei", "belanglos", "irrelevant", "unerheblich"),
    more=(". ", "! ", "; ", ", und "),
    choice=r"^(?!(?:wann|warum|was|weshalb|wer|wie|wo)\b[^:]*$).*(?<!,) oder (?!nicht\b)",
)

_LANGUAGES = {"en": _ENGLISH, "de": _GERMAN}

_SPARE = 60
"""Letters by which words that add nothing, or negate, lengthen a text at most."""
_MARKS = "*_`\"'()[].,:;!?\N{LEFT DOUBLE QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}"
"""What may stand around a word."""

_WORD = re.compile(r"[^\W_]+")
_CONTRACTED = re.compile(r"(?<=\w)n['\N{RIGHT SINGLE QUOTATION MARK}]t\b")


def phrases(language: str) -> Phrases | None:
    """The phrases of a language as `kb.yaml` names it (`en`, `de-CH`); None of one that nobody wrote down yet."""
    return _LANGUAGES.get(language.casefold().partition("-")[0])


def is_same_but_filler(text: str, other: str, phrases: Phrases | None) -> bool:
    """Whether two texts say the same in the same words; of a language without a row, no word is known to add nothing."""
    dropped = phrases.filler if phrases else frozenset()
    if not _is_worth_comparing(text, other, dropped):
        return False
    one, two = ("".join(word for word in _words(t) if word not in dropped) for t in (text, other))
    return one == two != ""


def is_negation(text: str, other: str, phrases: Phrases) -> bool:
    """Whether one text is the other with a "not" in it, or without."""
    dropped = phrases.negations | phrases.helpers | phrases.filler
    if not _is_worth_comparing(text, other, dropped):
        return False
    one, two = _words(text), _words(other)
    if _is_negated(one, phrases) == _is_negated(two, phrases):
        return False
    bare = ([_stem(word, phrases.endings) for word in words if word not in dropped] for words in (one, two))
    return next(bare) == next(bare)


def gist(text: str, phrases: Phrases) -> Gist:
    """What two texts have in common that say nearly the same, however they are inflected and arranged."""
    words = _words(text)
    dropped = phrases.negations | phrases.helpers | phrases.filler
    stems = frozenset(_stem(word, phrases.endings) for word in words if word not in dropped)
    return Gist(stems, _is_negated(words, phrases))


def is_about_relevance(text: str, phrases: Phrases) -> bool:
    """Whether a text itself may be about what follows from what, so that to deny that is to deny the text."""
    return _contains_any(text.casefold(), phrases.hints)


def only_denies_relevance(text: str, phrases: Phrases) -> bool:
    """Whether all a text says is that something does not follow or is beside the point."""
    plain = text.casefold()
    if not _contains_any(plain, phrases.hints) or _contains_any(plain, phrases.more):
        return False
    return _any_of(phrases.relevance).search(_CONTRACTED.sub(" not", plain)) is not None


def offers_a_choice(question: str, phrases: Phrases) -> bool:
    """Whether a question asks for one of several things."""
    return re.search(phrases.choice, question.casefold()) is not None


def _is_worth_comparing(text: str, other: str, dropped: frozenset[str]) -> bool:
    """Whether two texts are about as long, and one has the longer words of the other: most pairs are told apart by this."""
    if abs(len(text) - len(other)) > _SPARE:
        return False
    plain = text.casefold()
    for word in other.casefold().split():
        if len(word) > 5 and word[:4] not in plain:
            bare = word.strip(_MARKS)
            if bare[:4] not in plain and bare not in dropped:
                return False
    return True


def _contains_any(text: str, stretches: tuple[str, ...]) -> bool:
    for stretch in stretches:  # noqa: SIM110 - asked of every text; `any` takes three times as long
        if stretch in text:
            return True
    return False


def _words(text: str) -> list[str]:
    return _WORD.findall(_CONTRACTED.sub(" not", text.casefold()))


def _is_negated(words: list[str], phrases: Phrases) -> bool:
    """Whether an odd number of words negates."""
    return sum(word in phrases.negations for word in words) % 2 == 1


@functools.lru_cache(maxsize=8192)
def _stem(word: str, endings: tuple[str, ...]) -> str:
    return next((word.removesuffix(e) for e in endings if word.endswith(e) and len(word) > len(e) + 2), word)


@functools.cache
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))
