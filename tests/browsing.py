"""Fixtures of the tests that open the site in a browser, from disk: the browser, several sites, and a page on which nothing may go wrong."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kb
from kb.load import load
from kb.publishing.theme import read_theme
from tests import hostile, leftwards, sites
from tests.browser import find_chromium
from tests.conftest import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page, Request

    Open = Callable[..., Page]

ROOT = Path(kb.__file__).parent.parent


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = find_chromium()
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("there is no Chromium to open the site in")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not needed where there is no browser

    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=path, args=["--no-sandbox"] if os.getuid() == 0 else [])
        yield started
        started.close()


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the debate that is shipped."""
    folder = tmp_path_factory.mktemp("shipped") / "site"
    sites.write(sites.gather(load(ROOT / "claims").debate), folder)
    return folder


@pytest.fixture(scope="session")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a debate that means harm."""
    folder = tmp_path_factory.mktemp("attacked") / "site"
    sites.write(sites.gather(read(hostile.DEBATE).debate), folder)
    return folder


@pytest.fixture(scope="session")
def from_right(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a debate that is written from right to left."""
    folder = tmp_path_factory.mktemp("leftwards") / "site"
    sites.write(sites.gather(read(leftwards.DEBATE).debate), folder)
    return folder


@pytest.fixture(scope="session")
def in_german(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of that debate as if its language were German, whose words are long."""
    folder = tmp_path_factory.mktemp("german") / "site"
    sites.write(sites.gather(read(leftwards.DEBATE.replace("language: he", "language: de")).debate), folder)
    return folder


@pytest.fixture(scope="session")
def look(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the worked debate with a look of its own."""
    folder = tmp_path_factory.mktemp("look") / "site"
    sites.write(sites.gather(load(ROOT / "kb/starter/claims").debate, read_theme(ROOT / "docs/look")), folder)
    return folder


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Open a page of a site; whatever goes wrong on it or leaves the disk fails the test."""
    troubles: list[str] = []
    opened = []

    def failed(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the test went on to the next page before the icon was loaded
            troubles.append(f"failed: {request.url}")

    def open_one(path: Path, width: int = 1280, height: int = 900, **options: object) -> Page:
        page = browser.new_page(viewport={"width": width, "height": height}, **options)  # type: ignore[arg-type] # as playwright names them
        page.on("console", lambda message: troubles.append(f"{path.name}: {message.text}"))
        page.on("pageerror", lambda error: troubles.append(f"{path.name}: {error}"))
        page.on("dialog", lambda dialog: troubles.append(f"{path.name}: a dialog {dialog.message}"))
        page.on("requestfailed", failed)
        page.on(
            "request",
            lambda request: None if request.url.startswith("file:") else troubles.append(f"{path.name}: {request.url}"),
        )
        page.goto(path.as_uri())
        opened.append(page)
        return page

    yield open_one
    for page in opened:
        page.close()
    assert troubles == []
