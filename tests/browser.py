"""Finds the Chromium that the browser tests drive: the system's, or else the one that playwright downloaded.

`python -m tests.browser` says which; without one it says nothing and exits 1.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_DOWNLOADED = ("chromium_headless_shell-*/*/*headless*shell", "chromium-*/*/chrome", "chromium-*/*/*/MacOS/*")


def find_chromium() -> str | None:
    """The path of a Chromium, if there is one."""
    on_path = (shutil.which(name) for name in _NAMES)
    return next((path for path in on_path if path), None) or _downloaded_chromium()


def _downloaded_chromium() -> str | None:
    """The newest one in playwright's cache."""
    home = Path.home()
    caches = [Path(p) for p in [os.environ.get("PLAYWRIGHT_BROWSERS_PATH", "")] if p]
    caches += [home / ".cache/ms-playwright", home / "Library/Caches/ms-playwright"]
    found = (path for cache in caches for pattern in _DOWNLOADED for path in sorted(cache.glob(pattern), reverse=True))
    return next((str(path) for path in found if os.access(path, os.X_OK) and path.is_file()), None)


if __name__ == "__main__":
    browser = find_chromium()
    if browser is None:
        sys.exit(1)
    sys.stdout.write(f"browser: {browser}\n")
