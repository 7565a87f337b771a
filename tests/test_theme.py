"""A debate's own `site/`: templates, colours, a logo and pages, without a change to the tool's; and what is reported if it does not work."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from markupsafe import Markup

import kb
from kb import site
from kb.cli import main
from kb.finding import KbError
from kb.load import load
from kb.output.marker import MARKER
from kb.previewing.preview import Preview
from kb.publishing.document import Document
from kb.publishing.theme import LARGEST, MOST, Theme, ThemeError, read_theme, shipped_folder
from kb.publishing.written import written_pages
from kb.templating.environment import PageFields, Shared
from kb.workspace import Workspace
from tests import hostile, sites
from tests.conftest import read
from tests.test_site import GLOBALS, contrast

if TYPE_CHECKING:
    from jinja2 import Environment

ROOT = Path(__file__).parent.parent
LOOK = ROOT / "docs" / "look" / "site"
STARTER = Path(kb.__file__).parent / "starter" / "claims"


def themed(files: dict[str, str | bytes]) -> dict[str, str]:
    """The pages of the worked debate with these files in its `site/`."""
    theme = Theme({path: text.encode() if isinstance(text, str) else text for path, text in files.items()})
    return {o.path: o.content for o in sites.gather(load(STARTER).debate, theme) if isinstance(o.content, str)}


def complaints(files: dict[str, str | bytes]) -> tuple[str, ...]:
    with pytest.raises(ThemeError) as caught:
        themed(files)
    return caught.value.lines


@pytest.fixture(scope="module")
def look() -> dict[str, str | bytes]:
    """All files of the worked debate in another look."""
    theme = read_theme(LOOK.parent)
    return {o.path: o.content for o in sites.gather(load(STARTER).debate, theme)}


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(folder), *arguments], prog_name="kb")


def project(folder: Path, files: dict[str, str]) -> Path:
    assert run(folder, "init", str(folder / "demo")).exit_code == 0
    for path, text in files.items():
        place = folder / "demo" / "site" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    return folder / "demo"


# -- another look -------------------------------------------------------------------------------------------------------


def test_the_worked_debate_has_another_look(look: dict[str, str | bytes]) -> None:
    home, node = str(look["index.html"]), str(look["nodes/fees-bring-books-back.html"])
    assert home.index("custom.css") > home.index("style.css")
    assert '<img class="logo" src="assets/logo.svg" alt="">' in home
    assert '<img class="logo" src="../assets/logo.svg" alt="">' in node
    assert "The committee decides in May" in home
    assert "New here?" in home, "what ours shows is still there"
    for page in (home, node):
        assert "Kept by the friends" in page
        assert "on the record so far</em>" not in page
    assert look["assets/logo.svg"] == (LOOK / "assets/logo.svg").read_bytes()
    assert look["assets/style.css"] == (shipped_folder() / "assets" / "style.css").read_bytes()


def test_only_what_is_replaced_is_different(look: dict[str, str | bytes]) -> None:
    ours = {o.path for o in sites.gather(load(STARTER).debate)}
    pages = {f"pages/{name}.{form}" for name in ("taking-part", "how-we-work") for form in ("html", "json")}
    added = {path for path in set(look) - ours if not path.startswith("search/")}  # the index has them, too
    assert added == {"assets/custom.css", "assets/logo.svg", *pages}
    assert ours <= set(look)


def test_pages_in_markdown(look: dict[str, str | bytes]) -> None:
    page = str(look["pages/taking-part.html"])
    assert '<h1 dir="auto">Taking part</h1>' in page
    assert '<h2 id="h-where-to-begin">' in page
    assert '<a href="../terms/on-time.html">both sides mean by' in page
    assert '<a href="../people/ada.html">Ada</a>' in page
    assert '<a href="how-we-work.html#h-what-we-do-not-do">' in page.replace("../pages/", "")
    assert '<a href="https://commonmark.org" rel="external noopener noreferrer">' in page
    assert '<div class="shown"><div class="card"' in page, "a point alone in a paragraph is a card"
    assert '<td class="to-right">3</td>' in page
    assert "style=" not in page
    assert (
        '<meta name="description" content="The number before the name of this file puts the page into the menu.' in page
    )


def test_a_number_puts_a_page_into_the_menu_else_it_stands_at_the_foot(look: dict[str, str | bytes]) -> None:
    for path in ("index.html", "nodes/fees-bring-books-back.html", "pages/taking-part.html"):
        head, foot = str(look[path]).split("<main", 1)
        assert "pages/taking-part.html" in head
        assert "pages/how-we-work.html" not in head
        assert "pages/how-we-work.html" in foot.split("<footer", 1)[1]
    assert re.search(r'taking-part.html" aria-current="page"', str(look["pages/taking-part.html"]))


def test_menu_pages_stand_in_the_order_of_their_numbers() -> None:
    made = themed({f"pages/{name}.md": f"# {name}\n" for name in ("10-last", "2-second", "1-first")})
    assert re.findall(r'href="pages/([a-z]+).html"', made["index.html"]) == ["first", "second", "last"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_other_colours_can_be_read(scheme: str) -> None:
    css = (LOOK / "assets/custom.css").read_text("utf-8")
    found = re.findall(r":root \{(.*?)\}", css, re.DOTALL)[scheme == "dark"]
    names = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", found))
    for ground in ("paper", "panel"):
        for colour in ("ink", "soft", "link", "for", "against", "undercut", "neutral"):
            assert contrast(names[colour], names[ground]) >= 4.5, (colour, ground)


def test_the_page_on_theming_names_every_token_of_the_stylesheet() -> None:
    css = (shipped_folder() / "assets" / "style.css").read_text("utf-8")
    root = re.search(r":root \{(.*?)\}", css, re.DOTALL)
    assert root is not None
    page = str({o.path: o.content for o in sites.gather(load(STARTER).debate)}["theming.html"])
    named = re.findall(r"<code>--([a-z]+)</code>", page)
    assert named == re.findall(r"--([\w-]+):", root[1])
    assert re.findall(r'<rect [^>]*fill="var\(--(\w+)\)"/></svg><code>--\1<', page) == named[:-4]


def test_the_docs_list_what_every_template_is_given() -> None:
    text = (ROOT / "docs" / "templates.md").read_text("utf-8")
    for entry in (shipped_folder() / "templates").iterdir():
        assert entry.name.startswith("_") or f"## `{entry.name}`" in text, entry.name
    for name in (*Shared.__dataclass_fields__, *PageFields.__dataclass_fields__):
        assert f"| `{name}` |" in text
    assert {"root", *Shared.__dataclass_fields__} >= GLOBALS - set(PageFields.__dataclass_fields__)


def test_a_single_piece_can_be_replaced() -> None:
    made = themed({"templates/_card.html": '{% extends "shipped/_card.html" %}', "templates/_banner.html": "<p>Hi</p>"})
    assert made["index.html"] == {o.path: o.content for o in sites.gather(load(STARTER).debate)}["index.html"]


# -- where it is looked for ---------------------------------------------------------------------------------------------


def test_our_own_theme_is_nobodys_own_and_a_built_site_is_none(tmp_path: Path) -> None:
    assert read_theme(ROOT) == Theme()
    assert read_theme(tmp_path) == Theme()
    (tmp_path / "site" / "assets").mkdir(parents=True)
    (tmp_path / "site" / "assets" / "style.css").write_text("")
    assert read_theme(tmp_path).assets != Theme().assets
    (tmp_path / "site" / MARKER).write_text("")
    assert read_theme(tmp_path) == Theme()


def test_a_build_uses_what_lies_beside_the_claims(tmp_path: Path) -> None:
    demo = project(tmp_path, {"pages/imprint.md": "# Imprint\n\nWe, [by mail](mailto:we@example.org).\n"})
    assert run(demo, "build").exit_code == 0
    assert 'href="mailto:we@example.org"' in (demo / "_site/pages/imprint.html").read_text("utf-8")
    assert run(demo, "build", "-o", str(demo / "site")).exit_code == 2, "the theme is not written over"


# -- what does not work is told with its place --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "home.html",
            "<p>\n{% if %}",
            "site/templates/home.html:2: Expected an expression, got 'end of statement block'",
        ),
        (
            "home.html",
            "\n{{ hedding }}",
            "site/templates/home.html:2: there is no `hedding` here; did you mean `heading`?",
        ),
        ("home.html", "{% include '_gone.html' %}", "site/templates/home.html:1: there is no template `_gone.html`"),
        ("home.html", '{{ say("no.such") }}', "site/templates/home.html:1: there is no message `no.such`"),
        ("home.html", '{{ card("nope") }}', "site/templates/home.html:1: there is no point `nope`"),
        (
            "home.html",
            '{{ card("late-fees-should-sty") }}',
            "site/templates/home.html:1: there is no point `late-fees-should-sty`; did you mean `late-fees-should-stay`?",
        ),
        ("home.html", "{{ 1 / 0 }}", "site/templates/home.html:1: division by zero"),
        (
            "home.html",
            "{{ leads[0].nodes }}",
            "site/templates/home.html:1: 'kb.pages.home.Lead object' has no attribute 'nodes'",
        ),
        (
            "home.html",
            '{% extends "shipped/home.html" %}\n{% block mian %}{% endblock %}',
            "site/templates/home.html:2: `shipped/home.html` has no block `mian`; did you mean `main`?",
        ),
        (
            "home.html",
            '{% extends "home.html" %}',
            "site/templates/home.html:1: `home.html` extends itself; the tool's own is called `shipped/home.html`",
        ),
        (
            "home.html",
            '{% extends "shiped/home.html" %}',
            "site/templates/home.html:1: there is no template `shiped/home.html`; did you mean `shipped/home.html`?",
        ),
        (
            "_top.html",
            '{% include "_top.html" %}',
            "site/templates/_top.html:1: it calls or includes itself without end",
        ),
        (
            "home.html",
            "{% autoescape false %}{{ heading }}{% endautoescape %}",
            "site/templates/home.html:1: escaping is never switched on or off: a text of the debate stays text",
        ),
        ("home.html", "{{ heading|safe }}", "site/templates/home.html:1: No filter named 'safe'."),
    ],
)
def test_a_mistake_in_a_template_is_one_line_with_its_place(name: str, text: str, said: str) -> None:
    assert complaints({f"templates/{name}": text}) == (said,)


def test_a_copy_of_a_template_of_the_tool_is_as_good_as_the_template() -> None:
    ours: dict[str, str | bytes] = {
        f"templates/{path.name}": path.read_text() for path in sorted((ROOT / "site" / "templates").glob("*.html"))
    }
    assert themed(ours)["index.html"] == themed({})["index.html"]


@pytest.mark.parametrize(
    ("top", "used", "shown"),
    [
        ('{% from "_macros.html" import state %}', "{{ state.name }}", "state"),
        ('{% from "_macros.html" import state as how %}', "{{ how.name }}", "state"),
        ('{% import "_macros.html" as parts %}', "{{ parts.state.name }}", "state"),
        ("{% macro hello(name) %}Hello, {{ name }}.{% endmacro %}", '{{ hello("Ada") }}', "Hello, Ada."),
        ("{% set first, rest = 1, 2 %}", "{{ first }}{{ rest }}", "12"),
        ("{% set greeting %}Hello.{% endset %}", "{{ greeting }}", "Hello."),
        ("{% if heading %}{% set greeting = 1 %}{% endif %}", "{{ greeting }}", "1"),
    ],
)
def test_blocks_know_the_names_that_the_template_makes_before_them(top: str, used: str, shown: str) -> None:
    page = '{% extends "shipped/home.html" %}' + top + "{% block main %}<p>=" + used + "=</p>{% endblock %}"
    assert f"<p>={shown}=</p>" in str(themed({"templates/home.html": page})["index.html"])


def test_a_slip_in_the_name_of_a_macro_of_the_template_is_told_with_the_name_that_it_has() -> None:
    page = (
        '{% extends "shipped/home.html" %}\n{% macro greet() %}{% endmacro %}{% block main %}{{ gret() }}{% endblock %}'
    )
    said = "site/templates/home.html:2: there is no `gret` here; did you mean `greet`?"
    assert complaints({"templates/home.html": page}) == (said,)


HOME = '{% extends "shipped/home.html" %}{% block main %}{{ super() }}\n'
"""The start of a home page of the debate's own."""
NODE = '{% extends "shipped/node.html" %}{% block main %}{{ super() }}\n'
"""The start of a template of its own for the pages of nodes."""


