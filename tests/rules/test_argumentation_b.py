"""Rules about how points are worded: each fault where it is hard to see, and honest texts that only look like one."""

from __future__ import annotations

import random
import textwrap
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from kb.lint import lint
from kb.linting.manual import find_rule
from kb.phrases import gist, phrases
from kb.wording import assertion_joints, bare_words, ends_as_question, find_phrase, opening_phrase, quotations, wording
from tests import examples
from tests.conftest import read

if TYPE_CHECKING:
    from pathlib import Path

    from kb.finding import Finding
    from kb.load import Loaded

NAMES = (
    "bare-pronoun",
    "doubled-hedge",
    "duplicate-title",
    "equivocation",
    "first-person",
    "long-quotation",
    "misquotation",
    "near-duplicate",
    "opening-connective",
    "question-as-statement",
    "reported-speech",
    "statement-as-question",
    "two-assertions",
    "undefined-term",
)

PEOPLE = "".join(f"## participants/{name}.yaml\nname: {name.title()}\n" for name in ("ada", "bo", "cy"))
SENSES = """\
## terms/fish.yaml
term: fish
senses: [{id: sea, text: Lives in the sea.}, {id: gills, text: Breathes with gills.}, {id: food, text: Served on Fridays.}]
"""
LONG = " ".join(f"word{k}" for k in range(26))

