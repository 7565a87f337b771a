"""Lists are made again if something changed that they say they show of points, and not if anything else changed."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from kb import discover
from kb.load import load
from kb.previewing.rebuilding import Rebuilder
from kb.publishing.addresses import Draft
from kb.publishing.dependencies import LINKED, NO_POINTS, STRUCTURE, WORDS
from kb.publishing.theme import Theme
from kb.vocabulary import RELATIONS
from kb.workspace import Workspace
from tests import edits, sites

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kb.publishing.addresses import Page

ROOT = Path(__file__).parent
STREAMED = {"json", "jsonld"}
"""Files about the whole debate, in which only some lines are made again."""
LISTS = ("kb.pages", "kb.companions")


class Debate:
    """A debate on disk, and its site as it is built again after edits."""

    def __init__(self, folder: Path, files: edits.Files) -> None:
        edits.write(folder, files)
        self.folder = folder
        self.workspace = Workspace(folder / "claims", clock=time.time_ns)
        self.rebuilder = Rebuilder()

    def built(self) -> dict[str, bytes]:
        """The site as it is after the last edit."""
        self.workspace.refresh()
        return dict(self.rebuilder.site(self.workspace.loaded.debate, Theme(), self.workspace.parts).files)

    def anew(self) -> dict[str, bytes]:
        """The site as it is built without remembering any other."""
        return {output.path: output.raw for output in sites.gather(load(self.folder / "claims").debate)}


def shipped(part: str = "") -> edits.Files:
    """A debate that people had, or a small one that is well made."""
    root = ROOT / "debates" / part if part else ROOT.parent
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted((root / "claims").rglob("*.yaml"))}


def points(files: edits.Files) -> list[tuple[str, int]]:
    """Every point, by its file and its place there."""
    found = {path: list(yaml.safe_load_all(raw)) for path, raw in files.items()}
    return [(path, at) for path, records in found.items() for at, record in enumerate(records) if "text" in record]


def edited(raw: bytes, at: int, name: str, change: Callable[[object], object]) -> bytes:
    """A file in which one record has another value in a field; "relations": in each relation it has."""
    records = list(yaml.safe_load_all(raw))
    names = RELATIONS.keys() & records[at] if name == "relations" else {name}
    records[at] |= {name: change(records[at].get(name)) for name in names}
    return yaml.safe_dump_all(records, sort_keys=False, allow_unicode=True).encode()


EDITS: dict[str, Callable[[object], object]] = {
    "text": lambda text: f"Zebras say so. {text}",
    "title": lambda title: f"Zebras and {title or 'more'}",
    "note": lambda note: f"{note or ''} Looked at again.",
    "weight": lambda weight: 0.25 if weight == 0.5 else 0.5,
    "relations": lambda relations: [
        remarked(one) for one in (relations if isinstance(relations, list) else [relations])
    ],
}
"""By field of a point what an edit makes of its value."""


def remarked(relation: object) -> dict[str, object]:
    """A relation with a note, a weight and data of its own."""
    said = relation if isinstance(relation, dict) else {"to": relation}
    return {**said, "note": "Zebras remark.", "weight": 0.25, "data": {"zebra": 1}}


@pytest.mark.parametrize("what", EDITS)
@pytest.mark.parametrize(("name", "step"), [("tempo-30", 1), ("", 40)])
def test_whatever_a_point_says_all_lists_are_as_if_made_anew(name: str, step: int, what: str, tmp_path: Path) -> None:
    files = shipped(name)
    debate = Debate(tmp_path, files)
    debate.built()
    assert len(points(files)) > step
    for path, at in points(files)[::step]:
        (tmp_path / path).write_bytes(edited(files[path], at, what, EDITS[what]))
        found, expected = debate.built(), debate.anew()
        assert found.keys() == expected.keys()
        assert [made for made in found if found[made] != expected[made]] == []
        (tmp_path / path).write_bytes(files[path])


@pytest.mark.parametrize("field", ["certainty", "by"])
def test_what_was_changed_and_changed_back_is_as_if_made_anew(field: str, tmp_path: Path) -> None:
    files = shipped("tempo-30")
    debate = Debate(tmp_path, files)
    path, at = points(files)[-1]
    for value in ("tentative", "asserted", "tentative") if field == "certainty" else ("sorg", "hanke", "sorg"):
        found = debate.built()
        assert [made for made, raw in debate.anew().items() if found[made] != raw] == []
        (tmp_path / path).write_bytes(edited(files[path], at, field, lambda _, value=value: value))  # type: ignore[misc]
    found = debate.built()
    assert [made for made, raw in debate.anew().items() if found[made] != raw] == []


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The modules of lists that run in the next build."""
    names: list[str] = []
    for package, function in zip(LISTS, ("pages", "files"), strict=True):
        for name, module in discover.modules(package).items():
            if hasattr(module, "READS"):
                real = getattr(module, function)

                def noted(
                    *given: object, name: str = name, real: Callable[..., Iterator[Page]] = real
                ) -> Iterator[Page]:
                    names.append(name)
                    return real(*given)

                monkeypatch.setattr(module, function, noted)
    return names


