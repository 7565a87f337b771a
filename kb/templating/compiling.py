"""Templates as Python that is run ten thousand times: what Jinja would look up for each value is settled when a template is compiled.

The language of templates is Jinja's, and all that is printed is escaped. But an attribute that a value lacks is an error at once, and
calls are plain: no function that a template calls can see Jinja's context. A page and each of its blocks are functions of what the page
is given; a macro prints into the page at once, and not into a text of its own that is then copied.
"""

from __future__ import annotations

from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from jinja2 import Environment, Template
from jinja2.compiler import CodeGenerator, MacroRef
from jinja2.nodes import Call, Name, Output

from kb.templating.inlining import MessageInliner
from kb.templating.macros import (
    EXTENDED,
    PART,
    arguments,
    as_macros,
    is_part,
    is_plain,
    ordered_arguments,
    signatures,
    template_name,
)
from kb.templating.printing import Fields, PrintedMacro, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from jinja2 import nodes
    from jinja2.compiler import Frame

    from kb.publishing.messages import Pieces
    from kb.templating.macros import Arguments

_PART_ARGUMENTS = ("resolve", "blocks")
"""What a part of a page is given: Jinja's function that gives the value of a name, and all blocks by name."""
_MISSING = "missing"
"""Jinja's name for the value of an argument that was not given."""


