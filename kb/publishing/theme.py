"""How a site looks: the templates and assets of the tool, unless the debate has its own in `site/` beside `claims/`.

Such a folder may hold `templates/` (a file replaces the tool's of the same name), `assets/` (published as they are) and `pages/`
(Markdown). It can come with somebody else's repository, so nothing in it is run, symbolic links are not followed, and sizes are limited.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kb.finding import KbError, in_a_line
from kb.output.links import Output, is_safe
from kb.output.marker import MARKER
from kb.suggest import did_you_mean, one_of
from kb.vocabulary import KINDS, QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

FOLDER, TEMPLATES, ASSETS, PAGES = "site", "templates", "assets", "pages"
SHIPPED = "shipped/"
"""Before the name of a template: the one that comes with the tool, even if the debate replaces it."""
STYLE, ICON, LOGOS = "custom.css", "icon.svg", ("logo.svg", "logo.png", "logo.webp")
LARGEST = {TEMPLATES: 1 << 18, PAGES: 1 << 18, ASSETS: 1 << 22}
"""The most bytes that a file of each folder may have."""
MOST = 500
"""The most files that the whole folder may have."""
_ASIDE = re.compile(r"\..*|.*~|#.*#|4913", re.DOTALL)
"""Hidden files, and the temporary files and backups of editors."""
_TEMPLATE, _PAGE = re.compile(r"[a-z][a-z_-]*\.html\Z|_[a-z0-9_-]+\.html\Z"), re.compile(r"[a-z0-9][a-z0-9-]*\.md\Z")


class ThemeError(KbError):
    """Faults in a debate's own `site/`, each a line that begins with its place."""

    def __init__(self, *lines: str) -> None:
        self.lines = lines
        super().__init__(lines[0] + (f" (and {len(lines) - 1} more like this)" if len(lines) > 1 else ""))


class LinkFault(NamedTuple):
    """A link that leads nowhere: the page that has it, and a message that begins with the place where it was written, if that is known."""

    page: str
    message: str
    unwritten: str = ""
    """What is added if no site was written because of it."""
    help: str = ""

    @property
    def line(self) -> str:
        """The whole line for the terminal."""
        return f"{self.message}{self.unwritten}{self.help and f'; {self.help}'}"


class LinkError(ThemeError):
    """Links that lead nowhere; if the debate has no templates of its own, this is a bug of the tool."""

    def __init__(self, *links: LinkFault) -> None:
        self.links = links
        super().__init__(*(link.line for link in links))


