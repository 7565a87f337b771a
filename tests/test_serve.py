"""The preview: the site from memory, on this machine only, built again with every save, with what the linter finds beside it."""

from __future__ import annotations

import contextlib
import errno
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, NamedTuple, cast

import pytest
from click.testing import CliRunner

import kb
from kb import parted
from kb.cli import main
from kb.load import load
from kb.previewing import preview, watch
from kb.previewing.notes import line_note
from kb.previewing.preview import Preview
from kb.previewing.server import HEADERS, PORT, Server, host_names, serve
from kb.workspace import Workspace
from tests import hostile, sites
from tests.conftest import files_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

STARTER = Path(kb.__file__).parent / "starter" / "claims"
NODE = "claims/late-fees/fees-bring-books-back.yaml"
PAGE = "nodes/fees-bring-books-back.html"
RENAMED = "claims/late-fees/dues-bring-books-back.yaml"


class Answer(NamedTuple):
    """What the server said."""

    status: int
    headers: http.client.HTTPMessage
    text: str


class Served(NamedTuple):
    """A debate that is being edited, and the server of its preview."""

    folder: Path
    preview: Preview
    server: Server

    def ask(self, path: str, *, host: str = "", method: str = "GET") -> Answer:
        """What the server answers for a path."""
        asked = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=5)
        asked.request(method, path, headers={"Host": host} if host else {})
        answer = asked.getresponse()
        said = Answer(answer.status, answer.headers, answer.read().decode("utf-8", "replace"))
        asked.close()
        return said

    @contextmanager
    def events(self, page: str) -> Iterator[Iterator[dict[str, object]]]:
        """The events that a page is sent."""
        asked = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=10)
        asked.request("GET", f"/.kb/events?page={page}")
        answer = asked.getresponse()
        lines = (line.decode() for line in answer)
        yield (json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: "))
        answer.close()
        asked.close()

    def edit(self, path: str, before: str, after: str) -> None:
        """Save a file with other words in it."""
        file = self.folder / path
        file.write_text(file.read_text("utf-8").replace(before, after, 1), "utf-8")


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    preview = Preview(Workspace(folder / "claims"))
    preview.renew()
    server = serve(preview, 0)
    server.start()
    yield Served(folder, preview, server)
    server.stop()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    shutil.copytree(STARTER, tmp_path / "claims")
    with serving(tmp_path) as found:
        yield found


def notes(told: dict[str, object]) -> list[dict[str, object]]:
    return cast("list[dict[str, object]]", told["notes"])


# -- what is served -----------------------------------------------------------------------------------------------------


def test_the_site_is_served_from_memory(served: Served) -> None:
    home = served.ask("/")
    assert home.status == 200
    assert home.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "Should the library stop charging" in home.text
    assert served.ask(f"/{PAGE}").status == 200
    assert served.ask("/assets/style.css").headers["Content-Type"].startswith("text/css")
    assert sorted(p.name for p in served.folder.iterdir()) == ["claims"]


def test_a_page_is_as_it_will_be_but_for_one_script_and_one_stylesheet_of_the_server(served: Served) -> None:
    shown = served.ask(f"/{PAGE}").text
    added = re.findall(r"<(?:link|script)[^>]*/\.kb/[^>]*>(?:</script>)?", shown)
    assert len(added) == 2
    for piece in added:
        shown = shown.replace(piece, "")
    assert shown.encode() == served.preview.state.files[PAGE]
    for name in ("preview.js", "preview.css"):
        assert served.ask(f"/.kb/{name}").status == 200
    assert b".kb/" not in b"".join(served.preview.state.files.values())


def test_every_answer_carries_the_strictest_policy_that_pages_promise_to_bear(served: Served) -> None:
    for path in ("/", "/assets/style.css", "/.kb/preview.js", "/nowhere"):
        headers = served.ask(path).headers
        assert {name: headers[name] for name in HEADERS} == HEADERS, path
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


def test_what_is_not_there_is_said_in_a_page_that_waits_for_it(served: Served) -> None:
    answer = served.ask('/nodes/"><script>alert(1)</script>.html')
    assert answer.status == 404
    assert "<script>alert" not in answer.text
    assert "preview.js" in answer.text
    with served.events("nodes/new-point.html") as told:
        assert next(told)["print"] == ""
        (served.folder / "claims/late-fees/new-point.yaml").write_text(
            "kind: claim\ntitle: New\ntext: It is new.\nby: ada\nsupports: fees-bring-books-back\n"
        )
        served.preview.renew()
        assert next(told)["print"] != ""


def test_a_head_has_no_body_and_nothing_else_is_answered(served: Served) -> None:
    head = served.ask("/", method="HEAD")
    assert (head.status, head.text) == (200, "")
    assert int(head.headers["Content-Length"]) > 1000
    assert served.ask("/", method="POST").status == 501


# -- who may ask --------------------------------------------------------------------------------------------------------


def test_it_listens_on_this_machine_only(served: Served) -> None:
    assert served.server.server_address[0] == "127.0.0.1"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "localhost:1", "localhost:{port}.evil.example"]
)
def test_it_answers_to_no_other_name(served: Served, host: str) -> None:
    answer = served.ask("/", host=host.format(port=served.server.server_port))
    assert answer.status == 421
    assert "library" not in answer.text
    assert served.ask("/.kb/events?page=index.html", host=host.format(port=served.server.server_port)).status == 421


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]", "LocalHost"])
def test_it_answers_to_its_own_names(served: Served, name: str) -> None:
    assert served.ask("/", host=f"{name}:{served.server.server_port}").status == 200