class Compiler(CodeGenerator):
    """Writes a template as Python."""

    environment: CompilingEnvironment

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - as Jinja calls it
        """A template, with what its module imports."""
        self._argument_names: dict[str, tuple[str, ...]] = {}
        """By the Python name of a macro the names of its arguments."""
        self._shared = sorted({name.name for name in node.find_all(Name)}.intersection(self.environment.globals))
        self.writeline(f"from {printable.__module__} import {printable.__name__}, {PrintedMacro.__name__}")
        super().visit_Template(node, frame)

    def enter_frame(self, frame: Frame) -> None:
        """Enter a scope; what all templates share is looked up once in a template, not by each macro that uses it."""
        if frame.rootlevel:
            for name in self._shared:
                frame.symbols.load(name)
        super().enter_frame(frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - as Jinja calls it
        """An attribute of a record."""
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 - as Jinja calls it
        """A plain call with the written arguments, without Jinja's context."""
        if forward_caller or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def visit_Block(self, node: nodes.Block, frame: Frame) -> None:  # noqa: N802 - as Jinja calls it
        """A block as the printed template has it, which may have replaced that of the template it extends."""
        self.writeline(f"blocks[{node.name!r}]({', '.join((str(frame.buffer), *_PART_ARGUMENTS))})", node)

    def visit_FromImport(self, node: nodes.FromImport, frame: Frame) -> None:  # noqa: N802 - as Jinja calls it
        """Macros of another template, with their printing functions."""
        super().visit_FromImport(node, frame)
        signatures = self.environment.signatures(template_name(node.template))
        for name, alias in (name if isinstance(name, tuple) else (name, name) for name in node.names):
            if name in signatures:
                self._argument_names[frame.symbols.ref(alias)] = signatures[name]
                self.writeline(f"put_{frame.symbols.ref(alias)} = {frame.symbols.ref(alias)}.put")

    def macro_body(self, node: nodes.Macro | nodes.CallBlock, frame: Frame) -> tuple[Frame, MacroRef]:
        """A macro that uses only its arguments as a function that prints into a given list; any other as Jinja has it."""
        if not is_plain(node):
            return super().macro_body(node, frame)
        ref, inner = frame.symbols.ref(node.name), frame.inner()
        self._argument_names[ref] = arguments(node)
        inner.require_output_check = False
        inner.buffer = "printed"
        inner.symbols.analyze_node(node)
        given = _PART_ARGUMENTS if is_part(node) else [inner.symbols.ref(name) for name in self._argument_names[ref]]
        self.writeline(f"{self.func(f'put_{ref}')}({', '.join(('printed', *given))}):", node)
        self.indent()
        self.enter_frame(inner)
        self._fill_in(node, inner)
        self.blockvisit(node.body, inner)
        self.leave_frame(inner, with_python_scope=True)
        self.outdent()
        return frame, MacroRef(node)

    def _fill_in(self, node: nodes.Macro, frame: Frame) -> None:
        """Give missing arguments their default."""
        self.push_parameter_definitions(frame)
        first = len(node.args) - len(node.defaults)
        for place, argument in enumerate(node.args):
            ref = frame.symbols.ref(argument.name)
            self.writeline(f"if {ref} is {_MISSING}: {ref} = ")
            if place < first:
                self.write(f"undefined(name={argument.name!r})")
            else:
                self.visit(node.defaults[place - first], frame)
            self.mark_parameter_stored(ref)
        self.pop_parameter_definitions()

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """A macro as a value, for calls whose text is used and not just printed."""
        node = macro_ref.node
        if not is_plain(node):
            super().macro_def(macro_ref, frame)
            return
        ref = frame.symbols.ref(node.name)
        self.write(f"{PrintedMacro.__name__}(put_{ref}, {node.name!r}, {self._argument_names[ref]!r})")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802 - as Jinja calls it
        """What is printed between two statements; macros print into the list of the page."""
        puts = {child: put for child in node.nodes if (put := self._printing_call(child, frame)) is not None}
        for is_put, children in groupby(node.nodes, puts.__contains__):
            if is_put:
                for child in children:
                    self._write_call(*puts[child], frame)
            else:
                super().visit_Output(Output(list(children), lineno=node.lineno), frame)

    def _printing_call(self, node: nodes.Expr, frame: Frame) -> tuple[str, Arguments] | None:
        """The macro that an expression calls, and its arguments in order; None if it has to be called as a value."""
        match node:
            case Call(node=Name(name=name)) if frame.buffer is not None:
                ref = frame.symbols.ref(name)
                arguments = ordered_arguments(node, self._argument_names[ref]) if ref in self._argument_names else None
                return None if arguments is None else (ref, arguments)
        return None

    def _write_call(self, ref: str, arguments: Arguments, frame: Frame) -> None:
        self.writeline(f"put_{ref}({frame.buffer}, ")
        for argument in arguments:
            if argument is None:
                self.write(_MISSING)
            else:
                self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        """Escape a value as it is printed."""
        del node, frame, finalize
        self.write(f"{printable.__name__}(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        del node, frame, finalize
        self.write(")")


class PrintedTemplate(Template):
    """A compiled template, whose parts print into one list."""

    environment: CompilingEnvironment

    def render(self, *given: object, **named: object) -> str:
        """The page, from what the template is given."""
        fields, printed = Fields(*given, **named), list[str]()
        try:
            self.parts[""](printed, fields.__getitem__, self.parts)
        except Exception:  # noqa: BLE001 - raised again, with the line of the template
            self.environment.handle_exception()
        return "".join(printed)

    @cached_property
    def parts(self) -> dict[str, Callable[..., None]]:
        """The blocks by name, and as `""` the page; its own replace those of the template that it extends."""
        definitions = vars(self.module)
        own = {name.removeprefix(PART): piece.put for name, piece in definitions.items() if name.startswith(PART)}
        return {**self.environment.parts(definitions[EXTENDED]), **own} if EXTENDED in definitions else own


class CompilingEnvironment(Environment):
    """Jinja's environment, with templates that are compiled this way."""

    code_generator_class = Compiler
    template_class = PrintedTemplate
    messages: Mapping[str, Callable[[str], Pieces]] = {}
    counting: Collection[str] = ()
    """The keys of messages that have another form for another number."""

    @cached_property
    def _trees(self) -> dict[str, nodes.Template]:
        """Templates as they were parsed."""
        return {}

    @cached_property
    def _signatures(self) -> dict[str, dict[str, tuple[str, ...]]]:
        return {}

    def tree(self, name: str) -> nodes.Template:
        """A template as it was parsed."""
        if name not in self._trees:
            source, file, _ = self.loader.get_source(self, name)  # type: ignore[union-attr] # where one imports, others are
            self._trees[name] = self._parse(source, name, file)
        return self._trees[name]

    def parts(self, name: str) -> dict[str, Callable[..., None]]:
        """The parts of another template."""
        template = self.get_template(name)
        return template.parts if isinstance(template, PrintedTemplate) else {}

    def signatures(self, name: str) -> dict[str, tuple[str, ...]]:
        """By macro of a template the names of its arguments."""
        if name not in self._signatures:
            self._signatures[name] = signatures(self.tree(name))
        return self._signatures[name]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        if name is not None and name in self._trees:
            return self._trees[name]
        tree = super()._parse(source, name, filename)
        MessageInliner(self.messages, self.counting).visit(tree)
        return tree

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        return super()._generate(as_macros(source, self), name, filename, defer_init)