@pytest.mark.parametrize(
    ("html", "column", "link"),
    [
        ('<a href="gone.html">', 10, "gone.html"),
        ("<a href='gone.html'>", 10, "gone.html"),
        ('<A HREF="gone.html">', 10, "gone.html"),
        ("<a href=gone.html>", 9, "gone.html"),
        ('<a\thref = "gone.html">', 12, "gone.html"),
        ("<img alt='' src='assets/gone.png'>", 18, "assets/gone.png"),
        ('<a href="{{ root }}gone.html">', 10, "gone.html"),
        ("<a href='{{ root ~ \"x\" }}/{{ 'gone' }}.html'>", 10, "x/gone.html"),
        ('{# <a href="gone.html"> #} <a href="gone.html">', 37, "gone.html"),
        ('<a title="<a href=x>" href="gone.html#x">', 29, "gone.html#x"),
        ('<a href="?x=1#gone">', 10, "?x=1#gone"),
        ("<p id='here'><a href=\"#ther\">", 23, "#ther"),
        ('<a href="data:text/html,x">', 10, "data:text/html,x"),
        ('<a href="javascript:alert(1)">', 10, "javascript:alert(1)"),
    ],
)
def test_a_link_of_a_template_that_leads_nowhere_is_told_with_its_place(html: str, column: int, link: str) -> None:
    text = HOME + html + "{% endblock %}"
    assert complaints({"templates/home.html": text}) == (
        f"site/templates/home.html:2:{column}: the page index.html links to `{link}`, which does not exist; nothing was written",
    )


