"""The sentences of accounts in every language: the same nodes and people, no word of another language, on the pages as well."""

from __future__ import annotations

import re
import string
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from kb.catalogue import DEFAULT, catalogue_for
from kb.chronicle.milestones import milestones
from kb.chronicle.tale import change_sentences, turn_sentences
from kb.chronicle.turns import spoken_turns
from kb.disagreements import disagreements
from kb.evaluate import evaluate
from kb.load import load
from kb.publishing import cards
from kb.publishing.cards import short_names_by_id
from kb.queries.because import deed_phrase, deeds_behind
from kb.queries.changing import change_phrase
from kb.queries.cruxes import CruxFinder
from kb.queries.state import undisputed_phrase, why
from kb.queries.telling import Clauses, NodeMention, Phrase, plain_text, render_part, say
from kb.queries.turning import resolutions
from kb.queries.why import Account, account, account_seen_by, why_not
from tests import sites
from tests.maps import PEOPLE, debates
from tests.stories import story
from tests.test_catalogue import LANGUAGES, OTHERS, forms
from tests.test_disagreements import CLAIM, DENIAL, act
from tests.test_state import SENTENCES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.queries.telling import MessagePart

CLAIMS = Path(__file__).parent.parent / "claims"
TABLES = ("number", "sides", "account", "deed", "settle", "change", "story")
"""The tables of the catalogue whose messages are told in sentences."""
RANDOM = settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))


def vocabulary(language: str) -> set[str]:
    """The words that sentences of a language are made of."""
    return {word for fragment in fragments(language) for word in re.findall(r"[^\W\d]+", fragment)}


def fragments(language: str) -> set[str]:
    """The text between the names in the messages of sentences."""
    told = (m for key, m in catalogue_for(language).messages.items() if key.partition(".")[0] in TABLES)
    parsed = (string.Formatter().parse(form) for message in told for form in forms(message))
    return {text.strip(" .,;:()") for pieces in parsed for text, *_ in pieces}


def everything_told(debate: Debate) -> Iterator[MessagePart]:
    """Every sentence that is told of a debate."""
    for found in disagreements(debate):
        yield why(debate, found)
        yield from (deed_phrase(debate, deed) for deed in deeds_behind(debate, found))
    for number, turn in spoken_turns(debate):
        yield from turn_sentences(debate, turn, short_names_by_id(debate), opens=True)
        yield from change_sentences(milestones(debate).get(number, ()))
    hinges, evaluation = CruxFinder(debate), evaluate(debate)
    for node_id in debate.nodes:
        yield from (
            said for said in (undisputed_phrase(debate, node_id), change_phrase(debate, node_id)) if said is not None
        )
        as_seen = account_seen_by(debate, node_id, min(debate.participants))
        for one in (account(debate, node_id), account(debate, node_id, 0), why_not(debate, node_id), as_seen):
            yield from sentences(one)
        if evaluation.verdict(node_id) is not None:
            for head, points in resolutions(hinges.analyse(node_id, brief=True)):
                yield from (head, *points)


def sentences(found: Account) -> Iterator[Phrase]:
    yield found.sentence
    for inner in found.because:
        yield from sentences(inner)


def named(said: MessagePart, language: str) -> Counter[str]:
    """The nodes and people that are mentioned, each as often as they are."""
    found = render_part(said, catalogue_for(language))
    text = "".join(part for part in found if isinstance(part, str))
    people = [name for name in re.findall(r"\w+", text) if name.lower() in PEOPLE]
    return Counter([*(part.id for part in found if isinstance(part, NodeMention)), *people])


@RANDOM
@given(debates())
def test_whatever_is_told_can_be_told_in_every_language_of_the_same_nodes_and_people(debate: Debate) -> None:
    foreign = {other: vocabulary(DEFAULT) - vocabulary(other) for other in OTHERS}
    for said in everything_told(debate):
        wanted = named(said, DEFAULT)
        for other in OTHERS:
            assert named(said, other) == wanted
            text = "".join(part for part in render_part(said, catalogue_for(other)) if isinstance(part, str))
            assert "{" not in text
            assert re.search(r"\. [a-zäöüß]", text) is None
            assert foreign[other].isdisjoint(re.findall(r"[^\W\d]+", text))