CASES = {
    # -- equivocation
    "linked premises that mean different things, and the premise that relates the two": """
        {id: a, kind: claim, text: A., terms: fish/sea, supports: {to: c, with: b}}    # <- equivocation
        {id: b, kind: claim, text: B., terms: fish/gills}
        {id: c, kind: claim, text: C.}
        {id: d, kind: claim, text: D., terms: fish/sea, supports: {to: f, with: [b, e]}}
        {id: e, kind: claim, text: E., terms: [fish/sea, fish/gills]}
        {id: f, kind: claim, text: F., terms: fish/gills}
        """,
    "an argument node makes the step": """
        {id: a, kind: claim, text: A., terms: fish/sea}
        {id: b, kind: claim, text: B., terms: fish/gills}
        {id: c, kind: argument, premises: [a], supports: b}    # <- equivocation
        """,
    "a long way through points that say in no sense, once a sense": """
        {id: a, kind: claim, text: A., terms: fish/sea, supports: c}
        {id: b, kind: claim, text: B., terms: fish/sea, supports: c}
        {id: c, kind: claim, text: C., terms: fish, supports: d}
        {id: d, kind: claim, text: D., terms: fish, supports: e}    # <- equivocation
        {id: e, kind: claim, text: E., terms: fish/gills}
        """,
    "a circle of points that say in no sense": """
        {id: a, kind: claim, text: A., terms: fish/sea, supports: b}
        {id: b, kind: claim, text: B., terms: fish, supports: c}
        {id: c, kind: claim, text: C., terms: fish, supports: [b, d]}    # <- equivocation
        {id: d, kind: claim, text: D., terms: fish/food}
        """,
    "where the word does not occur, it leads nowhere; objections may well use another sense": """
        {id: a, kind: claim, text: A., terms: fish/sea, supports: b}
        {id: b, kind: claim, text: B., supports: c}
        {id: c, kind: claim, text: C., terms: fish/gills}
        {id: d, kind: objection, text: D., terms: fish/food, attacks: c}
        {id: e, kind: claim, text: E., terms: [fish/gills, fish/food], supports: c}
        """,
    "a step that is undercut is found out": """
        {id: a, kind: claim, text: A., terms: fish/sea, supports: b}
        {id: b, kind: claim, text: B., terms: fish, supports: c}
        {id: c, kind: claim, text: C., terms: fish/gills}
        {id: d, kind: objection, text: D., undercuts: a -> b}
        """,
    # -- near duplicates
    "endings, order and words that add nothing hide no copy; negations, numbers and relations tell apart": """
        {id: a, kind: claim, text: Lamps keep burglars away from dark streets.}
        {id: b, kind: claim, text: "A lamp keeps the burglar away, surely, from streets so dark."}    # <- near-duplicate
        {id: c, kind: claim, text: Lamps do not keep burglars away from dark streets.}
        {id: d, kind: claim, text: Lamps keep 12 burglars away from dark streets.}
        {id: e, kind: claim, text: Lamps keep 13 burglars away from dark streets.}
        {id: f, kind: question, text: "Do lamps keep burglars away from dark streets?"}
        {id: g, kind: claim, text: "Lamps keep foxes, cats and lovers away from dark streets."}
        """,
    "what any relation, a question or a step joins is known to be alike": """
        {id: a, kind: claim, text: Lamps keep burglars away from dark streets.}
        {id: b, kind: claim, text: Lamps keep all burglars away from dark streets., qualifies: a}
        {id: q, kind: question, text: "Who is kept away?"}
        {id: c, kind: claim, text: Hedges keep children out of busy railway stations., answers: q}
        {id: d, kind: claim, text: Hedges keep dogs and children out of busy railway stations., answers: q}
        {id: e, kind: claim, text: Fees bring books back to small town libraries., supports: {to: a, with: f}}
        {id: f, kind: claim, text: Fees bring many books back to small town libraries.}
        {id: g, kind: claim, text: Trams carry more people through narrow streets than buses.}
        {id: h, kind: claim, text: Trams carry far more people through narrow streets than buses., restates: g}
        """,
    "a copy of a copy is one finding each": """
        {id: a, kind: claim, text: Lamps keep burglars away from dark streets.}
        {id: b, kind: claim, text: Lamps keep most burglars away from dark streets.}    # <- near-duplicate
        {id: c, kind: claim, text: Lamps keep many burglars away from dark streets.}    # <- near-duplicate
        """,
    "in the same words it is for another rule to say, and short texts have too little in common": """
        {id: a, kind: claim, text: Lamps keep burglars away from dark streets.}
        {id: b, kind: claim, text: "Lamps keep burglars away, from dark streets!"}
        {id: c, kind: claim, text: Lamps help old people.}
        {id: d, kind: claim, text: Lamps help very old people.}
        """,
    "German has endings of its own": """
        {id: a, kind: claim, text: Straßenlampen halten Einbrecher von dunklen Häusern fern.}
        {id: b, kind: claim, text: "Eine Straßenlampe hält den Einbrecher ja von dunklen Häusern fern."}    # <- near-duplicate
        {id: c, kind: claim, text: Straßenlampen halten Einbrecher nicht von dunklen Häusern fern.}
        ## kb.yaml
        title: Lampen
        language: de
        """,
    # -- quotations
    "a quotation is measured in any marks, and only if they are closed": f"""
        {{id: a, kind: claim, text: The mayor said “{LONG}”.}}    # <- long-quotation
        {{id: b, kind: claim, text: 'The mayor said "{LONG.rpartition(" ")[0]}".'}}
        {{id: c, kind: claim, text: The mayor said „{LONG}“.}}    # <- long-quotation
        {{id: d, kind: claim, text: The mayor said «{LONG}».}}    # <- long-quotation
        {{id: e, kind: claim, text: 'A pipe of 5" is wider than {LONG}'}}
        """,
    "words taken from a passage whose text is kept": f"""
        {{id: a, kind: claim, text: Indeed {LONG.title()}!, source: diary p1}}    # <- long-quotation
        {{id: b, kind: claim, text: Indeed {LONG}., source: diary p2}}
        {{id: c, kind: claim, text: Indeed {LONG.partition(" ")[2]}., source: diary p1}}
        {{id: d, kind: claim, text: Nothing of the kind., source: diary p1}}
        ## sources/diary.yaml
        title: Diary
        passages: [{{id: p1, text: 'It is "{LONG}", she wrote.'}}, {{id: p2, text: Rain.}}]
        """,
    "what a quotation leaves out and puts in is marked": """
        {id: a, kind: claim, text: 'Ed "ran down to [the] water … and waited there".', source: diary p1}
        {id: b, kind: claim, text: 'Ed "waited there and sang".', source: diary p2}    # <- misquotation
        {id: c, kind: claim, text: 'Ed "swam and waited and sang".', source: diary p2}    # <- misquotation
        {id: d, kind: claim, text: 'Ed "sang loudly".', source: diary p1}
        {id: e, kind: claim, text: 'Ed "sang all night long".', source: [diary p1, letters]}
        {id: f, kind: claim, text: 'Ed "sang all night long".'}
        {id: g, kind: claim, text: 'Ed “WAITED there, for the ferry”.', source: diary}
        ## sources/diary.yaml
        title: Diary
        passages:
          - {id: p1, text: He ran down to his water and his boat and waited there for the ferry.}
          - {id: p2, text: Nobody came.}
        ## sources/letters.yaml
        title: Letters
        """,
    "of a source that is kept in part nobody can tell": """
        {id: a, kind: claim, text: 'Ed "sang all night long".', source: diary p1}
        {id: b, kind: claim, text: Rain.}
        ## sources/diary.yaml
        title: Diary
        passages: [{id: p1, text: He ran.}, {id: p2}]
        """,
    # -- the glossary, titles, reports
    "a word that one speaker quotes, a long quotation, and a term that the glossary has": """
        {id: a, kind: claim, text: Trams are “progress”., by: ada}    # <- undefined-term
        {id: b, kind: claim, text: 'Horses were "Progress" once.', by: bo}
        {id: c, kind: claim, text: Buses are “fun”., by: ada}
        {id: d, kind: claim, text: Taxis are “fun”., by: ada}
        {id: e, kind: claim, text: The “food fish” is a carp., by: ada}
        {id: f, kind: claim, text: No “food fish” is a carp., by: bo}
        {id: g, kind: claim, text: It said “no cars in this street”., by: ada}
        {id: h, kind: claim, text: The sign “no cars in this street” is gone., by: bo}
        ## terms/food-fish.yaml
        term: Food fish
        """,
    "titles that differ in case only, and those that may be shared": """
        {id: a, kind: claim, title: Cost, text: Dear.}
        {id: b, kind: claim, title: cost, text: Cheap.}    # <- duplicate-title
        {id: c, kind: question, title: Cost, text: What does it cost?}
        {id: d, kind: claim, title: Cost, text: Dear it is., restates: a}
        """,
    "who is named and does not speak, and who has two names": """
        {id: a, kind: claim, text: Dr Bo argues that the wall holds., by: bob}    # <- reported-speech
        {id: b, kind: claim, text: Dr Bo repaired the wall., by: bob}
        {id: c, kind: claim, text: Dr Bon says no., by: bob}
        {id: d, kind: claim, text: bob rightly thinks that the wall holds., by: bob}    # <- reported-speech
        {id: e, kind: claim, text: The wall says everything about Ada., by: bob}
        ## participants/bob.yaml
        name: Dr Bo
        """,
    "German reports": """
        {id: a, kind: claim, text: Ada meint, by: ada}    # <- reported-speech
        {id: b, kind: claim, text: Ada baut, by: ada}
        ## kb.yaml
        title: Mauer
        language: de
        """,
    # -- questions, hedges
    "what asks and what only mentions a question": """
        {id: a, kind: objection, text: "Who would pay for *that?*", attacks: b}    # <- question-as-statement
        {id: b, kind: claim, text: 'The sign says "Who pays?"'}
        {id: c, kind: reply, text: "誰が払うのか\uff1f", replies_to: b}    # <- question-as-statement
        {id: d, kind: question, text: Whether anybody pays}
        {id: e, kind: question, text: Who pays}    # <- statement-as-question
        {id: f, kind: question, text: Who pays? Asked in May.}    # <- two-assertions
        """,
    "a hedge of what is asserted, and one that is quoted, is no double": """
        {id: a, kind: claim, text: Perhaps it rains.}
        {id: b, kind: claim, text: Every forecast says “perhaps”., certainty: tentative}
        {id: c, kind: claim, text: Perhaps it rains., certainty: arguendo}
        {id: d, kind: claim, text: Rain will probably come., certainty: speculative}    # <- doubled-hedge
        """,
    "an argument may go from its premises to its conclusion": """
        {id: a, kind: claim, text: A wall is old.}
        {id: b, kind: argument, text: Old walls crack. Cracks let water in., premises: [a], attacks: a}
        """,
    "a language that nobody wrote down is spared": """
        {id: a, kind: claim, text: "This is so, and therefore it is. I think so."}
        {id: b, kind: question, text: But who pays}
        {id: c, kind: claim, text: Le pont coûte plus cher que le vieux bac du port.}
        {id: d, kind: claim, text: Le pont coûte bien plus cher que le vieux bac du port.}
        {id: e, kind: claim, text: Qui paie ?}    # <- question-as-statement
        {id: f, kind: claim, text: Ada says no.}
        {id: g, kind: claim, text: Perhaps., certainty: tentative}
        ## kb.yaml
        title: Le pont
        language: fr
        """,
    # -- the rules on openings and voices, through the whole linter
    "openings and voices in English": """
        {id: a, kind: claim, text: They cost more.}    # <- bare-pronoun
        {id: b, kind: claim, text: "However, trams last."}    # <- opening-connective
        {id: c, kind: claim, text: In my view trams last.}    # <- first-person
        """,
    "openings and voices in German": """
        {id: a, kind: claim, text: Das ist zu teuer.}    # <- bare-pronoun
        {id: b, kind: claim, text: Trotzdem fahren Bahnen.}    # <- opening-connective
        {id: c, kind: claim, text: Bahnen halten meiner Meinung nach länger.}    # <- first-person
        {id: d, kind: claim, text: "Bahnen sind teuer, weshalb Busse fahren."}    # <- two-assertions
        {id: e, kind: claim, text: Vermutlich halten Bahnen., certainty: tentative}    # <- doubled-hedge
        {id: f, kind: question, text: Wer bezahlt die Bahn}    # <- statement-as-question
        {id: g, kind: question, text: Ob die Bahn bleibt}
        ## kb.yaml
        title: Bahnen
        language: de-AT
        """,
}