@pytest.mark.parametrize(("port", "status"), [(80, 200), (8000, 421)])
@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]"])
def test_browsers_leave_the_usual_port_out(served: Served, name: str, port: int, status: int) -> None:
    served.server.host_names = host_names(port)
    assert served.ask("/", host=f"{name}:{port}").status == 200
    assert served.ask("/", host=name).status == status
    assert served.ask("/", host="evil.example").status == 421


@pytest.mark.parametrize(("host", "status"), [("127.0.0.1:{port}", 400), ("evil.example", 421)])
def test_what_is_no_address_is_refused(
    served: Served, capsys: pytest.CaptureFixture[str], host: str, status: int
) -> None:
    port = served.server.server_port
    for line in ("GET http://[ HTTP/1.1", "HEAD http://[ HTTP/1.1"):
        with socket.create_connection(("127.0.0.1", port), timeout=5) as asked:
            asked.sendall(f"{line}\r\nHost: {host.format(port=port)}\r\nConnection: close\r\n\r\n".encode())
            with asked.makefile("rb") as answer:
                assert answer.readline().startswith(f"HTTP/1.1 {status} ".encode())
    assert served.ask("/").status == 200
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "path",
    [
        "/../claims/kb.yaml",
        "/..%2fclaims%2fkb.yaml",
        "/%2e%2e/claims/kb.yaml",
        "/claims/kb.yaml",
        "//etc/passwd",
        "/nodes/../../claims/kb.yaml",
        "/.kb/../server.py",
        "/.kb/server.py",
        "/.kb/%2e%2e/server.py",
        "/assets/..%5c..%5cclaims%5ckb.yaml",
        "/%00",
        "http://127.0.0.1/claims/kb.yaml",
    ],
)
def test_nothing_but_the_site_can_be_reached(served: Served, path: str) -> None:
    assert served.ask(path).status in {404, 421}


# -- what is told -------------------------------------------------------------------------------------------------------


def test_a_page_is_told_when_it_or_what_it_loads_has_changed(served: Served) -> None:
    with served.events(PAGE) as told, served.events("rules.html") as elsewhere:
        before, there = next(told), next(elsewhere)
        assert f'data-print="{before["print"]}"' in served.ask(f"/{PAGE}").text
        served.edit(NODE, "The charge makes", "A charge makes")
        served.preview.renew()
        assert next(told)["print"] != before["print"]
        assert next(elsewhere)["print"] == there["print"], "a page that stays as it is need not load again"
        (served.folder / "site/assets").mkdir(parents=True)
        (served.folder / "site/assets/style.css").write_text("body { color: teal }")
        served.preview.renew()
        assert next(elsewhere)["print"] != there["print"]


def test_errors_keep_the_site_as_it_was_and_are_shown_those_of_the_page_first(served: Served) -> None:
    with served.events(PAGE) as told:
        before = next(told)
        assert (before["stale"], before["notes"]) == (False, [])
        served.edit("claims/late-fees/collecting-costs-more.yaml", "kind: ", "kind: x")
        served.edit(NODE, "supports: ", "suports: ")
        served.preview.renew()
        after = next(told)
        assert (after["stale"], after["print"]) == (True, before["print"])
        found = notes(after)
        assert [(note["here"], note["rule"]) for note in found if note["severity"] == "error"] == [
            (True, "unknown-relation"),
            (False, "unknown-kind"),
        ]
        assert found[0]["where"] == "claims/late-fees/fees-bring-books-back.yaml:5:1"
        served.edit("claims/late-fees/collecting-costs-more.yaml", "kind: x", "kind: ")
        served.edit(NODE, "suports: ", "supports: ")
        served.preview.renew()
        assert next(told) == before


