"""The index of the search: every word of a text finds it, points with most below them come first, and everything in it stays text."""

from __future__ import annotations

import json
import random
import re
from html import escape
from itertools import accumulate, chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import pytest

import kb
from kb.companions import disputes, search
from kb.disagreements import disagreements
from kb.incremental.parts import parted
from kb.load import load
from kb.output.links import Links, Output
from kb.publishing.findable import Findable, all_but_points, point, ranked_points
from kb.publishing.folding import folded_words
from kb.publishing.postings import Thing, common_limit, mend_lines, shares
from kb.publishing.postings import index_lines as indexed
from kb.publishing.theme import Theme
from kb.publishing.written import written_pages
from tests import hostile, leftwards, sites
from tests.conftest import read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kb.debate import Debate

ROOT = Path(kb.__file__).parent.parent
_TAKEN = re.compile(r'finding\.take\("([a-z]+(?:-\d+)?)",(.*)\)\n\Z', re.DOTALL)


class Index(NamedTuple):
    """The files of an index, read as a script reads them."""

    files: dict[str, object]

    def groups(self) -> list[tuple[str, int, int]]:
        """The groups, each with its first number and the number of its files."""
        start = self.files["start"]
        assert isinstance(start, dict)
        return [(name, base, count) for name, base, count in start["groups"]]

    def lines(self) -> dict[str, tuple[bool, list[list[int]]]]:
        """By word whether it is a common one, and the numbers of the things that have it in their ids, names and texts."""
        found = {}
        for name, held in self.files.items():
            if name.startswith("words-"):
                for line in str(held).split("\n"):
                    word, lists, *common = line.split(" ")
                    found[word] = bool(common), [numbers(x) for x in f"{lists}||".split("|")]
        return found

    def thing(self, number: int) -> list[str]:
        """What is shown of the thing with a number."""
        name, base, count = next(group for group in reversed(self.groups()) if group[1] <= number and group[2])
        held = self.files[f"{name}-{(number - base) % count}"]
        assert isinstance(held, list)
        found: list[str] = held[(number - base) // count]
        return found

    def hrefs(self, word: str) -> list[str]:
        """The addresses of all things with a word."""
        _, lists = self.lines().get(word, (False, []))
        return sorted({self.thing(number)[0] for numbers_ in lists for number in numbers_})


def numbers(written: str) -> list[int]:
    return list(accumulate(int(step, 36) for step in written.split(","))) if written else []


def findable(debate: Debate) -> dict[str, tuple[Findable, ...]]:
    """All that can be found, by group."""
    return {"points": tuple(point(debate, node_id) for node_id in ranked_points(debate)), **all_but_points(debate)}


def outputs(debate: Debate, theme: Theme) -> list[Output]:
    return [output for bundle in search.files(debate, written_pages(debate, theme).parts) for output in bundle.make()]


def index(debate: Debate, theme: Theme | None = None) -> Index:
    files: dict[str, object] = {}
    for file in outputs(debate, theme or Theme()):
        assert isinstance(file.content, bytes)
        taken = _TAKEN.match(file.content.decode())
        assert taken is not None, file.path
        assert file.path == f"search/{taken[1]}.js"
        files[taken[1]] = json.loads(taken[2])
    return Index(files)


@pytest.fixture(scope="module")
def shipped() -> Debate:
    return load(ROOT / "claims").debate


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Goal-directed: “don't” (c2.4)", ["goal", "directed", "don", "t", "c2", "4"]),
        ("Über die Straße, ÉCOLE, İzmir", ["uber", "die", "strasse", "ecole", "izmir"]),
        ("\N{LATIN SMALL LIGATURE FI}ne \N{VULGAR FRACTION ONE HALF} Ⅷ", ["fine", "1", "2", "viii"]),
        ("Ὀδυσσεὺς", ["οδυσσευσ"]),
        ("東京タワー", ["東京", "京タ", "タワ", "ワー"]),
        ("水", ["水"]),
        ("AI研究 x", ["ai", "研究", "x"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("שָׁלוֹם مُحَمَّد", ["שלום", "محمد"]),
        ("\N{COMBINING ACUTE ACCENT} — …", []),
    ],
)
def test_words_are_compared_without_case_accents_and_dots(text: str, found: list[str]) -> None:
    assert folded_words(text) == found


def test_every_word_of_every_text_finds_its_point(shipped: Debate) -> None:
    made = index(shipped)
    lines = made.lines()
    for node in shipped.nodes.values():
        for word in folded_words(f"{node.title} {node.text} {node.id}"):
            common, lists = lines[word]
            assert common or any(made.thing(n)[0] == f"nodes/{node.id}.html" for n in lists[1] + lists[2]), (
                word,
                node.id,
            )


def test_without_spaces_one_sign_finds_every_word_that_begins_or_ends_with_it() -> None:
    found = indexed([Thing(0, (), "忠実な犬", "動物は犬。犬と猫か。犬が。")], 9)
    assert {"犬", "犬と", "な犬", "猫か", "か"} <= set(found)
    assert not {"と", "\u3099"} & set(found), "what others go on from, and dots without a letter"
    assert indexed([Thing(0, (), "水", "AI 研究")], 9).keys() == {"水", "ai", "研究", "究"}


def test_what_is_found_runs_the_way_most_of_it_does() -> None:
    debate = read(leftwards.DEBATE).debate
    found = {thing.href: thing for thing in (point(debate, "an-agent"), *chain(*all_but_points(debate).values()))}
    assert found["nodes/an-agent.html"].text.startswith("\u200fGPT-4 הוא סוכן")
    assert found["people/bob.html"].name == "Bob (GPT-4 team)"
    assert found["sources/talk.html#p-c1"].name.startswith("\u200fc1 · שיחה")


OWN = b"""# How we work

We weigh reasons,
[[rain]], and **nothing** else.

## What we leave out

| who    | what   |
|--------|--------|
| nobody | votes  |

```
kb lint
```

### By `hand`
"""


def test_pages_of_the_debates_own_are_found_heading_by_heading(debate: Callable[[str], Debate]) -> None:
    made = index(debate("id: rain\nkind: claim\ntitle: It rains\ntext: Water falls."), Theme({"pages/2-work.md": OWN}))
    page = "pages/work.html"
    assert made.hrefs("reasons") == [page]
    assert made.hrefs("rains") == ["nodes/rain.html", page], "a point that is named on it"
    assert made.hrefs("votes") == [f"{page}#h-what-we-leave-out"]
    assert made.hrefs("hand") == [f"{page}#h-by-hand"]
    shown = {thing[0]: thing[1:4] for name, held in made.files.items() if name.startswith("pages-") for thing in held}  # type: ignore[attr-defined] # rows
    assert shown[page] == ["page", "How we work", "We weigh reasons, It rains, and nothing else."]
    assert shown[f"{page}#h-what-we-leave-out"] == [
        "page",
        "How we work · What we leave out",
        "who what nobody votes kb lint",
    ]


def test_people_terms_senses_passages_topics_and_pages_are_found(debate: Callable[[str], Debate]) -> None:
    made = index(
        debate("""
        ## participants/ann.yaml
        name: Ann Öztürk
        role: teaches botany
        ## sources/talk.yaml
        title: A talk
        passages:
          - {id: c2.4, by: ann}
          - {id: c3, by: ann, skip: only thanks}
          - {id: c5, by: ann, items: 2}
        ## terms/agency.yaml
        term: agency
        senses: [{id: goal-directed, text: Steering by an end., by: ann}]
        ## plants/topic.yaml
        title: Do plants choose?
        ## plants/roots-turn.yaml
        id: roots-turn
        kind: claim
        title: Roots turn
        text: The roots of a plant turn towards water.
        source: talk c2.4
        terms: [agency/goal-directed]
        tags: [tropism]
        """)
    )
    node = ["nodes/roots-turn.html"]
    assert made.hrefs("roots-turn") == made.hrefs("towards") == made.hrefs("tropism") == node
    assert made.hrefs("ozturk")[:2] == [*node, "people/ann.html"]
    assert made.hrefs("botany") == ["people/ann.html"]
    assert made.hrefs("c2.4") == ["sources/talk.html#p-c2.4"]
    assert made.hrefs("thanks") == ["sources/talk.html#p-c3"]
    assert made.hrefs("c5.2") == ["sources/talk.html#p-c5.2"]
    assert made.hrefs("steering") == ["terms/agency.html", "terms/agency.html#s-goal-directed"]
    assert made.hrefs("choose") == ["topics/plants.html"]
    assert made.hrefs("unchallenged") == ["about.html"]
    (number,) = made.lines()["roots-turn"][1][0]
    assert made.thing(number) == [
        *("nodes/roots-turn.html", "claim", "Roots turn", "The roots of a plant turn towards water."),
        *("Ann Öztürk", "unchallenged", "", "tropism"),
    ]


def test_a_passage_is_found_as_nodes_cite_it(debate: Callable[[str], Debate]) -> None:
    made = index(debate("## sources/board-2020.yaml\ntitle: Minutes\npassages:\n  - {id: m3}\n"))
    for word in ("board", "2020", "m3", "minutes"):
        assert "sources/board-2020.html#p-m3" in made.hrefs(word)


def test_a_thing_is_in_the_file_that_its_address_tells_and_the_numbers_rank(shipped: Debate) -> None:
    made, found = index(shipped), findable(shipped)
    for name, _, count in made.groups():
        ranks = {thing.href: rank for rank, thing in enumerate(found[name])}
        rows = [row for number in range(count) for row in rows_of(made, f"{name}-{number}")]
        assert sorted(row[0] for row in rows) == sorted(ranks)
        for number in range(count):
            inside = [row[0] for row in rows_of(made, f"{name}-{number}")]
            assert all(crc32(href.encode()) % count == number for href in inside)
            assert inside == sorted(inside, key=ranks.__getitem__)


def rows_of(made: Index, name: str) -> Sequence[Sequence[str]]:
    held = made.files[name]
    assert isinstance(held, list)
    return held


@pytest.mark.parametrize("text", ["", "id: alone\nkind: claim\ntext: Alone.\n", hostile.DEBATE])
def test_every_address_of_the_index_leads_somewhere(text: str) -> None:
    there = read(text).debate
    links = Links()
    for output in sites.gather(there):
        links.add(output)
    hrefs = "".join(f'<a href="{escape(found.href)}">' for found in chain(*findable(there).values()))
    links.add(Output("all.html", hrefs))
    links.check()


def test_questions_and_points_with_long_threads_come_first(shipped: Debate) -> None:
    first, *_ = findable(shipped)["points"]
    assert first.kind == "question"
    assert first.points.endswith(" points below")


def test_a_common_word_is_listed_for_the_first_things_only() -> None:
    many = [Thing(number, (), "", f"the word{number}") for number in range(3_000)]
    made = indexed(many, common_limit(3_000))
    (common,) = (line for line in made.values() if line.count(" ") > 1)
    word, lists, count = common.split(" ")
    assert word == "the"
    assert lists.startswith("||")
    assert numbers(lists.rpartition("|")[2]) == list(range(3_000 // 8))
    assert int(count, 36) == 3_000


@pytest.mark.parametrize("seed", range(40))
def test_an_index_is_mended_to_what_it_would_be_made_anew(seed: int) -> None:
    chosen = random.Random(seed)
    within = chosen.choice([2, 8, 30])

    def thing(number: int) -> Thing:
        text = " ".join(chosen.choices(["the", "of", "rain", "sun", "Öl", "water", "x1"], k=4))
        return Thing(number, [f"{chosen.choice('abc')}-{number % 7}"], chosen.choice(["", "Rain", "a name"]), text)

    before = {number: thing(number) for number in range(40) if chosen.random() < 0.8}
    after = before | {number: thing(number) for number in chosen.sample(range(50), 5)}
    for number in chosen.sample(sorted(after), 3):
        del after[number]
    gone = [one for number, one in before.items() if after.get(number) != one]
    come = [one for number, one in after.items() if before.get(number) != one]
    made = indexed((after[number] for number in sorted(after)), within)
    found = mend_lines(indexed(before.values(), within), gone, come, within)
    assert found in (None, made)
    if found is None:
        common = {word for word, line in indexed(before.values(), within).items() if line.count(" ") > 1}
        assert any(made.get(word, "").count(" ") < 2 for word in common), "a word that is common no longer"


def test_shares_are_small_in_the_order_of_browsers_and_name_their_first_word() -> None:
    names = [f"{chr(97 + n % 26)}{n}" for n in range(20_000)] + ["\uffe0", "\U00020000"]
    found = list(
        shares(indexed((Thing(number, (name,), "", "") for number, name in enumerate(names)), common_limit(len(names))))
    )
    assert found[0].first == ""
    assert all(len(share.lines) < 20_000 for share in found)
    read = [line.split(" ")[0] for share in found for line in share.lines.split("\n")]
    assert read == sorted(read, key=lambda word: word.encode("utf-16-be"))
    assert [share.first for share in found[1:]] == [share.lines.split(" ")[0] for share in found[1:]]


@pytest.mark.parametrize("more", ["agreed", "b0", "m5000"])
def test_a_word_more_is_no_news_for_the_other_shares(more: str) -> None:
    names = [f"{chr(97 + n % 26)}{n}" for n in range(20_000)]
    before, after = (
        {share.lines for share in shares(indexed((Thing(n, (w,), "", "") for n, w in enumerate(words)), 9_000))}
        for words in (names, [*names, more])
    )
    assert len(before) > 10
    assert len(after - before) <= 2


def test_what_means_harm_stays_text() -> None:
    harmful = read(hostile.DEBATE).debate
    assert len(index(harmful).hrefs("alert")) > 10
    for file in outputs(harmful, Theme()):
        assert isinstance(file.content, bytes)
        assert b"\n" not in file.content.rstrip(b"\n"), "one call, nothing after it"
        assert not any(char in file.content.decode() for char in "\u202e\u200b\ufeff\u2028\u2029")


def test_the_same_debate_gives_the_same_bytes_whatever_the_order(debate: Callable[[str], Debate]) -> None:
    one = "## a/one.yaml\nid: one\nkind: claim\ntext: Rain makes grass grow.\n"
    two = "## b/two.yaml\nid: two\nkind: claim\ntext: Grass grows in the sun, too.\nsupports: one\n"
    assert outputs(debate(one + two), Theme()) == outputs(debate(two + one), Theme())


def test_it_is_made_again_if_what_can_be_found_changed_and_only_then(debate: Callable[[str], Debate]) -> None:
    text = "## t/one.yaml\nid: one\nkind: claim\ntext: Rain makes grass grow.\n---\nid: two\nkind: claim\ntext: So does sun.\n"
    marks = [
        tuple(bundle.mark for bundle in search.files(parted(debate(text + more))))
        for more in ("", "note: Looked at again.\n", "supports: one\n", "tags: [weather]\n", "by: ann\n")
    ]
    assert marks[0] == marks[1]
    assert len(set(marks)) == 4


def test_words_are_made_again_if_points_are_found_by_others_not_if_they_stand_otherwise(
    debate: Callable[[str], Debate],
) -> None:
    points = ("Rain makes grass grow.", "Sun does, too.\nattacks: p0", "Not alone.\nattacks: p1", "Nor at once.")
    text = "---\n".join(f"id: p{n}\nkind: claim\ntext: {said}\n" for n, said in enumerate(points))
    marks = [
        [bundle.mark for bundle in search.files(parted(debate(f"## t/all.yaml\n{text}{more}")))][-1]
        for more in ("attacks: p1\n", "attacks: p2\n", "tags: [weather]\n", "by: ann\n", "title: Sun\n")
    ]
    assert marks[0] == marks[1]
    assert len(set(marks)) == 4


def test_a_point_more_takes_no_other_number_away(debate: Callable[[str], Debate]) -> None:
    points = [f"## t/p{n}.yaml\nid: p{n}\nkind: claim\ntext: Point {n} is made.\n" for n in range(90)]
    numbers = [
        {made.thing(number)[0]: number for _, lists in made.lines().values() for number in chain(*lists)}
        for made in (index(debate("".join(points[:count]))) for count in (89, 90))
    ]
    same = [href for href in numbers[0] if numbers[0][href] == numbers[1][href]]
    assert len(numbers[1]) == len(numbers[0]) + 1
    assert len(same) > len(numbers[0]) - 16


def test_an_empty_debate_has_an_index(debate: Callable[[str], Debate]) -> None:
    made = index(debate(""))
    assert made.hrefs("read") == ["about.html"]


def test_the_index_speaks_the_language_of_the_debate(debate: Callable[[str], Debate]) -> None:
    start = index(debate("## kb.yaml\ntitle: Beispiel\nlanguage: de\n")).files["start"]
    assert isinstance(start, dict)
    assert start["say"]["search"] == "Suchen"
    assert start["say"]["kinds"]["question"] == "Frage"


def test_the_filters_know_every_disagreement_in_the_order_of_the_list(shipped: Debate) -> None:
    (file,) = disputes.files(shipped)
    assert isinstance(file.content, bytes)
    taken = _TAKEN.match(file.content.decode())
    assert taken is not None
    held = json.loads(taken[2])
    found = disagreements(shipped)
    assert [row[0] for row in held["rows"]] == [row.id for row in found]
    for (_, state, by, waits, topic), row in zip(held["rows"], found, strict=True):
        assert held["state"][state][0] == row.state
        assert (state in held["settled"]) is row.settled
        assert {held["by"][n][0] for n in waits} == set(row.owed_by)
        assert {held["by"][n][0] for n in by} >= {who for side in row.sides for who in side.participants}
        assert held["topic"][topic][0] == shipped.nodes[row.id].topic
