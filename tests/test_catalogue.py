"""The words of the interface: in every language the same messages, each of them used, none missing."""

from __future__ import annotations

import re
import string
from importlib import resources
from pathlib import Path

import pytest

from kb.catalogue import DEFAULT, Catalogue, catalogue_for, direction

ROOT = Path(__file__).parent.parent
LANGUAGES = sorted(entry.name.removesuffix(".toml") for entry in (resources.files("kb") / "words").iterdir())
OTHERS = [language for language in LANGUAGES if language != DEFAULT]
_FORMED_BY_NAME = (
    "language.",
    "kind.",
    "certainty.",
    "relation.",
    "status.",
    "stance.",
    "state.",
    "objection.",
    "style.",
    "severity.",
)
"""Messages whose keys are composed where they are used, and not written out."""


def forms(message: str | tuple[str, ...]) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else message


def names_in(message: str | tuple[str, ...]) -> set[str]:
    return {name for form in forms(message) for _, name, _, _ in string.Formatter().parse(form) if name is not None}


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_every_message_with_the_same_names_in_it(language: str) -> None:
    english, other = catalogue_for(DEFAULT).messages, own(language)
    assert sorted(other) == sorted(english)
    assert {key: names_in(other[key]) for key in other} == {key: names_in(english[key]) for key in english}


@pytest.mark.parametrize("language", OTHERS)
def test_no_message_of_several_words_was_left_in_english(language: str) -> None:
    english, other = catalogue_for(DEFAULT).messages, own(language)
    same = [key for key, message in other.items() if message == english[key] and not key.startswith("language.")]
    wordy = [
        key
        for key in same
        if any(len(re.findall(r"[^\W\d_]{2,}", re.sub(r"\{\w+\}", "", f))) > 1 for f in forms(other[key]))
    ]
    assert wordy == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_counts_has_a_form_for_every_number(language: str) -> None:
    spoken = catalogue_for(language)
    for key, message in spoken.messages.items():
        if not isinstance(message, str):
            assert {spoken.pattern(key, n) for n in range(200)} == set(message), key


def own(language: str) -> dict[str, str | tuple[str, ...]]:
    """The messages of a language without those it takes over from English."""
    from kb.catalogue import _messages  # noqa: PLC0415 - what is missing is filled up elsewhere

    return dict(_messages(language))


def test_every_message_is_used_somewhere() -> None:
    places = [*(ROOT / "site/templates").glob("*"), *(ROOT / "kb").rglob("*.py")]
    written = "\n".join(place.read_text("utf-8") for place in places)
    unused = [
        key
        for key in catalogue_for(DEFAULT).messages
        if not key.startswith(_FORMED_BY_NAME) and re.search(rf"[\"']{re.escape(key)}[\"']", written) is None
    ]
    assert unused == []


@pytest.mark.parametrize(
    ("tag", "found"), [("de", "Themen"), ("de-CH", "Themen"), ("DE-at", "Themen"), ("xx", "Topics"), ("en", "Topics")]
)
def test_the_nearest_language_is_taken(tag: str, found: str) -> None:
    assert catalogue_for(tag).say("menu.topics") == found


@pytest.mark.parametrize(
    ("tag", "runs"),
    [
        ("en", "ltr"),
        ("ar", "rtl"),
        ("AR-eg", "rtl"),
        ("he", "rtl"),
        ("az-Arab", "rtl"),
        ("ar-Latn", "ltr"),
        ("xx", "ltr"),
    ],
)
def test_which_way_a_language_runs(tag: str, runs: str) -> None:
    assert direction(tag) == runs


def test_a_number_chooses_the_form() -> None:
    polish = Catalogue("xx", {
        "language.direction": "ltr",
        "language.plural": "n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2",
        "count.points": ("{n} punkt", "{n} punkty", "{n} punktów"),
    })  # fmt: skip
    assert [polish.say("count.points", n=n) for n in (1, 3, 5, 22)] == ["1 punkt", "3 punkty", "5 punktów", "22 punkty"]