def test_warnings_are_shown_beside_a_site_that_is_up_to_date(served: Served) -> None:
    served.edit(NODE, "title: ", f"title: {'Long ' * 20}")
    served.preview.renew()
    with served.events(PAGE) as told:
        state = next(told)
        assert state["stale"] is False
        assert {(note["severity"], note["here"]) for note in notes(state)} == {("warning", True)}


def test_mistakes_in_ones_own_site_are_shown_like_errors(served: Served) -> None:
    (served.folder / "site/pages").mkdir(parents=True)
    (served.folder / "site/pages/a.md").write_text("# A\n\n[[nobody]]\n")
    assert served.preview.renew().state.stale
    with served.events("index.html") as told:
        (note,) = notes(next(told))
        assert (note["where"], note["message"]) == ("site/pages/a.md:3:1", "there is no record `nobody`")


def test_a_file_that_goes_away_while_it_is_read_is_told_and_ends_nothing(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = served.preview.state.files

    def gone(*_: object) -> None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(served.folder / vanished))

    for reading, vanished in ((f"{preview.__name__}.read_theme", "site/assets/a.css"), ("kb.caching.tree.read", NODE)):
        with monkeypatch.context() as patched:
            patched.setattr(reading, gone)
            served.edit(NODE, "The charge", "A charge")
            state = served.preview.renew().state
        (note,) = state.notes
        assert (note.severity, note.where) == ("error", vanished)
        assert note.message == "cannot be read (No such file or directory)"
        assert (state.stale, state.files) == (True, built)
        with served.events("index.html") as told:
            assert notes(next(told))[0]["where"] == vanished
    again = served.preview.renew().state
    assert (again.stale, again.notes) == (False, ())
    assert b"A charge makes" in again.files[PAGE]


def test_before_the_first_site_there_is_a_page_that_says_so(tmp_path: Path) -> None:
    shutil.copytree(STARTER, tmp_path / "claims")
    (tmp_path / NODE).write_text("kind: nonsense\n")
    with serving(tmp_path) as found:
        answer = found.ask("/")
        assert answer.status == 404
        assert "The site is not built yet." in answer.text
        with found.events("index.html") as told:
            assert next(told)["stale"] is True


@pytest.mark.parametrize("path", ["/", f"/{PAGE}", "/nodes/nobody.html", "/assets/style.css", "/nowhere/"])
def test_of_a_debate_that_is_broken_from_the_beginning_every_address_says_what_is_wrong(
    path: str, tmp_path: Path
) -> None:
    shutil.copytree(STARTER, tmp_path / "claims")
    written = (tmp_path / NODE).read_text("utf-8")
    (tmp_path / NODE).write_text("kind: claim\ntitle: [Fees\n")
    (tmp_path / "claims/late-fees/new.yaml").write_text("kind: <b>\ntext: New.\n")
    with serving(tmp_path) as found:
        shown = found.ask(path).text
        assert f"<code>{NODE}:2:13</code> a comma or the closing bracket is missing here" in shown, (
            "without scripts, too"
        )
        assert "<code>claims/late-fees/new.yaml:1:7</code> " in shown
        assert "&lt;b&gt;" in shown
        assert "<b>" not in shown
        with found.events(path.removeprefix("/") or "index.html") as told:
            first = next(told)
            assert (
                cast("dict[str, str]", first["words"])["stale"]
                == "There will be a site here once these errors are mended."
            )
            assert {str(note["where"]).rpartition(":")[0] for note in notes(first)} == {
                f"{NODE}:2",
                "claims/late-fees/new.yaml:1",
            }
            assert {note["page"] for note in notes(first)} == {""}, "there is none yet to go to"
            (tmp_path / "claims/late-fees/new.yaml").unlink()
            (tmp_path / NODE).write_text(written, "utf-8")
            found.preview.renew()
            assert next(told)["print"] != first["print"]


def test_of_a_debate_that_is_broken_from_the_beginning_errors_are_said_before_all_warnings(tmp_path: Path) -> None:
    shutil.copytree(STARTER, tmp_path / "claims")
    for number in range(60):
        (tmp_path / f"claims/late-fees/a-{number}.yaml").write_text(
            f"kind: claim\ntitle: {'Long ' * 20}{number}\ntext: Said {number} times.\n"
        )
    (tmp_path / "claims/late-fees/z.yaml").write_text("kind: nonsense\ntext: New.\n")
    with serving(tmp_path) as found:
        assert len(found.preview.state.notes) > 60
        first = found.ask("/").text.partition("<li>")[2]
        assert first.startswith("<code>claims/late-fees/z.yaml:1:7</code>")