@pytest.mark.parametrize(
    "html",
    [
        '<a href="//example.org/x">',
        '<a href="//example.org/x" title=x>',
        "<a href=HTTPS://example.org/>",
        '<a href="tel:+4930123">',
        '<a href="">',
        "<a href=''>",
        '<a href="#">',
        '<a href="index.html#">',
        '<a href="open.html#"> <i class=x></i>',
        '<a href=" open.html ">',
        "<a href=' open.html '>",
        '<a href="?x=1">',
        '<a href="#top">',
        '<img alt="" src="data:image/png;base64,AA">',
        '<link rel="icon" href="data:,">',
        "<p ID='here'><a href=\"#here\">",
        "<a name=here><a href='#here'>",
        "<a href='open.html?state=open'>",
        "<a href=open&#46;html>",
        '<!-- <a href="gone.html"> --><p>',
        "<script>'<a href=gone.html>'</script>",
        "<p>it reads href='gone.html' there</p>",
        "<p title='<a href=gone.html>'>",
    ],
)
def test_a_link_of_a_template_that_leads_away_or_nowhere_else_is_fine(html: str) -> None:
    assert html in themed({"templates/home.html": HOME + html + "{% endblock %}"})["index.html"]


@pytest.mark.parametrize(
    ("html", "column", "link"),
    [
        ('<a href="x.html">', 10, "x.html"),
        ('<a href="./../x.html">', 10, "./../x.html"),
        ('<a href="x.html?y=1">', 10, "x.html?y=1"),
        ("<a href='../x.html?y=1#z'>", 10, "../x.html?y=1#z"),
        ('<a href="../open.html#gone">', 10, "../open.html#gone"),
        ('<a href="{{ root }}x.html?y={{ root }}">', 10, "x.html"),
        ('<a href="sub/{{ 1 }}.html">', 10, "nodes/sub/1.html"),
    ],
)
def test_a_relative_link_of_pages_in_a_folder_is_told_as_it_was_written(
    tmp_path: Path, html: str, column: int, link: str
) -> None:
    files = {"templates/node.html": NODE + html + "{% endblock %}", "templates/_x.html": '<a href="nodes/x.html">'}
    built = run(project(tmp_path, files), "build")
    said = rf"site/templates/node\.html:2:{column}: the page nodes/\S+\.html links to `{re.escape(link)}`, which does not exist"
    assert re.fullmatch(rf"kb: {said}; nothing was written\n", built.output), built.output


