"""Compiled templates: what they print, what they refuse, and that they print what Jinja itself would."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError
from markupsafe import Markup, escape

from kb.templating.compiling import CompilingEnvironment
from kb.templating.printing import printable

if TYPE_CHECKING:
    from kb.publishing.messages import Pieces

HOSTILE = '<script>alert(1)</script> & "it\'s"'


class Point(NamedTuple):
    """Something with a field."""

    text: object


def compiled(text: str, **given: object) -> str:
    """What a template prints, which must be the same as by Jinja alone."""
    ours, theirs = (
        kind(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
        for kind in (CompilingEnvironment, Environment)
    )
    found = ours.from_string(text).render(given)
    assert found == theirs.from_string(text).render(given)
    return found


@pytest.mark.parametrize(
    "text",
    [
        "{{ x }}",
        "{{ point.text }}",
        "{% macro one(x) %}{{ x }}{% endmacro %}{{ one(x) }}",
        "{% macro one(x) %}{{ x }}{% endmacro %}{{ one(x=point.text) }}",
        "{% macro one(a, x='none') %}{{ a }}{{ x }}{% endmacro %}{{ one(1) }}{{ one(x, x) }}{{ one(a=x, x=x) }}",
        "{% macro one() %}<b>{{ caller() }}</b>{% endmacro %}{% call one() %}{{ x }}{% endcall %}",
        "{% macro one() %}{{ varargs|join }}{% endmacro %}{{ one(x, x) }}",
        "{% for y in [x, x] %}{% if not loop.first %}, {% endif %}{{ loop.index }}{{ y }}{% endfor %}",
        "{{ x ~ '<i>' }}",
        "{{ x if x else '<i>' }}",
        "{{ x|upper }}",
        "{% set y = x %}{{ y }}",
        "{% set y %}{{ x }}{% endset %}{{ y }}",
        "{% block main %}{{ x }}{% endblock %}",
    ],
)
@pytest.mark.parametrize("value", [HOSTILE, Markup("<b>bold</b>"), 7, None, ["<"], 1.5])
def test_whatever_is_printed_is_escaped_unless_it_is_markup(text: str, value: object) -> None:
    found = compiled(text, x=value, point=Point(value))
    assert "<script>" not in found.lower()
    assert "<b>bold</b>" not in found or isinstance(value, Markup) or "caller" in text


def test_markup_is_not_taken_for_the_same_letters_as_text() -> None:
    for value in (Markup("<b>"), "<b>", Markup("<b>"), "<b>"):
        assert printable(value) == ("<b>" if isinstance(value, Markup) else "&lt;b&gt;")


@pytest.mark.parametrize("text", ["{{ y }}", "{{ x.y }}", "{{ y.z }}", "{{ y() }}", "{% for z in y %}{% endfor %}"])
def test_a_name_that_is_not_there_is_an_error(text: str) -> None:
    with pytest.raises((UndefinedError, AttributeError)):
        CompilingEnvironment(autoescape=True, undefined=StrictUndefined).from_string(text).render(x="x")


BASE = "<title>{% block title %}?{% endblock %}</title>{% if x %}{{ x }}{% endif %}{% block main %}{% endblock %}"
MACROS = """
{% macro bold(item, last=true) %}<b>{{ item }}{{ mark }}{% if last %}.{% endif %}</b>{% endmacro %}
{% macro all(items) %}{% for item in items %}{{ bold(item, last=loop.last) }}{{ inner(item) }}{% endfor %}{% endmacro %}
{% macro inner(item) %}{% if item == "a" %}{{ inner("b") }}{% else %}{{ item }}{% endif %}{% endmacro %}
{% macro open() %}{{ caller() }}{% endmacro %}
"""


@pytest.mark.parametrize(
    "text",
    [
        '{% extends "base" %}',
        '{% extends "base" %}{% block main %}{{ x }}{% endblock %}',
        '{% extends "middle" %}{% block main %}{% for one in [x, y] %}{{ one }}{% endfor %}{% endblock %}',
        '{% extends "base" %}{% set z = [x] %}{% block main %}{{ z[0] }}{% endblock %}',
        "{% if x %}{% block one %}{{ x }}{% endblock %}{% endif %}{% block two %}{{ y }}{% endblock %}",
        '{% extends "base" %}{% macro own() %}{{ x }}{% endmacro %}{% block main %}{{ own() }}{% endblock %}',
        '{% extends "base" %}{% from "macros" import bold as strong %}{% block main %}{{ strong(x) }}{% endblock %}',
        '{% from "macros" import bold %}{{ bold(x, false) }}{{ bold(last=false, item=x) }}{{ bold(x) ~ bold(y) }}',
        '{% from "macros" import all %}{{ all(["a", "<", x]) }}{% set made = all([x]) %}{{ made }}',
        '{% from "macros" import bold %}{% for bold in [x, y] %}{{ bold }}{% endfor %}{{ bold(x) }}',
        '{% from "macros" import open %}{% call open() %}{{ x }}{% endcall %}',
        "{% macro one(mark) %}{{ mark }}{{ other(mark) }}{% endmacro %}{% macro other(it) %}{{ it }}{{ x }}{% endmacro %}{{ one(y) }}",
    ],
)
def test_templates_that_extend_and_import_others_print_what_they_print_in_jinja(text: str) -> None:
    texts = {
        "base": BASE,
        "middle": '{% extends "base" %}{% block title %}{{ y }}{% block inner %}{{ x }}{% endblock %}{% endblock %}',
        "macros": MACROS,
        "page": text,
    }
    ours, theirs = (
        kind(autoescape=True, undefined=StrictUndefined, loader=DictLoader(texts))
        for kind in (CompilingEnvironment, Environment)
    )
    for made in (ours, theirs):
        made.globals["mark"] = "<!>"
    for x in (HOSTILE, Markup("<i>"), ""):
        assert ours.get_template("page").render(x=x, y="<y>") == theirs.get_template("page").render(x=x, y="<y>")


@pytest.mark.parametrize("call", ["one(1, 2)", "one(b=1)", "one(1, a=1)"])
def test_a_macro_takes_what_it_asks_for(call: str) -> None:
    text = f"{{% macro one(a) %}}{{{{ a }}}}{{% endmacro %}}{{{{ {call} }}}}"
    with pytest.raises(TypeError, match=r"`one` takes \(a\), nothing else"):
        CompilingEnvironment(autoescape=True).from_string(text).render()


@pytest.mark.parametrize(
    ("template", "printed"),
    [
        ('<p>{{ say("a.b") }}</p>', "<p>a &amp; b</p>"),
        ('{{ say("a.by", who=x) }}', f"by {escape('<i>')}!"),
        ('{{ prose("a.by", who=x) }}', "<em>by</em> &lt;i&gt;"),
        ('{% set both = say("a.by", who=say("a.b")) %}{{ both }}', "called"),
        ('{{ say("a.b", n=x) }}', "a &amp; b"),
        ('{{ say("a.count", n=2) }}', "called"),
    ],
)
def test_messages_with_one_form_are_put_into_what_is_printed(template: str, printed: str) -> None:
    texts: dict[str, Pieces] = {
        "a.b": ((Markup("a &amp; b"), None),),
        "a.by": ((Markup("by "), "who"), (Markup("!"), None)),
    }
    made = CompilingEnvironment(autoescape=True, undefined=StrictUndefined)
    made.counting = ["a.count"]
    made.messages = {"say": texts.__getitem__, "prose": lambda _: ((Markup("<em>by</em> "), "who"),)}
    made.globals.update(say=lambda *_, **__: "called")
    assert made.from_string(template).render(x="<i>") == printed