def test_findings_of_others_name_their_page(served: Served) -> None:
    (served.folder / "claims/participants/ada.yaml").write_text("name: Ada\nrole: []\n")
    (served.folder / "claims/terms/on-time.yaml").write_text("term: on time\nsenses: many\n")
    state = served.preview.renew().state
    assert {("people/ada.html",), ("terms/on-time.html",)} <= {note.pages for note in state.notes}


@pytest.mark.parametrize(
    ("file", "text", "page", "told"),
    [
        (NODE, "kind: claim\ntitle: [Fees\n", PAGE, "2:13: a comma or the closing bracket is missing here"),
        (NODE, "kind: claim\nkind: claim\ntext: Fees.\n", PAGE, "2:1: `kind` is given twice; the first is in line 1"),
        (NODE, "- kind: claim\n", PAGE, "1:1: a node must be a mapping, `key: value` lines"),
        (NODE, "", PAGE, "1:1: the file holds nothing"),
        (
            NODE,
            "id: dues\nkind: claim\ntext: Fees.\n",
            PAGE,
            "1:5: the id `dues` does not match the file `{stem}.yaml`",
        ),
        ("claims/kb.yaml", "", "index.html", "1:1: the file holds nothing"),
        ("claims/kb.yaml", "title: [\n", "index.html", "1:9: a comma or the closing bracket is missing here"),
        ("claims/sources/minutes.yaml", "", "sources/minutes.html", "1:1: the file holds nothing"),
        (
            "claims/participants/ada.yaml",
            "- Ada\n",
            "people/ada.html",
            "1:1: the file must be a mapping, `key: value` lines",
        ),
        (
            "claims/terms/on-time.yaml",
            "term: [\n",
            "terms/on-time.html",
            "1:8: a comma or the closing bracket is missing here",
        ),
        (
            "claims/late-fees/topic.yaml",
            "title: {\n",
            "topics/late-fees.html",
            "1:9: a comma or the closing bracket is missing here",
        ),
    ],
)
def test_a_page_whose_file_cannot_be_read_stays_and_says_why(
    served: Served, file: str, text: str, page: str, told: str
) -> None:
    before, written = served.ask(f"/{page}").text, (served.folder / file).read_text("utf-8")
    with served.events(page) as events:
        next(events)
        (served.folder / file).write_text(text, "utf-8")
        served.preview.renew()
        first = notes(next(events))[0]
        assert first["here"] is True
        assert f"{first['where']}: {first['message']}".startswith(f"{file}:{told.format(stem=Path(file).stem)}")
        assert first["help"]
        assert served.ask(f"/{page}").text == before
        (served.folder / file).write_text(written, "utf-8")
        served.preview.renew()
        assert notes(next(events)) == []
        assert served.ask(f"/{page}").text == before


def test_each_point_of_a_file_that_cannot_be_read_says_why(served: Served) -> None:
    file = served.folder / "claims/late-fees/more.yaml"
    file.write_text("id: one\nkind: claim\ntext: One.\n---\nid: two\nkind: claim\ntext: Two.\n")
    assert not served.preview.renew().state.stale
    for broken in ("id: one\nkind: claim\ntext: [One.\n---\nid: two\nkind: claim\ntext: Two.\n", ""):
        file.write_text(broken)
        state = served.preview.renew().state
        for page in ("nodes/one.html", "nodes/two.html"):
            assert [note["here"] for note in notes(json.loads(state.page_message(page)))] == [True], (page, broken)


def test_a_page_that_was_never_built_says_why(tmp_path: Path) -> None:
    shutil.copytree(STARTER, tmp_path / "claims")
    mended = (tmp_path / NODE).read_text("utf-8")
    (tmp_path / NODE).write_text("kind: claim\ntitle: [\n")
    with serving(tmp_path) as found, found.events(PAGE) as told:
        assert "The site is not built yet." in found.ask(f"/{PAGE}").text
        first = next(told)
        assert notes(first)[0]["here"] is True
        (tmp_path / NODE).write_text(mended, "utf-8")
        found.preview.renew()
        assert next(told)["print"] != first["print"]
        assert "not built" not in found.ask("/nodes/nobody.html").text