@pytest.mark.parametrize("beside", ["", "<p class='y' id='z'>"])
@pytest.mark.parametrize(
    "html", ['<img src="" alt="">', '<script src=""></script>', '<link rel=icon href="">', '<link rel="icon" href="">']
)
def test_a_picture_without_an_address_is_told_with_its_place(tmp_path: Path, html: str, beside: str) -> None:
    column = html.index('""') + 2
    said = "has a picture, script or stylesheet without an address; nothing was written"
    text = f'<a href="">\n{html}{beside}{{% endblock %}}'
    assert complaints({"templates/home.html": HOME + text}) == (
        f"site/templates/home.html:3:{column}: the page index.html {said}",
    )
    built = run(project(tmp_path, {"templates/node.html": NODE + text}), "build")
    assert re.fullmatch(rf"kb: site/templates/node\.html:3:{column}: the page nodes/\S+\.html {said}\n", built.output)


def test_a_link_that_stands_on_many_pages_is_told_once() -> None:
    top = (shipped_folder() / "templates" / "_top.html").read_text("utf-8")
    for link in ("gone.html", "{{ section }}.x.html"):
        (line,) = complaints({"templates/_top.html": f'{top}\n\n<a href="{link}">', "pages/a.md": "# A\n"})
        assert line.startswith(f"site/templates/_top.html:{top.count(chr(10)) + 3}:10: the page ")


def test_where_no_template_says_a_letter_of_a_link_all_that_can_be_meant_are_named() -> None:
    with pytest.raises(KbError) as told:
        themed({"templates/open.html": '{% extends "_base.html" %}', "templates/_x.html": '<a href="{{ x }}">'})
    assert str(told.value).endswith(
        "open.html#d-should-late-fees-go`, which does not exist; nothing was written; "
        "look in site/templates/_x.html, site/templates/open.html"
    )


def test_a_link_that_was_never_closed_takes_no_time() -> None:
    (line,) = complaints(
        {"templates/home.html": f'{HOME}<a href="gone.html"> <a href="{"{{ 1 }}" * 2_000}{{% endblock %}}'}
    )
    assert line.startswith("site/templates/home.html:2:10: ")


def test_what_only_shows_in_ours_is_told_where_it_shows() -> None:
    (line,) = complaints({"templates/_macros.html": "{# empty #}"})
    assert re.match(r"shipped/\w+\.html:\d+: .*does not export the requested name", line)


def test_mistakes_of_ours_are_not_blamed_on_anybody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.publishing.cards.card", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        themed({})


def test_a_page_may_lead_to_all_that_a_site_has_once_and_to_nothing_else() -> None:
    links = "# A\n\n[b](theming.html), [c](matrix.html)\n"
    alone = read("id: a\nkind: claim\ntext: A.\n").debate
    with pytest.raises(ThemeError) as told:
        sites.gather(alone, Theme({"pages/a.md": links.encode()}))
    assert told.value.lines == ("site/pages/a.md:3:24: `matrix.html` leads nowhere; did you mean `map.html`?",)
    assert themed({"pages/a.md": links})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Words.\n", "1:1: a page begins with its title, as in `# How we work`"),
        ("# A\n\n# B\n", "3:1: a page has one title; write `##` for a part of it"),
        ("# A\n\n### B\n", "3:1: a heading `###` below `#` leaves out a level"),
        ("# A\n\nTo [[late-fees-should-sty]].\n", "3:4: there is no record `late-fees-should-sty`; did you mean `late-fees-should-stay`?"),
        ("# A\n\n- x\n- [b](node:ada)\n", "4:7: there is no node `ada`"),
        ("# A\n\n[b](person:adda)\n", "3:5: there is no person `adda`; did you mean `ada`?"),
        ("# A\n\n[b](javascript:alert(1))\n", "3:5: `javascript:alert(1)` leads nowhere; a link leads to https://…, to a record (node:an-id) or to a page (other.md)"),
        ("# A\n\n[b](othr.md)\n", "3:5: `othr.md` leads nowhere; did you mean `other.md`?"),
        ("# A\n\n[b](#nowhere)\n", "3:5: `#nowhere`: there is no such part"),
        ("# A\n\n[b](other.md#prt)\n", "3:5: `other.md#prt`: there is no such part; did you mean `part`?"),
        ("# A\n\nSee [b](open.html#unsetled).\n", "3:9: `open.html#unsetled`: there is no such part; did you mean `unsettled`?"),
        ("# A\n\n[b]()\n", "3:3: this link has no address; a link leads to https://…, to a record (node:an-id) or to a page (other.md)"),
        ("# A\n\n![]()\n", "3:3: this picture has no address; one of the assets is shown by `![words](assets/plan.png)`"),
        ("# A\n\n![b](https://evil.example/p.png)\n", "3:6: there is no `https://evil.example/p.png` among the assets"),
        ("# A\n\n![b](assets/icn.svg)\n", "3:6: there is no `assets/icn.svg` among the assets; did you mean `assets/icon.svg`?"),
    ],
)  # fmt: skip
def test_a_link_that_leads_nowhere_is_told_with_line_and_column(text: str, said: str) -> None:
    assert complaints({"pages/a.md": text, "pages/other.md": "# Other\n\n## Part\n"}) == (f"site/pages/a.md:{said}",)


