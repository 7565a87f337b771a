"""A template as macros only: the page becomes one and each of its blocks another, beside the macros that every page shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from jinja2.nodes import Assign, Block, CallBlock, Const, Extends, FromImport, Macro, Name, Output, Template

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.nodes import Call, Expr, Node

    Arguments = tuple[Expr | None, ...]

PART = "part_of_page_"
"""Begins the names of the macros that blocks become; it is the whole name of that of the page."""
EXTENDED = "extended_template"
"""The variable in which the module of a template names the template that it extends."""
_EXTRA_NAMES = {"caller", "kwargs", "varargs"}
"""What a macro may use besides its named arguments."""
_SPECIAL = _EXTRA_NAMES | {"loop"}


def as_macros(tree: Template, environment: Environment) -> Template:
    """The template as one that only defines macros and says which other template it extends."""
    extended = next((template_name(node.template) for node in tree.body if isinstance(node, Extends)), None)
    beside, inside = _split_body(tree, set(environment.globals))
    first = [node for node in inside if extended or isinstance(node, Macro)]
    parts = [_part_macro(block.name, [*first, *block.body]) for block in tree.find_all(Block)]
    page = _part_macro("", inside) if extended is None else Assign(Name(EXTENDED, "store"), Const(extended), lineno=1)
    template = Template([*beside, *parts, page], lineno=1)
    template.set_environment(environment)
    return template


def _part_macro(name: str, body: list[Node]) -> Macro:
    return Macro(f"{PART}{name}", [], [], body, lineno=1)


def is_part(node: Macro) -> bool:
    """Whether a macro is a part of a page, which looks up by name what the page is given."""
    return node.name.startswith(PART)


def template_name(template: Expr) -> str:
    """The name of the template that is extended or imported; the tool's own templates always write it as a constant."""
    return str(template.as_const())


def signatures(tree: Template) -> dict[str, tuple[str, ...]]:
    """By name the arguments of those macros of a template that use nothing else."""
    return {node.name: arguments(node) for node in tree.body if isinstance(node, Macro) and is_plain(node)}


def arguments(macro: Macro) -> tuple[str, ...]:
    """The names of the arguments of a macro."""
    return tuple(argument.name for argument in macro.args)


def is_plain(node: Macro | CallBlock) -> TypeGuard[Macro]:
    """Whether a macro uses only its named arguments: not the block of its call (`caller`), nor `varargs` or `kwargs`."""
    if isinstance(node, CallBlock):
        return False
    return is_part(node) or not any(name.name in _EXTRA_NAMES for name in node.find_all(Name))


def ordered_arguments(call: Call, names: tuple[str, ...]) -> Arguments | None:
    """The arguments of a call in the order of `names`, None for each missing one; None as a whole if the call gives others."""
    given = dict(zip(names, call.args, strict=False))
    others = {argument.key: argument.value for argument in call.kwargs}
    fits = len(given) == len(call.args) and others.keys() <= set(names[len(given) :])
    if call.dyn_args or call.dyn_kwargs or not fits:
        return None
    return tuple((given | others).get(name) for name in names)


def _split_body(tree: Template, known: set[str]) -> tuple[list[Node], list[Node]]:
    """The statements that are the same for every page (imports, and macros if none uses the page) and the rest; no text if it extends another."""
    keeps_text = not any(isinstance(node, Extends) for node in tree.body)
    body = [node for node in tree.body if keeps_text or not isinstance(node, Block | Extends | Output)]
    imports = [node for node in body if isinstance(node, FromImport)]
    macros = [node for node in body if isinstance(node, Macro)]
    known |= {name if isinstance(name, str) else name[1] for node in imports for name in node.names}
    known |= {macro.name for macro in macros}
    apart = (FromImport, Macro) if all(_free_names(macro) <= known for macro in macros) else FromImport
    return [node for node in body if isinstance(node, apart)], [node for node in body if not isinstance(node, apart)]


def _free_names(macro: Macro) -> set[str]:
    """The names that a macro uses and does not define."""
    names = list(macro.find_all(Name))
    return {n.name for n in names if n.ctx == "load"} - {n.name for n in names if n.ctx != "load"} - _SPECIAL