def reading(*reads: str) -> set[str]:
    """The modules whose `READS` is one of these."""
    found = (pair for package in LISTS for pair in discover.modules(package).items())
    return {name for name, module in found if getattr(module, "READS", None) in reads}


def test_lists_that_show_nothing_of_what_was_edited_are_not_made_again(tmp_path: Path, ran: list[str]) -> None:
    files = shipped("tempo-30")
    debate = Debate(tmp_path, files)
    debate.built()
    assert set(ran) == reading(NO_POINTS, STRUCTURE, LINKED, WORDS)
    path, at = points(files)[-1]
    ran.clear()
    for remark in ("note", "weight", "relations"):
        (tmp_path / path).write_bytes(edited(files[path], at, remark, EDITS[remark]))
        debate.built()
        assert ran == []
    (tmp_path / path).write_bytes(edited(files[path], at, "text", EDITS["text"]))
    debate.built()
    assert reading(WORDS) <= set(ran)
    assert not reading(STRUCTURE).intersection(ran)
    ran.clear()
    (tmp_path / path).write_bytes(edited(files[path], at, "certainty", lambda _: "tentative"))
    debate.built()
    assert set(ran) == reading(STRUCTURE, LINKED, WORDS)


def test_a_list_that_links_to_nothing_of_what_was_edited_is_not_made_again(tmp_path: Path, ran: list[str]) -> None:
    files = shipped("tempo-30")
    claim = b"kind: claim\ntext: Boats are slow.\nby: carol\n"
    debate = Debate(tmp_path, files | {"claims/u/boats.yaml": claim, "claims/terms/boat.yaml": b"term: boat\n"})
    debate.built()
    ran.clear()
    (tmp_path / "claims/u/boats.yaml").write_bytes(claim.replace(b"slow", b"small"))
    debate.built()
    assert {"nodes", "topic"} <= set(ran)
    assert not {"terms", "term", "matrix"}.intersection(ran)


def test_of_long_lists_only_pages_that_link_to_what_was_reworded_are_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = sites.printed_pages(monkeypatch)
    files = shipped()
    debate = Debate(tmp_path, files)
    debate.built()
    (path, at), (other, place), *_ = points(files)[-60:]
    for edit, field in (((other, place), "note"), ((path, at), "text")):
        made.clear()
        (tmp_path / edit[0]).write_bytes(edited(files[edit[0]], edit[1], field, EDITS[field]))
        pages = debate.built()
    point = next(yaml.safe_load_all(files[path]))["id"] if b"\nid:" in files[path] else Path(path).stem
    lists = {page for page in made if page.startswith(("people/", "sources/", "topics/", "nodes."))}
    assert lists
    assert [page for page in lists if f"nodes/{point}.html".encode() not in pages[page]] == []
    assert sum(page.startswith(("people/", "sources/", "topics/")) for page in pages) > 4 * len(lists)


def test_what_a_template_is_given_is_told_from_anything_else_by_what_it_looks_like() -> None:
    """A page is printed again if the text of its context changes, so different contexts need different texts, and equal ones the same."""
    debate = load(ROOT.parent / "claims").debate
    for name, module in discover.modules("kb.pages").items():
        if not getattr(module, "LOCAL", False):
            for page in module.pages(debate):
                told = repr(page.make() if isinstance(page, Draft) else page)
                assert not re.search(r"<[^<>]+ at 0x|frozenset\(\{|[(, ]\{'[^':]*'[,}]", told), (name, page.path)


def test_modules_say_no_other_words() -> None:
    for package in LISTS:
        for name, module in discover.modules(package).items():
            is_list = not any(getattr(module, word, False) for word in ("LOCAL", "LAST")) and name not in STREAMED
            assert hasattr(module, "READS") == is_list, name
            assert getattr(module, "READS", WORDS) in {NO_POINTS, STRUCTURE, LINKED, WORDS}, name