def blanked(debate: Debate, language: str) -> Debate:
    """A debate without a word in its own texts, with pages in another language."""
    nodes = {n.id: replace(n, text="…", title=None, note=None) for n in debate.nodes.values()}
    return replace(debate, nodes=nodes, settings=replace(debate.settings, language=language))


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("text", [None, *SENTENCES])
def test_no_english_sentence_stands_on_the_pages_of_another_language(text: str | None, language: str) -> None:
    debate = blanked(load(CLAIMS).debate if text is None else story(text), language)
    english = {plain_text(said) for said in everything_told(debate)}
    for output in sites.gather(debate):
        if isinstance(output.content, str) and output.path.endswith(".html"):
            shown = re.sub(
                r"<[^>]*>", "", re.sub(r'<a href="\.\./nodes/([\w-]+)\.html"><q>…</q></a>', r"`\1`", output.content)
            )
            assert [said for said in english if said in shown] == [], output.path


AUTHORS = "## participants/ann.yaml\nname: Ann and her team\nseveral: true\n"
"""Ann stands for several people, with whom verbs must agree."""


def test_verbs_agree_with_several_people_who_speak_under_one_name() -> None:
    debate = story(CLAIM + DENIAL + act("gone", "ann-2", "retracts: c"), AUTHORS)
    (found,), deeds = disagreements(debate), deeds_behind(debate, disagreements(debate)[0])
    assert plain_text(why(debate, found)) == "Ann and her team no longer hold `c`."
    (gave_up,) = (deed for deed in deeds if deed.participant == "ann")
    german = [
        "".join(map(str, render_part(said, catalogue_for("de"))))
        for said in (why(debate, found), deed_phrase(debate, gave_up))
    ]
    assert german[0].startswith("Ann and her team vertreten ")
    assert german[1].startswith("Ann and her team haben ")
    turn = turn_sentences(debate, spoken_turns(debate)[0][1], short_names_by_id(debate), opens=True)[0]
    assert "".join(map(str, render_part(turn, catalogue_for("de")))).startswith(
        "Ann and her team eröffneten und vertraten"
    )


@pytest.mark.parametrize(("several", "verb"), [("", "ist"), (AUTHORS, "sind")])
def test_pages_say_of_several_people_that_they_owe_the_next_word(several: str, verb: str) -> None:
    debate = story(CLAIM + DENIAL, several)
    pages = {o.path: o.content for o in sites.gather(replace(debate, settings=replace(debate.settings, language="de")))}
    assert f"</bdi></a> {verb} am Zug." in str(pages["open.html"])
    assert f"{'schulden' if several else 'schuldet'} die nächste Antwort" in str(pages["index.html"])


def test_a_sentence_is_told_in_the_language_of_the_pages() -> None:
    debate = story(next(iter(SENTENCES)))
    pages = {o.path: o.content for o in sites.gather(replace(debate, settings=replace(debate.settings, language="de")))}
    assert "Die Seiten haben einander nie geantwortet. Nichts, was bisher" in str(pages["nodes/q.html"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_has_its_parts_in_order(language: str) -> None:
    spoken = catalogue_for(language)
    last = spoken.say("list.last")
    assert render_part(("A", "B", "C"), spoken) == ["A", ", ", "B", last, "C"]
    assert render_part(("A",), spoken) == ["A"]
    assert render_part((), spoken) == []
    assert render_part((NodeMention("a"), NodeMention("b")), spoken) == [NodeMention("a"), last, NodeMention("b")]


def test_clauses_follow_one_another_however_many() -> None:
    many = Clauses(tuple(say("sides.undisputed") for _ in range(2_000)))
    assert plain_text(say("account.sentence", clauses=many)).count("; ") == 1_999


def test_what_somebody_is_called_is_no_pattern() -> None:
    assert plain_text(say("account.held", who=("{who}", "%s"))) == "it is held by {who} and %s"


def test_names_in_a_sentence_are_no_words_of_it() -> None:
    who = ("<b>Ann</b>", "\N{RIGHT-TO-LEFT OVERRIDE}Bob", "it is held by ")
    shown = cards.sentence_links(story(next(iter(SENTENCES))), say("account.held", who=who))
    assert [(link.name, link.named) for link in shown] == [
        ("it is held by ", False),
        ("<b>Ann</b>", True),
        (", ", False),
        ("Bob", True),
        (" and ", False),
        ("it is held by ", True),
    ]
