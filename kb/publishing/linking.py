"""A template with what it extends: the page becomes one macro, beside those that are the same for every page."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from jinja2.nodes import Block, CallBlock, Extends, FromImport, Macro, Name, Output, Template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from jinja2 import Environment
    from jinja2.nodes import Call, Expr, Node

    Reading = Callable[[str], Template]
    Given = tuple[Expr | None, ...]

PAGE = "whole_page"
"""What the macro is called that a page becomes."""
_MORE = {"caller", "kwargs", "varargs"}
"""What a macro may ask for besides its arguments."""
_SPECIAL = _MORE | {"loop"}


def linked(tree: Template, read: Reading, environment: Environment) -> Template:
    """A template that does nothing but define macros; `read` gives the template of a name."""
    beside, body = _parted(list(_joined(tree, read, {})), set(environment.globals))
    page = Macro(PAGE, [], [], body, lineno=1)
    made = Template([*beside, page], lineno=1)
    made.set_environment(environment)
    return made


def named(template: Expr) -> str:
    """The template that one extends or imports: ours say it outright."""
    return str(template.as_const())


def signatures(tree: Template) -> dict[str, tuple[str, ...]]:
    """The arguments of the macros of a template, of those that ask for nothing else."""
    return {node.name: arguments(node) for node in tree.body if isinstance(node, Macro) and is_plain(node)}


def arguments(macro: Macro) -> tuple[str, ...]:
    """The names of what a macro is given."""
    return tuple(argument.name for argument in macro.args)


def is_plain(node: Macro | CallBlock) -> TypeGuard[Macro]:
    """Whether a macro asks for its arguments alone: neither for what stands between its call and the end of it, nor for whatever it gets."""
    if isinstance(node, CallBlock):
        return False
    return node.name == PAGE or not any(name.name in _MORE for name in node.find_all(Name))


def in_order(call: Call, names: tuple[str, ...]) -> Given | None:
    """The arguments of a call in the order of their names, without those that are missing; None if it gives others."""
    given = dict(zip(names, call.args, strict=False))
    others = {argument.key: argument.value for argument in call.kwargs}
    fits = len(given) == len(call.args) and others.keys() <= set(names[len(given) :])
    if call.dyn_args or call.dyn_kwargs or not fits:
        return None
    return tuple((given | others).get(name) for name in names)


def _joined(tree: Template, read: Reading, inner: Mapping[str, Block]) -> Iterator[Node]:
    """What a template says, with what it extends around it; in its blocks stands what those have that extend it (`inner`)."""
    blocks = {**{block.name: block for block in tree.find_all(Block)}, **inner}
    above = next((node.template for node in tree.body if isinstance(node, Extends)), None)
    if above is None:
        yield from _filled(tree.body, blocks)
    else:
        yield from (node for node in tree.body if not isinstance(node, Block | Extends | Output))
        yield from _joined(read(named(above)), read, blocks)


def _filled(body: Iterable[Node], blocks: Mapping[str, Block]) -> Iterator[Node]:
    for node in body:
        if isinstance(node, Block):
            yield from _filled(blocks[node.name].body, blocks)
        else:
            yield node


def _parted(body: list[Node], known: set[str]) -> tuple[list[Node], list[Node]]:
    """What is the same for every page, as are macros that know nothing of it, and the rest."""
    imports = [node for node in body if isinstance(node, FromImport)]
    macros = [node for node in body if isinstance(node, Macro)]
    known |= {name if isinstance(name, str) else name[1] for node in imports for name in node.names}
    known |= {macro.name for macro in macros}
    apart = (FromImport, Macro) if all(_free(macro) <= known for macro in macros) else FromImport
    return [node for node in body if isinstance(node, apart)], [node for node in body if not isinstance(node, apart)]


def _free(macro: Macro) -> set[str]:
    """The names that a macro uses and does not define."""
    names = list(macro.find_all(Name))
    return {n.name for n in names if n.ctx == "load"} - {n.name for n in names if n.ctx != "load"} - _SPECIAL