def load_case(root: Path, text: str) -> tuple[Loaded, set[examples.Row]]:
    """Load a case with every node on a line of its own; people and senses are supplied."""
    text = textwrap.dedent(text).strip("\n").replace("\n{", "\n---\n{")
    return examples.read(root, f"{text}\n{PEOPLE}{SENSES if 'fish/' in text else ''}")


def run(loaded: Loaded, names: tuple[str, ...]) -> list[Finding]:
    return list(lint(loaded, {name: find_rule(name).severity for name in names}))


@pytest.mark.parametrize("case", CASES)
def test_case(case: str, tmp_path: Path) -> None:
    loaded, announced = load_case(tmp_path, CASES[case])
    assert loaded.faults == ()
    found = run(loaded, NAMES)
    assert {(f.file, f.span.line, f.rule) for f in found} == announced, [f.message for f in found]


@pytest.mark.parametrize("name", NAMES)
def test_each_rule_is_tried_beyond_its_manual(name: str) -> None:
    assert any(f"# <- {name}" in text for text in CASES.values()), name


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "This is too dear.", "This"),
        ("en", "these are too dear", "these"),
        ("en", "These days all is dear.", None),
        ("en", "Those are too dear.", "Those"),
        ("en", "Those who walk are cold.", None),
        ("en", "They who walk are cold.", None),
        ("en", "Theft is rare.", None),
        ("en", "That's no reason.", "That"),
        ("en", "That does not follow.", "That"),
        ("en", "That lamps help is doubtful.", None),
        ("en", "It costs more.", "It"),
        ("en", "It costs a fortune to build a bridge.", None),
        ("en", "It has been shown that lamps help.", None),
        ("en", "It is true of any town.", None),
        ("en", "It would be good to know.", None),
        ("en", "Its price is too high.", "Its"),
        ("en", "The latter is dearer.", "The latter"),
        ("en", "The former mayor walked.", None),
        ("en", "Such a bridge is dear.", "Such"),
        ("en", "Such bridges are dear.", None),
        ("de", "Dies ist zu teuer.", "Dies"),
        ("de", "Diese Brücke ist zu teuer.", "Diese"),
        ("de", "Diesel ist zu teuer.", None),
        ("de", "Das heißt nichts.", "Das"),
        ("de", "Das Boot ist zu teuer.", None),
        ("de", "Er kostet mehr.", "Er"),
        ("de", "Es gibt keine Brücke.", None),
        ("de", "Seine Kosten steigen.", "Seine"),
    ],
)
def test_openings_that_stand_for_something_else(language: str, text: str, found: str | None) -> None:
    known = wording(language)
    assert known is not None
    assert opening_phrase(text, known.pronouns) == found


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "But trams last.", "But"),
        ("en", "But for trams, all would walk.", None),
        ("en", "However, trams last.", "However"),
        ("en", "However dear, trams last.", None),
        ("en", "Therefore trams should stay.", "Therefore"),
        ("en", "So far nobody has paid.", None),
        ("en", "So, nobody pays.", "So"),
        ("en", "Orders are rare.", None),
        ("en", "Yet, trams last.", "Yet"),
        ("en", "Because trams last, they pay.", None),
        ("de", "Außerdem halten Bahnen.", "Außerdem"),
        ("de", "Und Bahnen halten.", "Und"),
        ("de", "Undank ist der Welt Lohn.", None),
    ],
)
def test_openings_that_go_on_from_something_else(language: str, text: str, found: str | None) -> None:
    known = wording(language)
    assert known is not None
    assert opening_phrase(text, known.connectives) == found


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "Trams last. Buses do not.", "a second sentence begins"),
        ("en", "Do trams last? Do buses?", "a second sentence begins"),
        ("en", 'The sign says "Stop." Nobody does.', "a second sentence begins"),
        ("en", "Trams, e.g. those of Dr. Weiss and J. S. Bach, last approx. 30. Day by day.", None),
        ("en", "Trams last (cf. Weiss) in the U.S. Army.", None),
        ("en", "Trams last long; nobody says why they do.", "a semicolon joins two clauses"),
        ("en", "Trams carry people of any age; sex; race; or religion.", None),
        ("en", "Trams last, so they pay.", "`so` draws a conclusion"),
        ("en", "Trams last and therefore pay.", "`and therefore` draws a conclusion"),
        ("en", "Trams last, so that they pay.", None),
        ("en", "Trams last, so long as they are oiled.", None),
        ("en", "Trams last and so on.", None),
        ("en", "Trams last, thus saving money.", None),
        ("en", "Trams should therefore stay.", None),
        ("en", 'The sign says "it rains, so walk".', None),
        ("en", "Trams last, which is why they pay.", "`which is why` draws a conclusion"),
        ("de", "Bahnen halten. Busse nicht.", "a second sentence begins"),
        ("de", "Bahnen fahren z. B. Ende Mai, d. h. ab 12. Mai.", None),
        ("de", "Bahnen halten und sind deshalb billig.", None),
        ("de", "Bahnen halten, deshalb sind sie billig.", "`deshalb` draws a conclusion"),
    ],
)
def test_where_a_text_goes_on_to_another_assertion(language: str, text: str, found: str | None) -> None:
    known = wording(language)
    assert known is not None
    assert next(assertion_joints(text, known), None) == found


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "I think trams last.", "i think"),
        ("en", "Trams, I would say, last.", "i would say"),
        ("en", "Trams last, in my experience.", "in my experience"),
        ("en", "World War I was long.", None),
        ("en", "The sign says “I think of you”.", None),
        ("en", "I. Kant walked every day.", None),
        ("de", "Bahnen halten, finde ich.", None),
        ("de", "Ich glaube, Bahnen halten.", "ich glaube"),
        ("de", "Das Ich ist ein Rätsel.", None),
    ],
)
def test_whose_voice_a_text_speaks_in(language: str, text: str, found: str | None) -> None:
    known = wording(language)
    assert known is not None
    assert find_phrase(text, known.voice) == found