def test_of_a_point_whose_file_was_renamed_the_old_page_says_where_it_is(served: Served) -> None:
    old, new = "claims/late-fees/trial-ran-in-the-summer.yaml", "claims/late-fees/trial-was-short.yaml"
    gone = "/nodes/trial-ran-in-the-summer.html"
    (served.folder / old).rename(served.folder / new)
    assert not served.preview.renew().state.stale
    answer = served.ask(gone)
    assert answer.status == 404
    said = f"What this page is about stood in {old} and now stands in {new}. Write `formerly: trial-ran-in-the-summer` there, and this address leads to it."
    assert f'<p><a href="/nodes/trial-was-short.html">{said}</a></p>' in answer.text
    assert '<a href="/">To the front page</a>' in answer.text
    with (served.folder / new).open("a") as file:
        file.write("formerly: trial-ran-in-the-summer\n")
    served.preview.renew()
    moved = served.ask(gone)
    assert (moved.status, "trial-was-short.html" in moved.text) == (200, True), "as it will be once it is published"
    (served.folder / new).unlink()
    served.preview.renew()
    assert (
        f"<p>What this page is about stood in {new}, and is no longer there.</p>"
        in served.ask("/nodes/trial-was-short.html").text
    )
    (served.folder / old).write_text("kind: claim\ntext: The trial ran in the summer.\n")
    served.preview.renew()
    assert served.ask(gone).status == 200


def test_of_a_point_that_was_renamed_again_and_again_every_old_page_says_where_it_is_now(served: Served) -> None:
    folder, began = served.folder / "claims/late-fees", "trial-ran-in-the-summer"
    still = f"What this page is about stood in claims/late-fees/{began}.yaml"

    def saved(name: str) -> str:
        assert not served.preview.renew().state.stale, name
        answer = served.ask(f"/nodes/{began}.html")
        assert answer.status == 404
        for page in re.findall('href="(/nodes/[^"]+)"', answer.text):
            assert served.ask(page).status == 200, (name, page)
        return answer.text

    def said(file: str, page: str) -> str:
        return f'<a href="/nodes/{page}.html">{still} and now stands in claims/late-fees/{file}. Write `formerly: {began}` there, and this'

    (folder / f"{began}.yaml").rename(folder / "trial-b.yaml")
    assert said("trial-b.yaml", "trial-b") in saved("once")
    with (folder / "trial-b.yaml").open("a") as file:
        file.write("note: It was short.\n")
    assert said("trial-b.yaml", "trial-b") in saved("edited")
    (folder / "trial-b.yaml").rename(folder / "trial-c.yaml")
    assert said("trial-c.yaml", "trial-c") in saved("twice")
    assert said("trial-c.yaml", "trial-c").replace(began, "trial-b") in served.ask("/nodes/trial-b.html").text
    moved = (folder / "trial-c.yaml").read_text("utf-8")
    (folder / "trial-c.yaml").write_text(moved.replace("kind: ", "kind: x"), "utf-8")
    assert served.preview.renew().state.stale
    assert said("trial-c.yaml", "trial-c") in served.ask(f"/nodes/{began}.html").text
    (folder / "trial-c.yaml").unlink()
    more = "---\nid: trial-d\nkind: claim\ntext: Nobody counted.\nsupports: fees-bring-books-back\n"
    (folder / "more.yaml").write_text(f"id: trial-c\n{moved}{more}", "utf-8")
    assert said("more.yaml", "trial-c") in saved("among others")
    (folder / "more.yaml").write_text(f"id: trial-c\n{moved}{more}".replace("text: ", "text: ["), "utf-8")
    assert served.preview.renew().state.stale
    assert said("more.yaml", "trial-c") in served.ask(f"/nodes/{began}.html").text
    (folder / "more.yaml").write_text(more + more.replace("-d", "-e"), "utf-8")
    assert f"<p>{still}, and is no longer there.</p>" in saved("taken out")
    (folder / f"{began}.yaml").write_text(moved, "utf-8")
    served.preview.renew()
    assert served.ask(f"/nodes/{began}.html").status == 200


def test_of_a_point_that_was_renamed_and_deleted_the_old_page_leads_nowhere(served: Served) -> None:
    old, new = (served.folder / f"claims/late-fees/{name}.yaml" for name in ("trial-ran-in-the-summer", "trial-b"))
    with served.events("nodes/trial-ran-in-the-summer.html") as told:
        prints = [next(told)["print"]]
        for move in (lambda: old.rename(new), new.unlink):
            move()
            assert not served.preview.renew().state.stale
            prints.append(next(told)["print"])
        assert len(set(prints)) == 3, "who has the old page open is shown what became of it, each time"
    shown = served.ask("/nodes/trial-ran-in-the-summer.html").text
    assert "late-fees/trial-ran-in-the-summer.yaml, and is no longer there.</p>" in shown
    assert "trial-b" not in shown


