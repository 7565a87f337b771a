"""Messages put into the templates that say them, since a message with only one form differs from page to page only in its values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2.nodes import Call, Const, Name, TemplateData
from jinja2.visitor import NodeTransformer

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from jinja2 import nodes

    from kb.publishing.messages import Pieces


class MessageInliner(NodeTransformer):
    """Puts messages into what a template prints."""

    def __init__(self, messages: Mapping[str, Callable[[str], Pieces]], counting: Collection[str]) -> None:
        """`messages` has, by the name of a function of templates, the function that takes apart the messages it says.

        `counting` has the keys of those messages that have another form for another number.
        """
        self._messages = messages
        self._counting = counting

    def visit_Output(self, node: nodes.Output) -> nodes.Output:  # noqa: N802 - as Jinja calls it
        """Everything printed between two statements."""
        self.generic_visit(node)
        node.nodes = [part for child in node.nodes for part in self._inlined(child)]
        return node

    def _inlined(self, node: nodes.Expr) -> Iterator[nodes.Expr]:
        match node:
            case Call(node=Name(name=name), args=[Const(value=key)], kwargs=given) if name in self._messages:
                if key not in self._counting:
                    values = {keyword.key: keyword.value for keyword in given}
                    yield from _message_nodes(self._messages[name](key), values)
                    return
        yield node


def _message_nodes(pieces: Pieces, values: Mapping[str, nodes.Expr]) -> Iterator[nodes.Expr]:
    for text, name in pieces:
        yield TemplateData(text)
        if name is not None:
            yield values[name]