def test_what_stands_in_quotation_marks() -> None:
    assert quotations('He "ran" and “sat” and „lag“ and « dort » and »hier« and 「そこ」.') == (
        *("ran", "sat", "lag", "dort", "hier", "そこ"),
    )
    assert quotations("Nobody's fault, it's 5' wide.") == ()
    assert quotations('An empty "" and an open " mark') == ()


def test_what_asks() -> None:
    assert ends_as_question("Who pays?**")
    assert not ends_as_question("Who pays? Nobody.")
    assert not ends_as_question('"Who pays?"')


def test_near_duplicates_are_those_that_a_comparison_of_all_pairs_finds() -> None:
    """The index leaves no pair out: texts are made of few words, so that many are a little more or a little less alike than the limit."""
    dice = random.Random(7)
    words = [f"{a}{b}{c}" for a in "bdfgklmnprt" for b in "aiou" for c in "kmnr"]
    known = phrases("en")
    assert known is not None
    pairs = 0
    for _ in range(20):
        texts: list[str] = []
        for _ in range(30):
            text = dice.sample(words, dice.randint(5, 18))
            if texts and dice.random() < 0.7:
                text = dice.choice(texts).removesuffix(".").split()
                for _ in range(dice.randint(1, 3)):
                    text[dice.randrange(len(text))] = dice.choice(words)
                text = dice.sample(text, len(text))
            texts.append(f"{' '.join(text)}.")
        loaded = read("\n---\n".join(f"id: n{k:02}\nkind: claim\ntext: {text}" for k, text in enumerate(texts)))
        gists = [gist(text, known).words for text in texts]
        alike = {
            f"n{b:02}"
            for a, b in combinations(range(30), 2)
            if len(gists[a] & gists[b]) / len(gists[a] | gists[b]) >= 0.75
            and min(len(gists[a]), len(gists[b])) >= 5
            and bare_words(texts[a]) != bare_words(texts[b])
        }
        pairs += len(alike)
        assert {f.node for f in run(loaded, ("near-duplicate",))} == alike
    assert pairs > 50


