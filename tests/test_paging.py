"""Lists on several pages: which rows stand together, which ones an edit moves, and how a reader gets from one page to any other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from kb.pages import nodes
from kb.publishing.paging import cut_by_words, landmarks
from tests import sites
from tests.conftest import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

WORDS = [f"{first}{second} {third}" for first in "bdfgklmnprst" for second in "aeiou" for third in ("x", "y", "z")]


def index(points: Iterable[str]) -> Mapping[str, str]:
    """The pages of the index of a debate with these points."""
    text = "---\n".join(f"id: p-{point.replace(' ', '-')}\nkind: claim\ntext: {point}.\n" for point in points)
    found = sites.gather(read(text).debate)
    return {o.path: str(o.content) for o in found if re.fullmatch(r"nodes(\.\d+)?\.html", o.path)}


@pytest.fixture(autouse=True)
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes, "_A_PAGE", 20)


def test_one_point_more_makes_its_page_and_the_first_again_and_no_other() -> None:
    before, after = index(WORDS), index([*WORDS, "ki yy"])
    assert len(before) == len(after) > 8
    changed = [path for path in before if before[path] != after[path]]
    assert len(changed) == 2
    assert "nodes.html" in changed
    assert "181 points" in after["nodes.html"]


def test_points_that_begin_alike_stand_together() -> None:
    for page in index(WORDS).values():
        listed = re.findall(r'<li><a href="nodes/[^>]*>(\w)', page)
        assert 10 <= len(listed) <= 20
        assert len(set(listed)) == 1


def test_every_page_of_a_list_is_at_most_so_long_and_none_is_lost() -> None:
    for words in (["same"] * 107, WORDS, sorted(WORDS, key=str.swapcase), [""], []):
        found = cut_by_words(words, words, 10)
        assert [word for page in found for word in page] == words
        assert max(map(len, found)) <= 10
        assert all(len(page) >= 5 for page in found[:-1])


@pytest.mark.parametrize("sizes", [[3] * 180, [1, 3, 2, 2, 4] * 36])
def test_a_page_is_full_by_the_size_of_its_rows(sizes: list[int]) -> None:
    found = cut_by_words(WORDS, WORDS, 20, sizes)
    assert [word for page in found for word in page] == WORDS
    size = dict(zip(WORDS, sizes, strict=True))
    filled = [sum(size[word] for word in page) for page in found]
    assert max(filled) <= 20
    assert min(filled[:-1]) >= 10


def test_a_row_that_is_larger_than_a_page_has_one() -> None:
    for sizes in ([50] * 180, [1] * 179 + [50], [50] + [1] * 179):
        found = cut_by_words(WORDS, WORDS, 20, sizes)
        assert [word for page in found for word in page] == WORDS
        size = dict(zip(WORDS, sizes, strict=True))
        assert all(len(page) == 1 for page in found if sum(size[word] for word in page) > 20)


@pytest.mark.parametrize("count", [1, 48, 49, 250, 5_000])
def test_from_any_page_any_other_is_reached_in_a_few_steps(count: int) -> None:
    pages = range(count)
    lists = [landmarks(pages, number) for number in pages]
    assert max(map(len, lists)) <= 48 + 2 * 3 + 2
    if count <= 48:
        assert all(list(found) == list(pages) for found in lists)
    nearest = [min(abs(number - page) for page in lists[0]) for number in pages]
    assert max(nearest) <= count // 48
    assert all(number in found for number, found in zip(pages, lists, strict=True))


def test_of_very_many_pages_each_shows_those_near_and_some_all_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes, "_A_PAGE", 2)
    found = index(WORDS)
    assert len(found) >= 90
    for page in found.values():
        named = re.findall(
            r'<a href="(nodes[.\d]*\.html)"', page.partition('<ol class="parts">')[2].partition("</ol>")[0]
        )
        assert {"nodes.html", f"nodes.{len(found)}.html"} <= set(named)
        assert 40 <= len(named) <= 56