@dataclass(frozen=True, slots=True)
class Theme:
    """The files that a debate has of its own, by path from `site/`, as in `templates/home.html`."""

    own: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def templates(self) -> tuple[str, ...]:
        """The names of the debate's own templates."""
        return tuple(self._names_in(TEMPLATES))

    @property
    def assets(self) -> tuple[Output, ...]:
        """Every file of `assets/`: the debate's own, and those of the tool that it does not replace."""
        own = {name: self.own[f"{ASSETS}/{name}"] for name in self._names_in(ASSETS)}
        shipped = (entry for entry in (shipped_folder() / ASSETS).iterdir() if entry.is_file() and entry.name[0] != ".")
        contents = {**{entry.name: entry.read_bytes() for entry in shipped if entry.name not in own}, **own}
        return tuple(Output(f"{ASSETS}/{name}", content) for name, content in sorted(contents.items()))

    @property
    def pages(self) -> dict[str, str]:
        """The texts of the debate's own pages by name, in the order of names."""
        return {name.removesuffix(".md"): self._text(f"{PAGES}/{name}") for name in self._names_in(PAGES)}

    @property
    def has_own_style(self) -> bool:
        """Whether the debate has a stylesheet to be loaded after the tool's."""
        return f"{ASSETS}/{STYLE}" in self.own

    @property
    def logo(self) -> str:
        """The address of the picture beside the title; empty without one."""
        return next((f"{ASSETS}/{name}" for name in LOGOS if f"{ASSETS}/{name}" in self.own), "")

    @property
    def mark(self) -> str:
        """The mark of all files of this look."""
        return _digest({**_shipped_templates(), **self.own})

    @property
    def template_mark(self) -> str:
        """The mark of all templates of this look."""
        return _digest(
            {**_shipped_templates(), **{path: self.own[path] for path in self.own if path.startswith(f"{TEMPLATES}/")}}
        )

    def template(self, name: str) -> str | None:
        """The text of a template: the debate's own, else the tool's; None if there is no such template."""
        if f"{TEMPLATES}/{name}" in self.own:
            return self._text(f"{TEMPLATES}/{name}")
        file = shipped_folder() / TEMPLATES / name.removeprefix(SHIPPED)
        return file.read_text("utf-8") if _TEMPLATE.match(file.name) and file.is_file() else None

    def file_of(self, name: str) -> str:
        """The file that a template is read from, as messages name it."""
        return f"{FOLDER}/{TEMPLATES}/{name}" if f"{TEMPLATES}/{name}" in self.own else SHIPPED + name

    def _names_in(self, folder: str) -> Iterator[str]:
        return (path.removeprefix(f"{folder}/") for path in sorted(self.own) if path.startswith(f"{folder}/"))

    def _text(self, path: str) -> str:
        try:
            return self.own[path].decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = self.own[path].count(b"\n", 0, error.start) + 1
            message = f"{FOLDER}/{path}:{line}: this is not UTF-8"
            raise ThemeError(message) from error


def _shipped_templates() -> dict[str, bytes]:
    """The templates of the tool."""
    return {entry.name: entry.read_bytes() for entry in (shipped_folder() / TEMPLATES).iterdir() if entry.is_file()}


def _digest(files: Mapping[str, bytes]) -> str:
    return sha256(repr(sorted(files.items())).encode()).hexdigest()


def shipped_folder() -> Traversable:
    """Templates and assets of the tool: inside the installed package, or beside it in a checkout."""
    inside = resources.files("kb") / "theme"
    return inside if inside.is_dir() else Path(__file__).resolve().parent.parent.parent / FOLDER


def read_theme(project: Path) -> Theme:
    """What a debate has of its own in `site/`; nothing if that is the tool's own folder or a site that was built.

    Raises `ThemeError` for anything in it that would be ignored, cannot be used, or cannot be read.
    """
    folder = project / FOLDER
    shipped = shipped_folder()
    if not folder.is_dir() or (folder / MARKER).exists() or (isinstance(shipped, Path) and folder.samefile(shipped)):
        return Theme()
    if folder.is_symlink():
        message = f"{FOLDER}: a link is not followed; make it a folder"
        raise ThemeError(message)
    _refuse_unknown(folder)
    files: dict[str, bytes] = {}
    for part in LARGEST:
        for path in _files(folder, part):
            content = _read_file(folder / path, path, part)
            if content is not None:
                _refuse_alike(path, files)
                files[path] = content
            if len(files) > MOST:
                message = f"{FOLDER}: there are more than {MOST} files in it"
                raise ThemeError(message)
    return Theme(files)


def _refuse_alike(path: str, files: Mapping[str, bytes]) -> None:
    """Raise if some file systems would take a file for another one."""
    twin = next((other for other in files if other.lower() == path.lower()), "")
    if twin:
        message = (
            f"{_shown_path(path)}: differs from `{in_a_line(twin)}` only in capitals, and some systems cannot keep both"
        )
        raise ThemeError(message)


def _refuse_unknown(folder: Path) -> None:
    """Raise for a file or folder that would do nothing where it is, except a README or licence for those who edit the folder."""
    for name in sorted(entry.name for entry in folder.iterdir()):
        if (
            name not in LARGEST
            and _ASIDE.fullmatch(name) is None
            and not name.upper().startswith(("README", "LICENSE"))
        ):
            message = f"{_shown_path(name)}: nothing is read from there; {one_of(name, LARGEST)}"
            raise ThemeError(message)
        if name in LARGEST and (folder / name).is_file() and not (folder / name).is_symlink():
            message = f"{_shown_path(name)}: this is no folder"
            raise ThemeError(message)


