"""What Lighthouse says of the site: `python bench/lighthouse.py [PAGE …] [--site FOLDER] [--json]`.

Builds the site of the shipped debate, unless a folder with a site is given, serves it on the loopback interface, and has Lighthouse look at
each kind of page as on a slow phone, its default. Prints its four scores, out of 100, beside the bar, and what cost points. Lighthouse
comes from npm (`tests/npm`, installed by the setup for tests) and drives the Chromium of the browser tests.

The score for performance depends on the speed of this machine, so it is shown here and asserted in no test; `tests/test_lighthouse.py`
holds the site to the other three.
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from run import KB, ROOT, measure

sys.path.insert(0, str(ROOT))
from tests.browser import find_chromium

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAM = ROOT / "tests/npm/node_modules/lighthouse/cli/index.js"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
ASKED = ("--quiet", "--no-enable-error-reporting", "--output=json")
BAR = 95
KINDS = {
    "home": "index.html",
    "a question": "nodes/does-the-predictor-become-an-agent.html",
    "a point": "nodes/prediction-could-make-agents.html",
    "a source": "sources/shoggoth-thread.html",
    "the map": "map.html",
    "the disagreements": "open.html",
}


class Report(NamedTuple):
    """The scores of a page, and the titles of what cost it points."""

    page: str
    scores: dict[str, int]
    lacking: list[str]


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a log."""

    def log_message(self, *_: object) -> None:
        """Log nothing, to keep the table clean."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder; yields its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def look(page: str, address: str, browser: str) -> Report:
    """What Lighthouse says of a page; ends the program if it cannot look at it."""
    flags = "--headless=new --no-sandbox" if os.getuid() == 0 else "--headless=new"
    node = shutil.which("node") or "node"
    command = [node, str(PROGRAM), address, *ASKED, f"--chrome-flags={flags}"]
    environment = {**os.environ, "CHROME_PATH": browser}
    run = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    found = json.loads(run.stdout or "{}")
    if run.returncode or "runtimeError" in found:
        sys.exit(f"Lighthouse could not look at {page}: {found.get('runtimeError') or run.stderr[-2000:]}")
    scores = {name: round(100 * (found["categories"][name]["score"] or 0)) for name in CATEGORIES}
    audits = [(found["audits"][r["id"]], r["weight"]) for c in found["categories"].values() for r in c["auditRefs"]]
    counted = (audit for audit, weight in audits if weight and audit["score"] is not None)
    return Report(page, scores, [audit["title"] for audit in counted if audit["score"] < BAR / 100])


def built(folder: Path) -> Path:
    """The site of the shipped debate."""
    measure(*KB, "build", "-o", str(folder))
    return folder


def reports(site: Path, pages: dict[str, str], browser: str) -> Iterator[Report]:
    """A report for each page."""
    with served(site) as address:
        for name, path in pages.items():
            yield look(name, address + path, browser)


def main() -> None:
    """Look and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", metavar="PAGE")
    parser.add_argument("--site", type=Path, metavar="FOLDER")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    browser = find_chromium()
    if browser is None or not PROGRAM.exists():
        sys.exit("needs a Chromium and what tests/npm lists: run `sh .ci/setup test`")
    with tempfile.TemporaryDirectory(prefix="kb-lighthouse-") as made:
        pages = {path: path for path in options.pages} or KINDS
        found = reports(options.site or built(Path(made) / "site"), pages, browser)
        if options.json:
            print(json.dumps([report._asdict() for report in found], indent=2))
            return
        print(f"{'':<20}" + "".join(f"{name:>16}" for name in CATEGORIES))
        for report in found:
            scores = (report.scores[name] for name in CATEGORIES)
            print(f"{report.page:<20}" + "".join(f"{score:>14}{'  ' if score >= BAR else ' <'}" for score in scores))
            print("".join(f"    {title}\n" for title in report.lacking), end="", flush=True)


if __name__ == "__main__":
    main()