@pytest.mark.parametrize(
    ("old", "new", "advised"),
    [
        ("sources/minutes-2.yaml", "sources/minutes-3.yaml", "minutes-2"),
        ("sources/minutes-2.yaml", "terms/minutes-2.yaml", ""),
        ("sources/minutes-2.yaml", "late-fees/minutes-2.yaml", ""),
        ("late-fees/trial-was-short.yaml", "trial-was-brief.yaml", "trial-was-short"),
        ("late-fees/trial-was-short.yaml", "participants/trial-was-short.yaml", ""),
        ("late-fees", "fees", ""),
    ],
)
def test_a_former_id_is_advised_only_where_it_makes_the_old_address_lead_on(
    old: str, new: str, advised: str, served: Served
) -> None:
    claims = served.folder / "claims"
    (claims / "sources/minutes-2.yaml").write_text("title: Minutes\ntype: minutes\n")
    (claims / "late-fees/trial-was-short.yaml").write_text("kind: claim\ntext: It was short.\n")
    built = served.preview.renew().state.files
    (claims / old).rename(claims / new)
    state = served.preview.renew().state
    said = [state.gone_sentence(page) for page in built if state.gone_sentence(page)]
    assert [f"now stands in claims/{new}" in one for one in said] == [True]
    assert re.findall("`formerly: (.*)`", said[0]) == ([advised] if advised else [])


@pytest.mark.parametrize(
    ("renamed", "said"),
    [
        (
            "dues-bring-books-back.yaml",
            f" and now stands in {RENAMED}. Write `formerly: fees-bring-books-back` there, and this address leads to it.",
        ),
        ("Dues.yaml", " and now stands in claims/late-fees/Dues.yaml."),
        ("", ", and is no longer there."),
    ],
)
def test_a_page_that_stays_while_others_still_name_its_point_says_that_its_file_is_gone(
    served: Served, renamed: str, said: str
) -> None:
    written = (served.folder / NODE).read_text("utf-8")
    if renamed:
        (served.folder / NODE).rename((served.folder / NODE).with_name(renamed))
    else:
        (served.folder / NODE).unlink()
    state = served.preview.renew().state
    assert state.stale
    words = json.loads(state.page_message(PAGE))["words"]
    assert words["left"] == f"What this page is about stood in {NODE}{said}"
    assert json.loads(state.page_message("index.html"))["words"]["left"] == ""
    (served.folder / NODE).write_text(written, "utf-8")
    served.edit("claims/late-fees/poorer-readers-owe-most.yaml", "kind: ", "kind: x")
    assert json.loads(served.preview.renew().state.page_message(PAGE))["words"]["left"] == ""


def test_the_preview_speaks_the_language_of_the_site_while_kb_yaml_cannot_be_read(served: Served) -> None:
    served.edit("claims/kb.yaml", "language: en", "language: de")
    served.preview.renew()
    served.edit("claims/kb.yaml", "title: ", "title: [")
    told = json.loads(served.preview.renew().state.page_message("index.html"))
    assert told["words"]["counts"].startswith("1 Fehler")


def test_what_is_wrong_in_a_page_of_ones_own_is_told_there(served: Served) -> None:
    page = served.folder / "site/pages/2-taking-part.md"
    page.parent.mkdir(parents=True)
    page.write_text("# Taking part\n")
    served.preview.renew()
    page.write_text("# Taking part\n\n[[nobody]]\n")
    (note,) = notes(json.loads(served.preview.renew().state.page_message("pages/taking-part.html")))
    assert (note["here"], note["where"]) == (True, "site/pages/2-taking-part.md:3:1")


@pytest.mark.parametrize("text", ["x" * 300_000, "\0", "# A\n\n[[nobody]]\n"])
def test_what_is_wrong_in_a_page_of_ones_own_as_a_whole_is_told_there_too(text: str, served: Served) -> None:
    page = served.folder / "site/pages/1-a.md"
    page.parent.mkdir(parents=True)
    page.write_text(text)
    (note,) = served.preview.renew().state.notes
    assert note.where.startswith("site/pages/1-a.md")
    assert note.pages == ("pages/a.html",)


def test_of_a_template_no_page_of_ones_own_is_thought_to_be_wrong() -> None:
    for line in (
        "site/templates/a.md: x",
        "a.md:1: x",
        "site/pages/deep/a.md: x",
        "site/pages/a.mdx: x",
        "site/assets/a.md:3:1: x",
    ):
        assert line_note(line).pages == (), line