def _refuse_unreadable(folder: Path, error: OSError) -> None:
    """Raise for a folder that cannot be read: its files must not vanish from the site without a word."""
    if not isinstance(error, FileNotFoundError):
        path = Path(str(error.filename)).relative_to(folder).as_posix()
        message = f"{_shown_path(path)}: cannot be read ({error.strerror})"
        raise ThemeError(message) from error


def _files(folder: Path, part: str) -> Iterator[str]:
    """The files of a part of the folder, without hidden ones and backups of editors; raises for a name that cannot be used."""
    if (folder / part).is_symlink():
        message = f"{_shown_path(part)}: a link is not followed; make it a folder"
        raise ThemeError(message)
    for inside, folders, files in os.walk(folder / part, onerror=partial(_refuse_unreadable, folder)):
        folders[:] = sorted(name for name in folders if _ASIDE.fullmatch(name) is None)
        for name in (*folders, *sorted(name for name in files if _ASIDE.fullmatch(name) is None)):
            path = (Path(inside) / name).relative_to(folder).as_posix()
            mode = _mode(folder / path)
            if mode is None or stat.S_ISDIR(mode):
                continue
            if not stat.S_ISREG(mode):
                message = f"{_shown_path(path)}: only plain files are used, and links are not followed"
                raise ThemeError(message)
            wrong = _name_fault(path, part)
            if wrong:
                message = f"{_shown_path(path)}: {wrong}"
                raise ThemeError(message)
            yield path


def _mode(file: Path) -> int | None:
    """The mode of a file; None if it vanished meanwhile."""
    try:
        return file.lstat().st_mode
    except FileNotFoundError:
        return None


def _name_fault(path: str, part: str) -> str:
    """Why a file cannot be used under its name; empty if it can."""
    name = path.removeprefix(f"{part}/")
    if part == TEMPLATES:
        ours = [entry.name for entry in (shipped_folder() / TEMPLATES).iterdir()]
        if _TEMPLATE.match(name) is None or (name[0] != "_" and name not in ours):
            kind = name.removesuffix(".html").lower()
            if kind in KINDS and kind != QUESTION:
                return "claims, objections, replies and arguments have `node.html`"
            near = did_you_mean(name, ours)
            return f"it replaces no template{'; ' + near if near else ''}; the name of one for others to include begins with `_`, as in `_banner.html`"
    if part == PAGES and _PAGE.match(name) is None:
        return "the name of a page has only small letters, digits and hyphens, as in `our-method.md`"
    return _asset_fault(name) if part == ASSETS else ""


def _asset_fault(name: str) -> str:
    """Why an asset cannot be published under its name; empty if it can."""
    if not is_safe(name):
        return "the name of a published file has only letters, digits, `.`, `_` and `-`"
    first, rest, _ = name.partition("/")
    ours = [entry.name for entry in (shipped_folder() / ASSETS).iterdir()]
    like = next((other for other in ours if (other != first or rest) and other.lower() == first.lower()), "")
    if like and rest:
        return f"the tool has a file called `{like}`, so a folder needs another name"
    return f"the tool's file is called `{like}`; to replace it, use the same capitals" if like else ""


def _read_file(file: Path, path: str, part: str) -> bytes | None:
    """The content of a file; None if it vanished meanwhile."""
    try:
        with file.open("rb") as handle:
            content = handle.read(LARGEST[part] + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        message = f"{_shown_path(path)}: cannot be read ({error.strerror})"
        raise ThemeError(message) from error
    if len(content) > LARGEST[part]:
        message = f"{_shown_path(path)}: it has more than {LARGEST[part] >> 10} KiB"
        raise ThemeError(message)
    return content


def _shown_path(path: str) -> str:
    return in_a_line(f"{FOLDER}/{path}")
