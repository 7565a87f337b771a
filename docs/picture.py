"""Take the README's pictures: pages of the debate in this repository, as `kb build` writes them."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from click.testing import CliRunner
from playwright.sync_api import sync_playwright

from kb.cli import main as kb
from tests.browser import find

ROOT = Path(__file__).resolve().parent.parent
PICTURES = {"site.png": ("index.html", 800), "point.png": ("nodes/prediction-could-make-agents.html", 900)}
"""The page that each picture shows, and how much of it."""


def main() -> None:
    """Build into a folder that goes away, open the home page, save what a reader sees first."""
    browser = find()
    if browser is None:
        sys.exit("picture: there is no Chromium; `make browser` tries to install one")
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        built = CliRunner().invoke(kb, ["-C", str(ROOT), "build", "-o", str(site)])
        if built.exit_code:
            sys.exit(built.output)
        with sync_playwright() as play:
            chromium = play.chromium.launch(executable_path=browser, args=["--no-sandbox"])
            for name, (address, height) in PICTURES.items():
                page = chromium.new_page(viewport={"width": 1200, "height": height}, device_scale_factor=1.5)
                page.goto((site / address).as_uri())
                page.screenshot(path=ROOT / "docs" / name)
            chromium.close()


if __name__ == "__main__":
    main()
