"""The sandbox of a debate's own templates, without those ways to make markup of a text that Jinja's sandbox leaves open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2.filters import do_indent
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Mapping

_UNESCAPED = frozenset({"translate"})
"""Methods of markup that insert a text without escaping it."""


class TemplateSandbox(ImmutableSandboxedEnvironment):
    """Jinja's environment for templates that may come from elsewhere."""

    def __init__(self, **options: object) -> None:
        """Jinja's sandbox without what lets a text through unescaped."""
        super().__init__(**options)
        del self.filters["safe"]
        self.filters["indent"] = _indent
        self.globals["namespace"] = SafeNamespace

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Whether a template may use an attribute."""
        return not (isinstance(obj, Markup) and attr in _UNESCAPED) and super().is_safe_attribute(obj, attr, value)


class SafeNamespace(Namespace):
    """What a template keeps from one turn of a loop to the next; the name `__html__` is refused, as it would pass off a text as markup."""

    def __init__(self, *given: Mapping[str, object], **named: object) -> None:
        """Begin with these values by name."""
        super().__init__()
        for name, value in dict(*given, **named).items():
            self[name] = value

    def __setitem__(self, name: str, value: object) -> None:
        """Keep a value under a name; ValueError if that begins with `_`."""
        if str(name).startswith("_"):
            message = f"`{name}`: no name of a namespace begins with `_`"
            raise ValueError(message)
        super().__setitem__(name, value)


def _indent(text: str, width: int | str = 4, first: bool = False, blank: bool = False) -> str:
    """A text with its lines indented; the indent is escaped if the text is markup."""
    before = escape(width) if isinstance(width, str) and isinstance(text, Markup) else width
    return do_indent(text, before, first, blank)
