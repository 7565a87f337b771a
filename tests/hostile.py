"""A debate that means harm: every text tries to become markup, a script, a path, or an unreadable page."""

from __future__ import annotations

import json

MARKUP = '<script>alert(1)</script><img src=x onerror="alert(2)">{{ 7919*7919 }}{% for x in y %} &amp; </svg></style> "\' --> ]]>'
LINKS = (
    "[click](javascript:alert(3)) ![pic](https://evil.example/p.png) [ok](https://good.example/?a=1&b=2) <b>bold</b>"
)
LETTERS = "\u202eesrever\u202c \u200b\ufeff שלום עולם مرحبا 你好世界 e\u0301 \U0001f469\u200d\U0001f52c"
LONG = "W" * 400
ALL = f"{MARKUP} {LINKS} {LETTERS} {LONG}"


def quoted(text: str) -> str:
    """A text as a YAML scalar that keeps every character."""
    return json.dumps(text, ensure_ascii=False)


DEBATE = f"""
## kb.yaml
title: {quoted("Title " + ALL)}
description: {quoted(ALL)}
language: '"><script>'
main: [asked]
## participants/eve.yaml
name: {quoted("Eve " + ALL)}
role: {quoted(ALL)}
url: "https://good.example/\\"onmouseover=alert(1)"
attribution: {{status: unconfirmed, note: {quoted(ALL)}}}
note: {quoted(ALL)}
## participants/bob.yaml
name: Bob
## sources/talk.yaml
title: {quoted(ALL)}
type: {quoted(MARKUP)}
date: {quoted(MARKUP)}
authors: [{quoted(ALL)}]
url: https://good.example/?q=%3Cscript%3E
note: {quoted(ALL)}
passages:
  - id: c1
    by: eve
    date: {quoted(MARKUP)}
  - id: c2
    by: bob
    replies_to: c1
    skip: {quoted(ALL)}
  - id: c3.1
    by: bob
    replies_to: c1
    items: 3
## terms/word.yaml
term: {quoted("Word " + ALL)}
senses:
  - id: one
    text: {quoted(ALL)}
    by: eve
    source: talk c1
note: {quoted(ALL)}
## ..hidden/topic.yaml
title: never read
## Ünsäfe & <b>/topic.yaml
title: {quoted(ALL)}
description: {quoted(ALL)}
## Ünsäfe & <b>/nodes.yaml
id: asked
kind: question
title: {quoted("Asked " + ALL)}
text: {quoted(ALL)}
source: talk c1
---
id: main
kind: claim
title: {quoted(ALL)}
text: {quoted("Yes " + ALL)}
source: talk c1
answers: asked
terms: [word/one]
tags: [{quoted(MARKUP)}]
note: {quoted(ALL)}
---
id: thread
kind: objection
text: {quoted("No " + ALL)}
source: talk c3.1.1
attacks:
  - to: main
    note: {quoted(ALL)}
---
id: index
kind: claim
text: {quoted("Because " + ALL)}
source: talk c1
supports: {{to: main, with: [other]}}
---
id: other
kind: claim
text: {quoted("And because " + ALL)}
source: talk c1
---
id: con
kind: objection
text: {quoted("It does not follow: " + ALL)}
source: talk c3.1.2
undercuts: index -> main
"""
