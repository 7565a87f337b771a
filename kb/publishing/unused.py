"""Files of a debate's own that seem to do something and do nothing: assets that no page uses, templates that none includes.

The site is built all the same: assets are published, and somebody may fetch them from elsewhere. But whoever put a logo there and sees
none should not have to guess why.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kb.publishing.theme import ASSETS, FOLDER, ICON, LOGOS, STYLE, TEMPLATES, shipped_folder
from kb.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.publishing.theme import Theme

_MEANT = {
    "logo": ("the logo", LOGOS),
    "icon": ("the icon", (ICON,)),
    "favicon": ("the icon", (ICON,)),
    "custom": ("the stylesheet after the tool's", (STYLE,)),
}
"""By stem what a file was probably meant to be, and the names under which the site looks for that."""


def unused_files(theme: Theme) -> Iterator[str]:
    """A line for each such file, with what would be right."""
    used = {f"{part}/{entry.name}" for part in (ASSETS, TEMPLATES) for entry in (shipped_folder() / part).iterdir()}
    used |= {f"{ASSETS}/{name}" for name in (*LOGOS, STYLE)}
    for path in sorted(theme.own.keys() - used):
        advice = _advice(theme, path)
        if advice and not _is_mentioned(theme, path):
            yield f"{FOLDER}/{path}: {advice}"


def _advice(theme: Theme, path: str) -> str:
    """What a file does not do, and what its editor probably wanted; empty if its name gives no hint."""
    part, _, name = path.partition("/")
    if part == TEMPLATES:
        near = did_you_mean(name, (entry.name for entry in (shipped_folder() / TEMPLATES).iterdir()))
        return f'no template of yours includes it, as `{{% include "{name}" %}}` would{near and f"; {near}"}'
    advice = _asset_advice(theme, path) if part == ASSETS else ""
    return advice and f"no page asks for it; {advice}"


def _asset_advice(theme: Theme, path: str) -> str:
    """What would make use of an asset of this name, or the name it was probably meant to have; empty if that is unknown."""
    stem, _, kind = path.rpartition("/")[2].lower().partition(".")
    if kind == "js":
        return f'a template of yours would, by `<script src="{{{{ root }}}}{path}" defer></script>`'
    if kind == "css" and f"{ASSETS}/{STYLE}" in theme.own:
        return f'`{ASSETS}/{STYLE}` would, by `@import "{path.partition("/")[2]}";` at its beginning'
    what, names = _MEANT.get(stem, _MEANT["custom"] if kind == "css" else ("", ()))
    if not names or any(f"{ASSETS}/{name}" in theme.own for name in names):
        return ""
    return f"{what} is {' or '.join(f'`{ASSETS}/{name}`' for name in names)}"


def _is_mentioned(theme: Theme, path: str) -> bool:
    """Whether another file of the debate's own names it: a page, a template, a stylesheet, a script."""
    name = path.rpartition("/")[2].encode()
    pattern = re.compile(rb"(?<![\w.-])" + re.escape(name) + rb"(?![\w-]|\.\w)")
    mentioning = (content for other, content in theme.own.items() if other != path and name in content)  # at a glance
    return any(map(pattern.search, mentioning))