def test_all_that_is_wrong_in_pages_is_told_at_once(tmp_path: Path) -> None:
    demo = project(tmp_path, {"pages/a.md": "# A\n\n[[x]] [[y]]\n", "pages/b.md": "# B\n\n[[z]]\n"})
    built = run(demo, "build")
    assert built.exit_code == 2
    assert [line.partition(": ")[2].partition(": ")[0] for line in built.output.splitlines()] == [
        "site/pages/a.md:3:1",
        "site/pages/a.md:3:7",
        "site/pages/b.md:3:1",
    ]
    assert not (demo / "_site").exists()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("templates/qestion.html", "it replaces no template; did you mean `question.html`?; the name of one for others to include begins with `_`"),
        ("templates/question.txt", "it replaces no template; did you mean `question.html`?"),
        ("pages/Über uns.md", "the name of a page has only small letters, digits and hyphens"),
        ("assets/my logo.svg", "the name of a published file has only letters, digits"),
        ("assets/Style.css", "site/assets/Style.css: the tool's file is called `style.css`; to replace it, use the same capitals"),
        ("templates/claim.html", "site/templates/claim.html: claims, objections, replies and arguments have `node.html`"),
        ("templates/Claim.html", "site/templates/Claim.html: claims, objections, replies and arguments have `node.html`"),
        ("templates/Home.html", "site/templates/Home.html: it replaces no template; did you mean `home.html`?"),
        ("templates/_Card.html", "site/templates/_Card.html: it replaces no template; did you mean `_card.html`?"),
        ("templates/more/home.html", "site/templates/more/home.html: it replaces no template; did you mean `home.html`?"),
        ("assets/style.css/x.png", "site/assets/style.css/x.png: the tool has a file called `style.css`, so a folder needs another name"),
        ("template/home.html", "site/template: nothing is read from there; did you mean `templates`?"),
        ("page/q.md", "site/page: nothing is read from there; did you mean `pages`?"),
        ("custom.css", "site/custom.css: nothing is read from there; one of `templates`, `pages`, `assets`"),
        ("pages", "site/pages: this is no folder"),
    ],
)  # fmt: skip
def test_a_file_that_would_do_nothing_is_told(tmp_path: Path, path: str, said: str) -> None:
    demo = project(tmp_path, {path: ""})
    with pytest.raises(ThemeError, match=re.escape(said)):
        read_theme(demo)


def test_two_files_that_differ_in_capitals_alone_are_one_line(tmp_path: Path) -> None:
    demo = project(tmp_path, {"assets/A.png": "", "assets/a.png": ""})
    built = run(demo, "build")
    said = "site/assets/a.png: differs from `assets/A.png` only in capitals, and some systems cannot keep both"
    assert (built.exit_code, built.output) == (2, f"kb: {said}\n")


LOGO = "no page asks for it; the logo is `assets/logo.svg` or `assets/logo.png` or `assets/logo.webp`"
OWN_STYLE = "no page asks for it; the stylesheet after the tool's is `assets/custom.css`"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("assets/logo.jpg", LOGO),
        ("assets/logo.jpeg", LOGO),
        ("assets/Logo.svg", LOGO),
        ("assets/img/logo.svg", LOGO),
        ("assets/favicon.ico", "no page asks for it; the icon is `assets/icon.svg`"),
        ("assets/icon.png", "no page asks for it; the icon is `assets/icon.svg`"),
        ("assets/Custom.css", OWN_STYLE),
        ("assets/custom.scss", OWN_STYLE),
        ("assets/theme.css", OWN_STYLE),
        ("assets/more.js", 'no page asks for it; a template of yours would, by `<script src="{{ root }}assets/more.js" defer></script>`'),
        ("templates/_crad.html", 'no template of yours includes it, as `{% include "_crad.html" %}` would; did you mean `_card.html`?'),
        ("templates/_donations.html", 'no template of yours includes it, as `{% include "_donations.html" %}` would'),
    ],
)  # fmt: skip
def test_a_file_that_looks_as_if_it_did_something_is_told_where_the_site_is_built(
    tmp_path: Path, path: str, said: str
) -> None:
    demo = project(tmp_path, {path: "x"})
    for _ in range(2):
        built = run(demo, "build")
        assert built.exit_code == 0
        assert built.output.splitlines()[0] == f"kb: site/{path}: {said}"
    preview = Preview(Workspace(demo / "claims"))
    preview.renew()
    (note,) = [note for note in preview.state.notes if note.where.startswith("site/")]
    assert (note.severity, note.where, note.message) == ("warning", f"site/{path}", said)


@pytest.mark.parametrize(
    ("path", "beside"),
    [
        ("assets/theme.css", {"assets/custom.css": "body {}"}),
        ("assets/fonts/theme.css", {"assets/custom.css": "@import url(my-theme.css); @import url(theme.css.gz); @import url(fonts.css)"}),
    ],
)  # fmt: skip
def test_a_stylesheet_beside_the_one_that_is_loaded_is_told(tmp_path: Path, path: str, beside: dict[str, str]) -> None:
    built = run(project(tmp_path, {path: "x", **beside}), "build")
    inside = path.removeprefix("assets/")
    said = f'no page asks for it; `assets/custom.css` would, by `@import "{inside}";` at its beginning'
    assert built.output.splitlines()[0] == f"kb: site/{path}: {said}"


