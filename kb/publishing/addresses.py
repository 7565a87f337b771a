"""Where everything of a debate stands on its site: each record has one address for as long as it keeps its id.

Addresses are paths from the root of the site, as in `nodes/an-id.html`; a template puts `root` ("" or "../") before them, so that every
link is relative and the site works from any folder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kb.tables import Row

HOME, OPEN, TOPICS, PEOPLE, SOURCES, TERMS, NODES, ABOUT, LIMITS, RULES, MATRIX, STORY, MAP, THEMING = (
    "index.html",
    "open.html",
    "topics.html",
    "people.html",
    "sources.html",
    "terms.html",
    "nodes.html",
    "about.html",
    "limits.html",
    "rules.html",
    "matrix.html",
    "story.html",
    "map.html",
    "theming.html",
)
FEED, DEBATE_JSON, DEBATE_JSONLD, SITEMAP, ROBOTS, PICTURE, LOST = (
    "feed.xml",
    "debate.json",
    "debate.jsonld",
    "sitemap.xml",
    "robots.txt",
    "index.png",
    "404.html",
)

_SHARED_JSON = {HOME: DEBATE_JSON, NODES: DEBATE_JSON, STORY: DEBATE_JSON, MAP: DEBATE_JSON, MATRIX: "open.json"}
_UNSAFE = re.compile(r"[^a-z0-9-]")
_LONGEST = 100
_UNQUOTED = "/:@[]%!$()*+,;=~"
"""Characters that stand in an address as they are; quotation marks and angle brackets never do."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page before it is written: where it will be, what it is called, and what its template is given."""

    path: str
    title: str
    context: object
    section: str = ""
    """The entry of the menu that it belongs to: one of the addresses above."""
    about: str = ""
    """What search engines, and chats where a link to it is shared, show below its title; empty where the title says it all."""
    feed: str = ""
    """The address of its own feed, if it has one; pages with a feed are those that people share."""
    picture: str = ""
    """The address of a picture to be shown with links to it, if there is one."""
    structured: Row | None = None
    """What it says, for search engines, in the words of schema.org."""
    row: Row | None = None
    """What the JSON beside it says, unless a module of `kb.companions` writes that."""


class Draft(NamedTuple):
    """A page that is made only when needed: it has not changed if its `inputs` are the same and nothing changed that bears on its points."""

    path: str
    inputs: Sequence[object]
    """The plain values it is made of besides its points and what all pages share."""
    points: Iterable[str]
    make: Callable[[], Page]


def node(node_id: str) -> str:
    """The page of a question, claim, objection, reply or argument."""
    return f"nodes/{node_id}.html"


def node_id_at(path: str) -> str:
    """The id of the node whose page that is."""
    return path.removeprefix("nodes/").removesuffix(".html")


def picture(node_id: str) -> str:
    """The picture of a question, to be shown with links to it."""
    return f"nodes/{node_id}.png"


def feed(node_id: str) -> str:
    """The feed of a question."""
    return f"nodes/{node_id}.xml"


def person(participant_id: str) -> str:
    """The page of a participant."""
    return f"people/{participant_id}.html"


def source(source_id: str) -> str:
    """The page of a source."""
    return f"sources/{source_id}.html"


def term(name: str) -> str:
    """The page of a term, or the place of a sense (`agency/goal-directed`) on the page of its term."""
    term_id, _, sense = name.partition("/")
    return f"terms/{term_id}.html" + (f"#{sense_anchor(sense)}" if sense else "")


def sense_anchor(sense: str) -> str:
    """The id of a sense on the page of its term."""
    return f"s-{_slug(sense)}"


def topic(topic_id: str) -> str:
    """The page of a topic; nodes outside any folder have one, too."""
    return f"topics/{_slug(topic_id) or '_'}.html"


def topic_map(topic_id: str) -> str:
    """The map of a topic."""
    return f"maps/{_slug(topic_id) or '_'}.html"


def node_anchor(node_id: str) -> str:
    """The id of the box of a node on the map of its topic or of the whole debate."""
    return f"n-{node_id}"


def rule(name: str) -> str:
    """The page of a rule of the linter."""
    return f"rules/{name}.html"


def own_page(name: str) -> str:
    """A page that the editors of the debate wrote themselves."""
    return f"pages/{name}.html"


def passage_anchor(passage_id: str) -> str:
    """The id of a passage on its page; ids of passages are letters, digits, `.`, `_` and `-`."""
    return f"p-{passage_id}"


def _slug(name: str) -> str:
    """A name that every file system takes; kebab-case stays as it is, and different names stay different."""
    slug = _UNSAFE.sub(lambda found: f"_{ord(found[0]):x}_", name)
    return slug if len(slug) <= _LONGEST else f"{slug[:40]}_{sha256(name.encode('utf-8', 'replace')).hexdigest()[:16]}"


def dispute_anchor(node_id: str) -> str:
    """The id of a disagreement in the list of them."""
    return f"d-{node_id}"


def json_beside(path: str) -> str:
    """The JSON beside a page, one for all parts of a long one: `nodes/an-id.json`, `open.json`; empty for the page of unknown addresses.

    What a map draws is in the JSON of its topic.
    """
    if path == LOST:
        return ""
    folder, slash, name = path.rpartition("/")
    page = f"{'topics' if folder == 'maps' else folder}{slash}{name.partition('.')[0]}.html"
    return _SHARED_JSON.get(page, f"{page.removesuffix('html')}json")


@cache
def site_url(url: str | None) -> str:
    """The address with which all others of a published site begin, from `url` of `kb.yaml`; empty if that is no web address."""
    if url is None or not url.startswith(("https://", "http://")):
        return ""
    plain = url.partition("#")[0].partition("?")[0].removesuffix(HOME)
    scheme, _, rest = plain.partition("://")
    host, _, path = rest.strip("/").partition("/")
    return f"{scheme}://{_ascii_host(host)}/{quote(f'{path}/', safe=_UNQUOTED) if path else ''}"


def canonical_url(url: str | None, path: str) -> str:
    """Where a page is once it is published, the front page at the address of the site itself; empty if `url` is not given."""
    site = site_url(url)
    return site + ("" if path == HOME else path) if site else ""


def _ascii_host(name: str) -> str:
    """The name of a host in the ASCII form in which browsers ask for it."""
    try:
        host = name if name.isascii() else name.encode("idna").decode()
    except UnicodeError:
        host = name
    return quote(host, safe=_UNQUOTED)


def root(path: str) -> str:
    """The relative address of the root of the site on a page: empty, or `../`."""
    return "../" * path.count("/")


def relative_link(page: str, path: str) -> str:
    """The relative address of another file on a page; empty if there is no `path`."""
    folder, _, name = path.rpartition("/")
    return name if page.rpartition("/")[0] == folder or not path else root(page) + path


def nth_part(path: str, number: int) -> str:
    """The address of a further part of a long page: `nodes.html`, `nodes.2.html` …; no id holds a dot."""
    stem, dot, suffix = path.rpartition(".")
    return path if number == 1 else f"{stem}.{number}{dot}{suffix}"
