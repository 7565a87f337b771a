"""Take fields out of a YAML mapping, in the shape a record needs; whatever does not fit becomes a fault at its place."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from sys import intern
from typing import TYPE_CHECKING

from kb.finding import Fault, Fix, Place, Span
from kb.model import Citation
from kb.reading.remedies import DataMove, EntryRemoval, ListUnwrapping
from kb.reading.values import Mapping, Scalar, Sequence, Unread
from kb.spelling import respelling, unquoting
from kb.suggest import nearest, one_of, places_hint
from kb.vocabulary import RELATIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kb.finding import Related, Remedy
    from kb.reading.values import Value

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
"""Kebab-case: safe as a file name, a URL and a word on the command line."""
MAX_ID = 80
ID_HELP = "ids are lower-case words joined by hyphens (a-z, 0-9), as in `planning-may-emerge`; at most 80 characters"
ALLOW = "a reason for each rule, as in `rule-name: reason`"

_FLAG = re.compile("true|True|TRUE|false|False|FALSE")
_NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,9})?")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
"""Every number of YAML 1.2 (core schema, section 10.3.2) that is neither infinite nor in another base than ten."""
_WHOLE = re.compile(r"[0-9]{1,6}")
_NO_CITATIONS: tuple[Citation, ...] = ()


def is_id(text: str) -> bool:
    """Whether a text can be an id."""
    return len(text) <= MAX_ID and ID.match(text) is not None


def id_like(text: str) -> str:
    """How to write an id; the nearest one to a text that is none."""
    plain = unicodedata.normalize("NFKD", text[: 2 * MAX_ID]).encode("ascii", "ignore").decode().lower()
    near = re.sub("[^a-z0-9]+", "-", plain).strip("-")[:MAX_ID].rstrip("-")
    return f"did you mean `{near}`? {ID_HELP}" if near else ID_HELP


class Fields:
    """The fields of one mapping: asked for one by one, then `finish` reports what nobody asked for."""

    __slots__ = ("faults", "file", "left", "mapping", "node")

    def __init__(self, mapping: Mapping, file: str, node: str | None, faults: list[Fault]) -> None:
        """Read from `mapping`; faults are appended to `faults`."""
        self.mapping = mapping
        self.file = file
        self.node = node
        self.faults = faults
        self.left = dict.fromkeys(mapping.keys)

    # -- reporting ---------------------------------------------------------------------------------------------

    def fault(
        self,
        rule: str,
        message: str,
        span: Span,
        help_text: str = "",
        related: tuple[Related, ...] = (),
        mended: Fix | Remedy | None = None,
    ) -> None:
        """Report something at a place in this file."""
        fix, remedy = (mended, None) if isinstance(mended, Fix) else (None, mended)
        self.faults.append(Fault(rule, message, self.file, span, help_text, self.node, related, fix, remedy))

    def _report_wrong_type(
        self, name: str, value: Value, want: str, mended: Fix | Remedy | None = None, *, needed: bool = False
    ) -> None:
        actual = {Mapping: "a mapping", Sequence: "a list"}.get(type(value), "")
        if isinstance(value, Scalar):
            actual = f"`{value.text[:40]}`" if value.text.strip() and not value.is_null else "nothing"
            span = value.span if actual != "nothing" else self.mapping.keys[name].span
        else:
            span = self.mapping.keys[name].span if name in self.mapping.keys else value.span
        message, help_text = (
            f"`{name}` has {actual} where {want} belongs",
            f"give {want}{'' if needed else ', or leave it out'}",
        )
        self.fault("wrong-type", message, span, help_text, mended=mended)

    def missing(self, name: str, record: str, help_text: str = "") -> None:
        """Report a required field that is not there, at the first line of the record; not if it is only misspelt."""
        if any(nearest(written, (name,)) for written in self.left):
            return
        first = next(iter(self.mapping.keys.values()), None)
        span = first.span if first else Span(1, 1, 1, 1)
        self.fault("missing-field", f"{record} needs `{name}`", span, help_text or f"add `{name}:`")

    def finish(self, record: str, known: Iterable[str]) -> None:
        """Report every field that nobody took."""
        for name in self.left:
            span = self.mapping.keys[name].span
            near = nearest(name, known)
            fix = respelling(Place(self.file, span), name, name, known) if near not in self.mapping.keys else None
            if near in RELATIONS:
                message, help_text = f"no relation is called `{name}`", f"did you mean `{near}`?"
                self.fault("unknown-relation", message, span, help_text, mended=fix)
            else:
                help_text = f"did you mean `{near}`?" if near else _replacement_help(known)
                apart = DataMove(self.file, self.mapping, name) if not near and "data" in known else None
                self.fault("unknown-field", f"{record} has no field `{name}`", span, help_text, mended=fix or apart)

    # -- mending -----------------------------------------------------------------------------------------------

    def _unwrapping_remedy(self, value: Value) -> Remedy | None:
        """A list of one text where that text belongs."""
        if isinstance(value, Sequence) and len(value.items) == 1 and isinstance(value.items[0], Scalar):
            return ListUnwrapping("write it without brackets", self.file, value)
        return None

    def _unquoting_fix(self, value: Value, fits: Callable[[str], object]) -> Fix | None:
        """A word in quotes that means nothing but what it is without them."""
        if isinstance(value, Scalar) and not value.plain and fits(value.text):
            return unquoting(Place(self.file, value.span), value.text)
        return None

    def _removal_remedy(self, name: str) -> Remedy:
        """An empty field says nothing; but somebody may have wanted to fill it."""
        return EntryRemoval(f"remove `{name}`", self.file, self.mapping, (name,), safe=False)

    # -- taking ------------------------------------------------------------------------------------------------

    def take(self, name: str) -> Value | None:
        """The raw value of a field, now taken."""
        if name in self.left:
            del self.left[name]
            value = self.mapping.values.get(name)
            return None if type(value) is Unread else value
        return None

    def text(self, name: str, want: str = "a text", *, needed: bool = False) -> str | None:
        """A text; an empty one is reported and read as missing."""
        if name not in self.left:
            return None
        value = self.take(name)
        if value is None:
            return None
        text = value.text.strip() if type(value) is Scalar and not value.is_null else ""
        if not text:
            self._report_wrong_type(name, value, want, self._unwrapping_remedy(value), needed=needed)
        return text or None

    def word(
        self, name: str, known: Iterable[str], rule: str, default: str, *, needed: bool = False, what: str = ""
    ) -> str:
        """One word of a table; a misspelt one is reported, as no `what` (or else no `name`) there is, and read as the nearest word."""
        text = self.text(name, _choices_text(tuple(known)), needed=needed)
        if text is None or text in known:
            return intern(text or default)
        span = self.mapping.values[name].span
        fix = respelling(Place(self.file, span), text, text, known)
        self.fault(rule, f"`{text}` is no {what or name}", span, one_of(text, known), mended=fix)
        return nearest(text, known) or default

    def flag(self, name: str) -> bool:
        """True or false, written plainly."""
        written = name in self.left and self._unquoted_text(name, "`true` or `false`", _FLAG.fullmatch)
        return (written or "").lower() == "true"

    def number(self, name: str) -> float | None:
        """A number."""
        text = self._unquoted_text(name, "a number", _NUMBER.fullmatch)
        return None if text is None else float(text)

    def share(self, name: str) -> float | None:
        """A number from 0 to 1, both allowed."""
        text = self._unquoted_text(name, "a number from 0 to 1", _is_share)
        return None if text is None else abs(float(text))

    def integer(self, name: str, most: int) -> int | None:
        """A whole number that is not negative, and not more than this."""
        text = self._unquoted_text(
            name, f"a whole number up to {most}", lambda t: _WHOLE.fullmatch(t) and int(t) <= most
        )
        return None if text is None else int(text)

    def _unquoted_text(self, name: str, want: str, fits: Callable[[str], object]) -> str | None:
        """What stands in a field without quotes, if it has the form that is wanted."""
        value = self.take(name)
        if value is None:
            return None
        if type(value) is Scalar and value.plain and fits(value.text):
            return value.text
        self._report_wrong_type(name, value, want, self._unquoting_fix(value, fits))
        return None

    def items(self, name: str, want: str = "a text or a list of texts") -> list[Value]:
        """The values of a field that takes one or several."""
        value = self.take(name)
        if value is None:
            return []
        if type(value) is Sequence:
            if not value.items:
                self._report_wrong_type(name, value, want, self._removal_remedy(name))
            return [item for item in value.items if type(item) is not Unread]
        if type(value) is Scalar and value.is_null:
            self._report_wrong_type(name, value, want, self._removal_remedy(name))
            return []
        return [value]

    def scalars(self, name: str, want: str = "a text or a list of texts") -> list[Scalar]:
        """The texts of a field that takes one or several."""
        scalars: list[Scalar] = []
        for value in self.items(name, want):
            if type(value) is Scalar and not value.is_null and value.text.strip():
                scalars.append(value)
            else:
                self._report_wrong_type(name, value, want)
        return scalars

    def texts(self, name: str, want: str = "a text or a list of texts") -> tuple[str, ...]:
        """The same as plain texts."""
        if name not in self.left:
            return ()
        return tuple([v.text.strip() for v in self.scalars(name, want)])

    def ids(self, name: str) -> tuple[str, ...]:
        """Ids of other records; whether they exist is for the linter to say."""
        return tuple(map(intern, self.texts(name, "an id or a list of ids")))

    def citations(self, name: str = "source") -> tuple[Citation, ...]:
        """Places in sources: `source-id passage-id`, or a source id alone."""
        if name not in self.left:
            return _NO_CITATIONS
        citations = []
        for value in self.scalars(name, "`source-id passage-id` (with a space between) or a list of these"):
            words = value.text.split()
            if len(words) > 2 or "," in value.text:
                message = f"`{value.text[:60]}` is not one place in a source"
                self.fault("wrong-type", message, value.span, f"give `source-id passage-id`; {places_hint(value.text)}")
            else:
                citations.append(Citation(*map(intern, words)))
        return tuple(citations)

    def pairs(self, name: str, want: str) -> tuple[tuple[str, str], ...]:
        """A mapping from words to texts, as `allow` has it."""
        value = self.take(name)
        if value is None:
            return ()
        if type(value) is not Mapping:
            self._report_wrong_type(name, value, want)
            return ()
        pairs = []
        for key, inner in value.values.items():
            if key not in value.keys:
                continue
            if type(inner) is Scalar and not inner.is_null and inner.text.strip():
                pairs.append((key, inner.text.strip()))
            else:
                self.fault("wrong-type", f"`{name}: {key}` needs a text", value.keys[key].span, f"give {want}")
        return tuple(pairs)

    def data(self) -> tuple[tuple[str, object], ...]:
        """The free mapping, kept verbatim."""
        value = self.take("data")
        if value is None:
            return ()
        if type(value) is not Mapping:
            self._report_wrong_type("data", value, "a mapping")
            return ()
        return tuple((key, _verbatim(value.values[key])) for key in value.keys)


def _is_share(text: str) -> bool:
    return _DECIMAL.fullmatch(text) is not None and 0 <= float(text) <= 1


@cache
def _choices_text(known: tuple[str, ...]) -> str:
    return one_of("", known)


def _replacement_help(known: Iterable[str]) -> str:
    """What to do about a field that is like none there is."""
    fields = tuple(known)
    if len(fields) <= 5:
        return "its fields are " + ", ".join(f"`{field}`" for field in fields)
    return "remove it; what is to be kept without being read goes under `data`"


def _verbatim(value: Value) -> object:
    """Plain Python values (texts, tuples, pairs) of a free field."""
    if isinstance(value, Mapping):
        return {key: _verbatim(value.values[key]) for key in value.keys}
    if isinstance(value, Sequence):
        return [_verbatim(item) for item in value.items]
    return value.text if isinstance(value, Scalar) else None