@pytest.mark.parametrize(
    "text", ["mylogo.jpg", "logo.jpg2", "my-logo.jpg", "logo.jpg-old", "logo.jpg.txt", "old.logo.jpg"]
)
def test_a_file_is_named_by_its_whole_name(tmp_path: Path, text: str) -> None:
    built = run(project(tmp_path, {"assets/logo.jpg": "x", "pages/a.md": f"# A\n\nSee {text}\n"}), "build")
    assert built.output.startswith("kb: site/assets/logo.jpg: no page asks for it")


@pytest.mark.parametrize("text", ["See ../assets/logo.jpg.", "logo.jpg", '"logo.jpg"', "(logo.jpg?v=2)"])
def test_a_name_may_stand_in_whatever_surrounds_it(tmp_path: Path, text: str) -> None:
    files = {"assets/logo.jpg": "x", "pages/a.md": f"# A\n\n{text}\n"}
    assert run(project(tmp_path, files), "build").output.startswith("Wrote ")


@pytest.mark.parametrize(
    "files",
    [
        {"assets/photo.png": "x", "assets/fonts/a.woff2": "x"},
        {"assets/logo.jpg": "x", "pages/a.md": "# A\n\n![We](assets/logo.jpg)\n"},
        {"assets/logo.jpg": "x", "assets/logo.svg": "<svg/>"},
        {"assets/more.css": "", "assets/custom.css": "@import url(more.css);"},
        {"assets/style.css": "", "assets/find.js": "", "assets/icon.svg": "<svg/>", "templates/_top.html": '{% include "shipped/_top.html" %}'},
        {"templates/_banner.html": "x", "templates/limits.html": '{% include "_banner.html" %}'},
    ],
)  # fmt: skip
def test_a_file_that_does_something_is_not_told(tmp_path: Path, files: dict[str, str]) -> None:
    assert run(project(tmp_path, files), "build").output.startswith("Wrote ")


def test_what_editors_leave_and_words_about_the_folder_stop_nothing(tmp_path: Path) -> None:
    aside = (
        "pages/x.md~",
        "assets/#logo.svg#",
        "templates/.home.html.swp",
        "pages/4913",
        "page~/x.md",
        ".git/x",
        "#x#",
    )
    demo = project(tmp_path, dict.fromkeys((*aside, "README.md", "LICENSE", "LICENSE.txt"), ""))
    assert read_theme(demo) == Theme()


def test_what_vanishes_while_it_is_read_was_never_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    demo = project(tmp_path, {"assets/a.css": ""})
    walked = [(str(demo / "site/assets"), ["gone"], ["a.css", "b.css"])]
    monkeypatch.setattr("os.walk", lambda folder, **_: iter(walked if Path(folder).name == "assets" else ()))
    assert read_theme(demo) == Theme({"assets/a.css": b""})
    monkeypatch.setattr("kb.publishing.theme._mode", lambda _: (demo / "site/assets/a.css").stat().st_mode)
    walked[0][1].clear()
    assert read_theme(demo) == Theme({"assets/a.css": b""})


def test_parts_of_our_pages_that_are_not_there_are_told_all_at_once() -> None:
    text = "# {}\n\n[b](open.html#zzz), [c](index.html#aaa)\n"
    assert complaints({f"pages/{name}.md": text.format(name) for name in "ab"}) == tuple(
        f"site/pages/{name}.md:3:{column}: `{link}`: there is no such part"
        for name in "ab"
        for column, link in ((5, "open.html#zzz"), (25, "index.html#aaa"))
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[](node:late-fees-should-go)", '<a href="../nodes/late-fees-should-go.html">Late fees should go</a>'),
        ("[ ](person:ada)", '<a href="../people/ada.html">Ada </a>'),
        ("[**](term:on-time)", '<a href="../terms/on-time.html">**</a>'),
        ("[](open.html)", '<a href="../open.html">What is in dispute</a>'),
        ("[](other.md)", '<a href="../pages/other.html">Other</a>'),
        ("[](other.md#part)", '<a href="../pages/other.html#h-part">Part</a>'),
        ("[](other.md#ada)", '<a href="../pages/other.html#h-ada">Ada</a>'),
        ("[](other.md#part-2)", '<a href="../pages/other.html#h-part-2">Other</a>'),
        ("[](z.md#on-time)", '<a href="../pages/z.html#h-on-time">on time</a>'),
        ("[](#sec)\n\n## Sec", '<a href="#h-sec">Sec</a>'),
        ("[](https://a.example/b)", '<a href="https://a.example/b" rel="external noopener noreferrer">https://a.example/b</a>'),
        ("[](mailto:we@example.org)", '<a href="mailto:we@example.org" rel="external noopener noreferrer">we@example.org</a>'),
        ("[](assets/icon.svg)", '<a href="../assets/icon.svg">icon.svg</a>'),
        ("[![](assets/icon.svg)](person:ada)", '<a href="../people/ada.html"><img src="../assets/icon.svg" alt="Ada" /></a>'),
        ("[![It](assets/icon.svg)](person:ada)", '<a href="../people/ada.html"><img src="../assets/icon.svg" alt="It" /></a>'),
        ("![](assets/icon.svg)", '<img src="../assets/icon.svg" alt="" />'),
    ],
)  # fmt: skip
def test_a_link_without_words_says_what_it_leads_to(text: str, shown: str) -> None:
    other = "# Other\n\n## Part\n\n## [ ](person:ada)\n\n## ![](assets/icon.svg)\n"
    page = themed({"pages/a.md": f"# A\n\n{text}\n", "pages/other.md": other, "pages/z.md": "# Z\n\n## [[on-time]]\n"})[
        "pages/a.html"
    ]
    assert f"<p>{shown}</p>" in page