@pytest.mark.parametrize(
    ("html", "where"),
    [('<a href="gone.html">', "site/templates/home.html:2:10"), ('<a href="{{ debate_title }}">', "")],
)
def test_a_link_that_leads_nowhere_is_told_on_its_page_and_nothing_of_writing(
    html: str, where: str, served: Served
) -> None:
    template = served.folder / "site/templates/home.html"
    template.parent.mkdir(parents=True)
    template.write_text(f'{{% extends "_base.html" %}}\n{{% block main %}}{html}</a>{{% endblock %}}')
    (note,) = served.preview.renew().state.notes
    assert note.pages == ("index.html",)
    assert (note.where.rpartition(":")[0] if where else note.where) == where.rpartition(":")[0]
    assert "the page index.html links to `" in note.message
    assert "written" not in note.message
    assert note.help == ("" if where else "look in site/templates/home.html")


def test_a_picture_without_an_address_is_told_on_its_page_and_nothing_of_writing(served: Served) -> None:
    template = served.folder / "site/templates/home.html"
    template.parent.mkdir(parents=True)
    template.write_text('{% extends "_base.html" %}\n{% block main %}<img src="" alt="">{% endblock %}')
    (note,) = served.preview.renew().state.notes
    assert (note.where, note.pages) == ("site/templates/home.html:2:27", ("index.html",))
    assert note.message == "the page index.html has a picture, script or stylesheet without an address"


def test_what_a_debate_means_harm_with_is_only_text(tmp_path: Path) -> None:
    for path, text in files_of(hostile.DEBATE).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    with serving(tmp_path) as found, found.events("nodes/main.html") as told:
        assert isinstance(next(told)["notes"], list)
        assert found.ask("/").status in {200, 404}


def test_after_any_edit_the_site_is_the_one_that_would_be_built(served: Served) -> None:
    others = "## other/nodes.yaml\nid: apart\nkind: claim\ntext: Apart.\n---\nid: near\nkind: claim\ntext: Near.\nsupports: apart\n"
    for path, text in files_of(others).items():
        if "other" in path:
            (served.folder / path).parent.mkdir()
            (served.folder / path).write_text(text)
    for path, before, after in (
        (NODE, "The charge makes", "A charge makes"),
        ("claims/other/nodes.yaml", "Near.", "Nearer."),
        ("claims/kb.yaml", "language: en", "language: de"),
        ("claims/participants/ada.yaml", "Ada", "Ada L."),
        ("claims/other/nodes.yaml", "supports: apart", f"supports: {Path(NODE).stem}"),
        ("claims/other/nodes.yaml", "id: near", "id: far"),
    ):
        served.edit(path, before, after)
        state = served.preview.renew().state
        assert not state.stale
        fresh = {o.path: o.content for o in sites.gather(load(served.folder / "claims").debate)}
        assert state.files == {path: c if isinstance(c, bytes) else c.encode() for path, c in fresh.items()}


def test_after_an_edit_nothing_is_found_out_again_about_what_has_no_part_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def names(debate: Debate) -> list[str]:
        seen.extend(debate.nodes)
        return [*debate.nodes]

    monkeypatch.setitem(parted.questions, "tests.names", names)
    (tmp_path / "claims/t").mkdir(parents=True)
    for name in ("near", "far"):
        (tmp_path / f"claims/t/{name}.yaml").write_text(f"kind: claim\ntext: It is {name}.\n")
    (tmp_path / "claims/kb.yaml").write_text("title: Places\n")
    preview = Preview(Workspace(tmp_path / "claims"))
    preview.renew()
    assert sorted(seen) == ["far", "near"]
    seen.clear()
    (tmp_path / "claims/t/near.yaml").write_text("kind: claim\ntext: It was near.\n")
    assert "It was near." in preview.renew().state.files["index.html"].decode()
    assert seen == ["near"]


# -- when ---------------------------------------------------------------------------------------------------------------


@contextmanager
def noticing(*folders: Path) -> Iterator[Event]:
    """An event that is set with every save that is noticed."""
    ended, noticed = Event(), Event()

    def look() -> None:
        for _ in watch.saves(folders, ended):
            noticed.set()

    looking = Thread(target=look)
    looking.start()
    time.sleep(0.5)
    try:
        yield noticed
    finally:
        ended.set()
        looking.join(5)
    assert not looking.is_alive()


