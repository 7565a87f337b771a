"""Take the README's pictures: pages of the debate in this repository, as `kb build` writes them."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from click.testing import CliRunner
from playwright.sync_api import sync_playwright

from kb.cli import main as kb
from tests.browser import find_chromium

ROOT = Path(__file__).resolve().parent.parent
PICTURES = {
    "site.png": ("index.html", 800),
    "point.png": ("nodes/prediction-could-make-agents.html", 900),
    "look/look.png": ("index.html", 800),
}
"""The page that each picture shows, and how much of it; those in `look/` show the worked debate in another look."""


def main() -> None:
    """Build into a folder that goes away, open the pages, save what a reader sees first."""
    browser = find_chromium()
    if browser is None:
        sys.exit("picture: there is no Chromium; `make browser` tries to install one")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        shipped, look = Path(folder) / "site", Path(folder) / "look"
        run("-C", str(ROOT), "build", "-o", str(shipped))
        run("init", str(look))
        shutil.copytree(ROOT / "docs" / "look" / "site", look / "site")
        run("-C", str(look), "build")
        chromium = play.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        for name, (address, height) in PICTURES.items():
            page = chromium.new_page(viewport={"width": 1200, "height": height}, device_scale_factor=1.5)
            page.goto(((look / "_site" if name.startswith("look/") else shipped) / address).as_uri())
            page.screenshot(path=ROOT / "docs" / name)
        chromium.close()


def run(*arguments: str) -> None:
    """Run `kb`; what goes wrong ends it all."""
    done = CliRunner().invoke(kb, arguments)
    if done.exit_code:
        sys.exit(done.output)


if __name__ == "__main__":
    main()