def test_a_heading_that_is_a_link_has_its_words_wherever_it_is_named() -> None:
    table = "| a | b |\n|---|---|\n| 1 | 2 |\n"
    heads = ("[](node:late-fees-should-go)", "![](assets/icon.svg)", "[[late-fees-should-stay]]")
    made = themed({"pages/a.md": "# A\n\n" + "".join(f"## {head}\n\n{table}\n" for head in heads)})
    page = made["pages/a.html"]
    assert re.findall(r'<div role="region" aria-label="([^"]*)"', page) == [
        "Late fees should go",
        "A",
        "Late fees should stay",
    ]
    assert re.findall(r'<h2 id="([^"]*)"', page) == ["h-late-fees-should-go", "h-part", "h-late-fees-should-stay"]


def test_a_table_can_be_moved_by_the_keyboard_and_has_the_name_of_its_part() -> None:
    table = "| a | b |\n|---|---|\n| 1 | 2 |\n"
    page = themed(
        {
            "pages/a.md": f'# A "b"\n\n{table}\n## Part *two*\n\n{table}\n> {table.strip().replace(chr(10), chr(10) + "> ")}\n'
        }
    )["pages/a.html"]
    assert re.findall(r'<div role="region" aria-label="([^"]*)" tabindex="0">\s<table>', page) == [
        "A &#34;b&#34;",
        *["Part two"] * 2,
    ]
    assert page.count("</table>\n</div>") == 3


def test_headings_of_one_name_are_told_apart() -> None:
    made = Document("# T\n\n## a\n\n## a-3\n\n" + "## a\n\n" * 5_000)
    assert made.headings[:5] == ("a", "a-3", "a-2", "a-4", "a-5")
    assert len(set(made.headings)) == 5_002


def test_an_address_of_the_web_leads_there_in_capitals_too() -> None:
    page = themed({"pages/a.md": "# A\n\n[x](HTTPS://a.b) [y](MAILTO:we@example.org) [z](tel:+49-30-1)\n"})[
        "pages/a.html"
    ]
    assert '<a href="HTTPS://a.b" rel="external noopener noreferrer">' in page
    assert 'href="MAILTO:we@example.org"' in page
    assert 'href="tel:+49-30-1"' in page


def test_two_pages_of_one_address_are_told() -> None:
    assert complaints({"pages/1-a.md": "# A\n", "pages/2-a.md": "# A\n"}) == (
        "site/pages/2-a.md:1:1: there are two pages `a`",
    )


def test_text_that_is_not_utf_8_is_told_with_its_line() -> None:
    assert complaints({"pages/a.md": b"# A\n\n\xff"}) == ("site/pages/a.md:3: this is not UTF-8",)


# -- a folder that means harm -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["assets", "pages", "templates", "."])
def test_links_are_not_followed(tmp_path: Path, part: str) -> None:
    demo = project(tmp_path, {"assets/a.css": "", "pages/a.md": "# A", "templates/home.html": ""})
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "home.html").write_text("secret")
    place = demo / "site" / part
    place.rename(demo / "elsewhere")
    place.symlink_to(secret if part != "." else demo / "elsewhere")
    with pytest.raises(ThemeError, match="a link is not followed"):
        read_theme(demo)


@pytest.mark.parametrize("name", ["assets/a.svg", "pages/a.md", "templates/home.html", "assets/deep"])
def test_a_linked_file_is_not_published(tmp_path: Path, name: str) -> None:
    demo = project(tmp_path, {"assets/x": "", "pages/x.md": "# X", "templates/_x.html": ""})
    (tmp_path / "secret").mkdir()
    (demo / "site" / name).symlink_to(tmp_path / "secret")
    with pytest.raises(ThemeError, match="links are not followed"):
        read_theme(demo)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_does_not_stop_the_build(tmp_path: Path) -> None:
    demo = project(tmp_path, {"assets/x": ""})
    os.mkfifo(demo / "site/assets/pipe")
    with pytest.raises(ThemeError, match="only plain files"):
        read_theme(demo)


def test_too_much_is_refused(tmp_path: Path) -> None:
    demo = project(tmp_path, {"pages/long.md": "#" * (LARGEST["pages"] + 1)})
    with pytest.raises(ThemeError, match="more than 256 KiB"):
        read_theme(demo)
    demo = project(tmp_path / "many", {f"assets/{n}.css": "" for n in range(MOST + 1)})
    with pytest.raises(ThemeError, match="more than 500 files"):
        read_theme(demo)


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ card.__globals__ }}",
        "{{ say.__self__ }}",
        "{{ page.__init__.__globals__ }}",
        "{% for x in range(10**9) %}{% endfor %}",
        "{% set _ = leads.append(1) %}{{ [].append(1) }}",
        "{% include '../../claims/kb.yaml' %}",
        "{% include 'shipped/../assets/style.css' %}",
        "{% include '/etc/passwd' %}",
    ],
)
def test_a_template_reaches_nothing_but_what_it_is_given(text: str) -> None:
    (line,) = complaints({"templates/home.html": text})
    assert line.startswith("site/templates/home.html:1: ")


