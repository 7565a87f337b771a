"""The sandbox of a debate's own templates: what Jinja leaves open there for a text of the debate to become markup is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2.filters import do_indent
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Mapping

_UNESCAPED = frozenset({"translate"})
"""Methods of markup that put in a text as it stands."""


class Fenced(ImmutableSandboxedEnvironment):
    """Where templates that may come from elsewhere are run."""

    def __init__(self, **options: object) -> None:
        """As Jinja's own, without what lets a text through."""
        super().__init__(**options)
        del self.filters["safe"]
        self.filters["indent"] = _indent
        self.globals["namespace"] = Names

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Whether a template may ask for this."""
        return not (isinstance(obj, Markup) and attr in _UNESCAPED) and super().is_safe_attribute(obj, attr, value)


class Names(Namespace):
    """What a template keeps from one turn of a loop to the next; `__html__` among its names would pass off a text as markup."""

    def __init__(self, *given: Mapping[str, object], **named: object) -> None:
        """Each name with its first value."""
        super().__init__()
        for name, value in dict(*given, **named).items():
            self[name] = value

    def __setitem__(self, name: str, value: object) -> None:
        """Keep a value under a name."""
        if str(name).startswith("_"):
            message = f"`{name}`: no name of a namespace begins with `_`"
            raise ValueError(message)
        super().__setitem__(name, value)


def _indent(text: str, width: int | str = 4, first: bool = False, blank: bool = False) -> str:
    """The lines of a text, moved in; what stands before those of markup is escaped."""
    before = escape(width) if isinstance(width, str) and isinstance(text, Markup) else width
    return do_indent(text, before, first, blank)
