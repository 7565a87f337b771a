"""Sites as programs read them: of the worked example, of a hostile debate, and of one that is published; and the entries of a feed."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import kb

if TYPE_CHECKING:
    from kb.output.links import Output

STARTER = Path(kb.__file__).parent / "starter"
ATOM = "{http://www.w3.org/2005/Atom}"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)\Z")
SKY = """
## participants/ann.yaml
name: Ann
## participants/bob.yaml
name: Bob
## sources/letter.yaml
title: A letter
passages:
- {id: p1, by: ann}
- {id: p2, by: bob}
## talk/nodes.yaml
id: asked
kind: question
text: What colour is it?
"""
"""Two people, a letter with a passage of each, and a question, the last of its file."""
PUBLISHED = """
## kb.yaml
title: Fees & fines
url: https://debates.example/fees
main: [fees]
## participants/ada.yaml
name: Ada <Lovelace>
## sources/minutes.yaml
title: Minutes
date: 2025-03
passages:
- {id: m1, by: ada}
- {id: m2, by: ada, date: 2025-03-04}
- {id: m3, by: ada, date: "2025-03-04 18:30+02:00"}
- {id: m4, by: ada, date: 2025-02-30}
## talk/nodes.yaml
id: fees
kind: question
text: Should fees go?
---
id: first
kind: claim
text: They should.
source: minutes m1
answers: fees
---
id: second
kind: claim
text: They bring books back, says [a study](https://good.example/).
source: minutes m2
supports: first
---
id: third
kind: objection
text: That does not follow.
source: minutes m3
undercuts: second -> first
---
id: fourth
kind: claim
text: No such day.
source: minutes m4
---
id: remark
kind: claim
text: An editor's remark, on the second.
in_context_of: second
"""


def built(outputs: list[Output]) -> dict[str, str]:
    """The files of a site that are text."""
    return {o.path: o.content if isinstance(o.content, str) else o.content.decode() for o in outputs if is_text(o.path)}


def is_text(path: str) -> bool:
    return path.endswith((".html", ".json", ".jsonld", ".xml", ".txt"))


# -- feeds ---------------------------------------------------------------------------------------------------------------


def entries(text: str) -> dict[str, ET.Element]:
    """The entries of a feed by title; checks that what RFC 4287 requires is there, and only once."""
    feed = ET.fromstring(text)
    assert feed.tag == f"{ATOM}feed"
    found = feed.findall(f"{ATOM}entry")
    for element in (feed, *found):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
        assert RFC_3339.match(element.findtext(f"{ATOM}updated") or "")
        assert re.match(
            r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", name_of(element)
        )
        assert len(element.findall(f"{ATOM}link[@rel='alternate']")) == 1
        assert all((author.findtext(f"{ATOM}name") or "").strip() for author in element.findall(f"{ATOM}author"))
    assert len(feed.findall(f"{ATOM}author")) == 1, "entries without a speaker have the author of the feed"
    names = [name_of(element) for element in (feed, *found)]
    assert len(set(names)) == len(names)
    times = [datetime.fromisoformat(element.findtext(f"{ATOM}updated") or "") for element in found]
    assert times == sorted(times, reverse=True)
    return {element.findtext(f"{ATOM}title") or "": element for element in found}


def name_of(element: ET.Element) -> str:
    return element.findtext(f"{ATOM}id") or ""