IMAGE = "<img src=x onerror=alert(1)>"
MADE = "{% set m %}a {{ t }}\nb %s {} {0} ({x}) {% endset %}{% set c %}a{% endset %}"
"""Markup with a hostile text in it, as it is escaped; and a letter that is markup."""
GIVEN = (
    "", "t", "m", "c, t", "'a', t", "97, t", "9, t", "t, true", "t, true, true", "t, t", "m, t", "t, m", "{97: t}", "[t, m]", "{'x': t}", "{t: t}", "x=t",
    "width=t, first=true", "9, true, t", "9, end=t", "9, true, '...', 0", "'indent', t, true", "'replace', 'a', t", "'escape'", "attribute=t",
    "attribute='translate'", "9, wrapstring=t", "9, wrapstring=m", "target=t, rel=t", "indent=t", "d=t", "fill_with=t", "c ~ t",
)  # fmt: skip


@cache
def _press() -> Environment:
    theme = Theme({"templates/_own.html": b""})
    debate = load(STARTER).debate
    return site.Press(debate, theme, written_pages(debate, theme), "")._environment  # noqa: SLF001 - what templates can do, without a page


@pytest.mark.parametrize("given", GIVEN)
def test_no_filter_makes_a_text_markup(given: str) -> None:
    for name in _press().filters:
        assert_text(f"m|{name}({given})")
        assert_text(f"[t, m]|{name}({given})")


@pytest.mark.parametrize("given", GIVEN)
def test_nothing_that_markup_can_do_makes_a_text_markup(given: str) -> None:
    for name in dir(Markup):
        if name[0] != "_":
            assert_text(f"m.{name}({given})")


@pytest.mark.parametrize(
    "source",
    [
        "m % t", "m % [t]", "c % t", "m + t", "t + m", "m ~ t", "m * 2", "c.join([t, t])", "'%s' % t", "m % {'x': t}", "t % m", "'{}'.format(t)",
        "(c ~ ' {0:{1}}').format(1, t)", "(c ~ ' {0!r}').format(t)", "(c ~ ' {0.x}').format(namespace(x=t))", "c.escape(t)", "m.unescape()",
        "namespace(__html__=t.strip)", "namespace({'__html__': t.strip})", "namespace(x=t).x", "dict(__html__=t.strip)", "joiner(t)()",
        "cycler(t).next()", "t[:]", "m[:]", "m|list|join", "m|attr('translate')({97: t})", "m['translate']({97: t})",
        "([m]|map(attribute='translate')|first)({97: t})", "[c]|map('indent', t, true)|join", "c.__mod__(t)", "say('menu.open', n=t)", "prose('menu.open', x=t)", "[1]|tojson(t)",
    ],
)  # fmt: skip
def test_no_other_way_makes_a_text_markup(source: str) -> None:
    assert_text(source)


def test_a_namespace_has_no_way_to_be_markup() -> None:
    assert_text("'' }}{% set ns = namespace() %}{% set ns.__html__ = t.strip %}{{ ns")
    with pytest.raises(ValueError, match="no name of a namespace begins with `_`"):
        _press().from_string("{% set ns = namespace(__html__=1) %}").render()


def assert_text(source: str) -> None:
    """Assert that the text is no markup wherever this is printed; most of what is tried does nothing, or is refused."""
    shown = ""
    with suppress(Exception):
        shown = _press().from_string(f"{MADE}{{{{ {source} }}}}").render(t=IMAGE)
    assert "<img" not in shown.lower(), source


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{{ c|indent(t, true) }}", "&lt;img src=x onerror=alert(1)&gt;a"),
        ("{{ t|indent(t, true) }}", "&lt;img src=x onerror=alert(1)&gt;" * 2),
        ("{{ c|indent(2, true) }}", "  a"),
        ("{% set ns = namespace(n=1) %}{% for x in [1, 2] %}{% set ns.n = ns.n + x %}{% endfor %}{{ ns.n }}", "4"),
    ],
)
def test_what_has_another_meaning_here_still_does_what_it_is_for(source: str, shown: str) -> None:
    assert _press().from_string(MADE + source).render(t=IMAGE) == shown


def test_the_text_of_a_hostile_debate_stays_text_in_pages_of_ones_own() -> None:
    debate = read(hostile.DEBATE).debate
    page = f"# {hostile.ALL}\n\n[[main]]\n\nSee [[main]], [[eve]].\n\n{hostile.MARKUP}\n"
    theme = Theme({"pages/a.md": page.encode(), "templates/home.html": b"{% extends 'shipped/home.html' %}"})
    with pytest.raises(ThemeError, match=r"javascript:alert"):
        sites.gather(debate, theme)
    safe = re.sub(r"\[click\]\S+ !\[pic\]\S+", "", page)
    html = {o.path: o.content for o in sites.gather(debate, Theme({**theme.own, "pages/a.md": safe.encode()}))}[
        "pages/a.html"
    ]
    assert isinstance(html, str)
    assert "<script>" not in html
    assert "<b>bold" not in html
    assert not re.search(r'<[^>"]*(?:"[^"]*"[^>"]*)* on\w+=', html)


def test_a_folder_of_ones_own_that_cannot_be_read_does_not_vanish_from_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    demo = project(tmp_path, {"pages/a.md": "# A\n"})
    (demo / "site/pages/more").mkdir()
    scan = os.scandir

    def refusing(folder: str | Path) -> object:
        if str(folder).endswith("site/pages/more"):
            raise PermissionError(13, "Permission denied", str(folder))
        return scan(folder)

    monkeypatch.setattr(os, "scandir", refusing)
    built = run(demo, "build")
    assert (built.exit_code, built.output) == (2, "kb: site/pages/more: cannot be read (Permission denied)\n")
