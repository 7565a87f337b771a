"""Templates as Python that is run ten thousand times: what Jinja finds out anew for each value is settled when a template is compiled.

Templates say what they always can say, and all that is printed is escaped. But a value that lacks what is asked of it is an error at
once, and what is called is called as it stands: no function of a template gets to see Jinja's own context.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache, Environment
from jinja2.compiler import CodeGenerator
from jinja2.nodes import Call, Const, Name, TemplateData
from jinja2.utils import missing
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import CodeType

    from jinja2 import nodes
    from jinja2.bccache import Bucket
    from jinja2.compiler import Frame, MacroRef

    from kb.publishing.messages import Pieces

_KEPT = 65_536
"""Texts whose escaped form is remembered: addresses, names and words come up on many pages."""
_as_markup: Callable[[str], Markup] = partial(str.__new__, Markup)


def shown(value: object) -> str:
    """What is printed of a value: of markup itself, of everything else the text, escaped."""
    if type(value) is Markup:
        return value
    return _escaped(value) if type(value) is str else escape(value)


@lru_cache(maxsize=_KEPT)
def _escaped(text: str) -> str:
    return str(escape(text))


class Piece:
    """A macro: a function of its arguments, in order or by name, that gives markup."""

    __slots__ = ("_made", "_name", "_names")

    def __init__(self, made: Callable[..., str], name: str, names: tuple[str, ...]) -> None:
        """`made` takes all arguments, and fills in those that are missing."""
        self._made = made
        self._name = name
        self._names = names

    def __call__(self, *given: object, **named: object) -> Markup:
        """The piece for these arguments."""
        if len(given) < len(self._names):
            given += tuple([named.pop(name, missing) for name in self._names[len(given) :]])
        if named or len(given) > len(self._names):
            message = f"`{self._name}` takes ({', '.join(self._names)}), nothing else"
            raise TypeError(message)
        return _as_markup(self._made(*given))


class Compiler(CodeGenerator):
    """Writes what templates say as Python."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - as Jinja calls it
        """The module of a template knows what is above."""
        self.writeline(f"from {__name__} import {shown.__name__}, {Piece.__name__}")
        super().visit_Template(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - as Jinja calls it
        """An attribute of a record."""
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 - as Jinja calls it
        """A call with what stands in it, and nothing else."""
        if forward_caller or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """A macro, as a function unless it asks for more than its arguments."""
        if macro_ref.accesses_caller or macro_ref.accesses_kwargs or macro_ref.accesses_varargs:
            super().macro_def(macro_ref, frame)
            return
        names = tuple(argument.name for argument in macro_ref.node.args)
        self.write(f"{Piece.__name__}(macro, {getattr(macro_ref.node, 'name', '')!r}, {names!r})")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        """Print a value."""
        del node, frame, finalize
        self.write(f"{shown.__name__}(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        del node, frame, finalize
        self.write(")")


class Inserting(NodeTransformer):
    """Puts messages into what a template prints: a message that does not count is the same on every page but for its values."""

    def __init__(self, messages: Mapping[str, Callable[[str], Pieces]]) -> None:
        """`messages` has by the name of a function of templates what takes apart the messages it says."""
        self._messages = messages

    def visit_Output(self, node: nodes.Output) -> nodes.Output:  # noqa: N802 - as Jinja calls it
        """Everything printed between two statements."""
        self.generic_visit(node)
        node.nodes = [part for child in node.nodes for part in self._parts(child)]
        return node

    def _parts(self, node: nodes.Expr) -> Iterator[nodes.Expr]:
        match node:
            case Call(node=Name(name=name), args=[Const(value=key)], kwargs=given) if name in self._messages:
                values = {keyword.key: keyword.value for keyword in given}
                if "n" not in values:
                    yield from _printed(self._messages[name](key), values)
                    return
        yield node


def _printed(pieces: Pieces, values: Mapping[str, nodes.Expr]) -> Iterator[nodes.Expr]:
    for text, name in pieces:
        yield TemplateData(text)
        if name is not None:
            yield values[name]


class Compiled(Environment):
    """Where templates are compiled."""

    code_generator_class = Compiler
    messages: Mapping[str, Callable[[str], Pieces]] = {}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        found = super()._parse(source, name, filename)
        Inserting(self.messages).visit(found)
        return found


_COMPILED: dict[tuple[object, ...], CodeType] = {}


class Once(BytecodeCache):
    """Templates that this process compiled before: who builds a site with every save compiles only what was changed."""

    def __init__(self, *settled: object) -> None:
        """`settled` is all that compiled templates depend on besides their text."""
        self._settled = settled

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what is there."""
        bucket.code = _COMPILED.get((*self._settled, bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was made."""
        if bucket.code is not None:
            _COMPILED[(*self._settled, bucket.key, bucket.checksum)] = bucket.code
