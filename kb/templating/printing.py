"""What compiled templates use while they run: how a value is printed, macros, and the fields of a page."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from jinja2.utils import missing
from markupsafe import Markup, escape

from kb.publishing.markup import as_markup

if TYPE_CHECKING:
    from collections.abc import Callable

_KEPT = 4_096
"""How many texts have their escaped form remembered, since addresses, names and words come up on many pages."""


def printable(value: object) -> str:
    """A value as it is printed: markup as it is, the text of everything else escaped."""
    if type(value) is Markup:
        return value
    return _escaped(value) if type(value) is str else escape(value)


@lru_cache(maxsize=_KEPT)
def _escaped(text: str) -> str:
    return str(escape(text))


class PrintedMacro:
    """A macro: a function of its arguments, in order or by name, that gives markup."""

    __slots__ = ("_name", "_names", "put")

    def __init__(self, put: Callable[..., None], name: str, names: tuple[str, ...]) -> None:
        """`put` takes a list to print into and all arguments; it fills in those that are missing."""
        self.put = put
        self._name = name
        self._names = names

    def __call__(self, *given: object, **named: object) -> Markup:
        """The markup for these arguments; TypeError if the macro does not take them."""
        if len(given) < len(self._names):
            given += tuple([named.pop(name, missing) for name in self._names[len(given) :]])
        if named or len(given) > len(self._names):
            message = f"`{self._name}` takes ({', '.join(self._names)}), nothing else"
            raise TypeError(message)
        printed: list[str] = []
        self.put(printed, *given)
        return as_markup("".join(printed))


class Fields(dict[str, object]):
    """What a page is given, by name."""

    def __missing__(self, name: str) -> object:
        """Jinja's sign for a name without a value."""
        return missing