@pytest.mark.parametrize("has_watchfiles", [True, False])
def test_every_save_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, has_watchfiles: bool) -> None:
    monkeypatch.setattr(watch, "has_watchfiles", lambda: has_watchfiles)
    monkeypatch.setattr(watch, "INTERVAL", 0.05)
    claims, own = tmp_path / "claims", tmp_path / "site"
    (claims / "talk").mkdir(parents=True)
    (claims / "talk/a.yaml").write_text("a")
    with noticing(claims, own) as noticed:
        for file, text in ((claims / "talk/a.yaml", "bb"), (claims / "talk/b.yaml", "b"), (own / "assets/a.css", "")):
            noticed.clear()
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
            assert noticed.wait(5), file
            time.sleep(1.2)
        for file in (own / "assets/a.css", claims / "talk/b.yaml"):
            noticed.clear()
            file.unlink()
            assert noticed.wait(5), file
            time.sleep(0.2)


@pytest.mark.parametrize("is_moved", [True, False])
@pytest.mark.parametrize("has_watchfiles", [True, False])
def test_a_folder_that_takes_the_place_of_another_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, has_watchfiles: bool, is_moved: bool
) -> None:
    monkeypatch.setattr(watch, "has_watchfiles", lambda: has_watchfiles)
    monkeypatch.setattr(watch, "INTERVAL", 0.05)
    claims, other = tmp_path / "claims", tmp_path / "other"
    for folder in (claims, other):
        folder.mkdir()
        (folder / "a.yaml").write_text("a")
    with noticing(claims) as noticed:
        if is_moved:
            claims.rename(tmp_path / "before")
        else:
            shutil.rmtree(claims)
        other.rename(claims)
        time.sleep(2.5)
        for text in ("bb", "ccc"):
            noticed.clear()
            (claims / "a.yaml").write_text(text)
            assert noticed.wait(5), text
            time.sleep(1.2)


# -- the command --------------------------------------------------------------------------------------------------------


def test_a_port_that_is_taken_is_one_line_and_without_one_the_next_is_used(tmp_path: Path) -> None:
    shutil.copytree(STARTER, tmp_path / "claims")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = CliRunner().invoke(main, ["-C", str(tmp_path), "serve", "--port", str(port)], prog_name="kb")
    assert done.exit_code == 2
    assert re.fullmatch(rf"kb: port {port} cannot be used \(.+\); choose another with `--port`\n", done.output)
    preview = Preview(Workspace(tmp_path / "claims"))
    first, second = serve(preview, None), serve(preview, None)
    assert PORT <= first.server_port < second.server_port
    first.server_close()
    second.server_close()


@pytest.mark.skipif(os.name == "nt", reason="there is no such signal")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_runs_until_it_is_interrupted_and_ends_cleanly(tmp_path: Path, ending: signal.Signals) -> None:
    shutil.copytree(STARTER, tmp_path / "claims")
    heard = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)"  # a job behind `&` ignores it
    )
    command = [sys.executable, "-u", "-c", f"{heard}; from kb.cli import main; main(sys.argv[1:])"]
    serve = [*command, "-C", str(tmp_path), "serve"]
    with (
        subprocess.Popen(serve, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run,
        contextlib.ExitStack() as last,
    ):
        last.callback(run.kill)
        assert run.stdout is not None
        lines = [run.stdout.readline(), run.stdout.readline()]
        assert re.match(r"Built in [\d.]+ s, \d+ files changed", lines[0])
        assert re.match(r"The site is at http://127\.0\.0\.1:\d+/ ", lines[1])
        (tmp_path / NODE).write_text("kind: nonsense\n")
        said = [run.stdout.readline()]
        while not said[-1].startswith("Not built: "):
            said.append(run.stdout.readline())
        assert re.match(r"claims/late-fees/fees-bring-books-back.yaml:1:1: .+", said[0])
        run.send_signal(ending)
        out, err = run.communicate(timeout=10)
    assert (run.returncode, err) == (0, "")
    assert out.endswith("The preview has ended.\n")


def test_the_terminal_promises_no_site_while_there_is_none(tmp_path: Path) -> None:
    shutil.copytree(STARTER, tmp_path / "claims")
    written = (tmp_path / NODE).read_text("utf-8")
    (tmp_path / NODE).write_text("kind: claim\ntitle: [\n")
    command = [sys.executable, "-u", "-m", "kb", "-C", str(tmp_path), "serve"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run, contextlib.ExitStack() as last:
        last.callback(run.kill)
        assert run.stdout is not None
        said = [run.stdout.readline() for _ in range(3)]
        (tmp_path / NODE).write_text(written, "utf-8")
        said.append(run.stdout.readline())
    assert said[0].startswith(f"{NODE}:2:9: ")
    assert said[1].startswith("Not built: 1 error")
    assert re.fullmatch(r"Once that is mended, the site will be at http://127\.0\.0\.1:\d+/ .*\n", said[2])
    assert said[3].startswith("Built in ")
