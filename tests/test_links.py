"""Links and paths of the site: whatever leads nowhere, or out of the folder, fails the build."""

from __future__ import annotations

import posixpath
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.finding import KbError
from kb.output.links import Links, Output, address
from tests import sites


@pytest.mark.parametrize(
    ("html", "link"),
    [
        ('<a href="gone.html">', "gone.html"),
        ('<a href="b.html#gone">', "b.html#gone"),
        ('<a href="#gone">', "#gone"),
        ('<a href="../a.html">', "../a.html"),
        ('<a href="javascript:alert(1)">', "javascript:alert(1)"),
        ('<link rel="icon" href="gone.svg">', "gone.svg"),
        ('<a href="gone.html?by=ann">', "gone.html?by=ann"),
    ],
)
def test_a_broken_link_fails_the_build_and_is_named(html: str, link: str) -> None:
    with pytest.raises(KbError, match=re.escape(f"the page a.html links to `{link}`")):
        sites.check([Output("a.html", html), Output("b.html", '<p id="here">')])


def test_a_link_from_files_that_were_made_together_is_named_with_the_first_page_that_has_it() -> None:
    links = Links()
    pages = [Output("x/c.html", '<a href="../gone.html">'), Output("x/b.html", '<a href="../gone.html">')]
    first = Output("x/a.html", '<a href="b.html"> <a href="../there.html">')
    _, leads = links.add_together((*pages, first))
    assert leads == ("gone.html", "there.html")
    links.add(Output("there.html", ""))
    with pytest.raises(KbError, match=re.escape("the page x/b.html links to `gone.html`")):
        links.check()


def test_a_link_in_other_letters_than_its_page_is_broken() -> None:
    links = Links()
    links.add(Output("people/Alice.html", ""))
    links.add_together([Output("a.html", '<a href="people/alice.html">')])
    with pytest.raises(KbError, match=re.escape("the page a.html links to `people/alice.html`")):
        links.check()


def test_links_of_files_that_were_kept_are_followed_again() -> None:
    links = Links()
    links.add_unchanged({"x/b.html": frozenset({"here"})}, frozenset({"a.html#there"}))
    links.add(Output("a.html", '<a id="there" href="x/b.html#here">'))
    links.check()
    gone = Links()
    gone.add_unchanged({"x/b.html": frozenset()}, frozenset({"a.html#there"}))
    gone.add(Output("a.html", ""))
    with pytest.raises(KbError, match=re.escape("the page x/b.html links to `a.html#there`")):
        gone.check()


def test_good_links_pass() -> None:
    html = (
        '<a href="x/b.html#here"> <a href="#top" id="top"> <a href="https://elsewhere.example/"> <a href="x/../a.html">'
        ' <a href="x/b.html?by=ann#here">'
    )
    sites.check([Output("a.html", html), Output("x/b.html", '<p id="here"><a href="../a.html#top">')])


@given(
    st.lists(st.sampled_from(["a", "b", "x.html"]), max_size=3).map("/".join),
    st.lists(st.sampled_from(["a", "b.html", "..", ".", "", "..."]), max_size=5).map("/".join),
    st.sampled_from(["", "?by=ann", "#here", "?by=ann#here"]),
)
def test_where_a_link_leads_is_what_a_browser_would_find(folder: str, path: str, rest: str) -> None:
    anchor = rest.partition("#")
    assert address(folder, path + rest) == posixpath.normpath(posixpath.join(folder, path)) + "".join(anchor[1:])


@pytest.mark.parametrize(
    "path", ["../a.html", "/a.html", "a/../../b.html", "a//b.html", ".kb-site", "a b.html", "é.html", ""]
)
def test_a_path_that_could_leave_the_folder_fails_the_build(path: str) -> None:
    with pytest.raises(KbError, match="cannot be written"):
        sites.check([Output(path, "")])


def test_two_files_that_some_systems_take_for_one_fail_the_build() -> None:
    with pytest.raises(KbError, match="cannot be written"):
        sites.check([Output("a.html", ""), Output("A.html", "")])