def test_two_words_that_all_texts_share_are_no_sign_of_a_copy() -> None:
    rows = [f"id: n{k}\nkind: claim\ntext: Lamps keep burglars number{k} other{k} from streets." for k in range(200)]
    rows += ["id: z\nkind: claim\ntext: Lamps keep burglars number7 and other7 far from streets."]
    assert [f.node for f in run(read("\n---\n".join(rows)), ("near-duplicate",))] == ["z"]


def test_messages_show_the_chain_node_by_node(tmp_path: Path) -> None:
    loaded, _ = load_case(tmp_path, CASES["a long way through points that say in no sense, once a sense"])
    (found,) = run(loaded, ("equivocation",))
    assert found.message == "`fish` changes its sense on the way `a` → `c` → `d` → `e`"
    assert [text for _, _, text in found.related] == [
        "here `fish/sea`",
        "here in whichever sense",
        "here in whichever sense",
        "here `fish/gills`",
    ]


def test_messages_name_both_premises(tmp_path: Path) -> None:
    loaded, _ = load_case(
        tmp_path, CASES["linked premises that mean different things, and the premise that relates the two"]
    )
    (found,) = run(loaded, ("equivocation",))
    assert found.message == "`a` and `b` together support `c`, but mean different things by `fish`"


@pytest.mark.parametrize("sign", ["!", "?", '"', "“", ". ", "; ", "i ", "and ", "it has ", "word "])
def test_a_text_that_was_made_to_take_long_takes_no_longer(sign: str) -> None:
    loaded = read(f"id: a\nkind: claim\ntext: >-\n  {sign * 30_000}x\nsupports: b\n---\nid: b\nkind: claim\ntext: B.")
    assert all(finding.node == "a" for finding in run(loaded, NAMES))
