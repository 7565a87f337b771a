"""Templates as Jinja reads them: everything is escaped, unknown names are errors, and faults in a debate's own are told with their line.

A debate's own templates can come with a repository from elsewhere, so they run in a sandbox: they see what they are given, and reach
neither files nor the inside of Python. Nothing they may do switches escaping off.
"""

from __future__ import annotations

from dataclasses import dataclass
from traceback import walk_tb
from typing import TYPE_CHECKING

from kb.finding import in_a_line
from kb.publishing.theme import SHIPPED, ThemeError
from kb.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from jinja2 import Environment
    from jinja2.nodes import Node, Template
    from markupsafe import Markup

    from kb.publishing.addresses import Page
    from kb.publishing.cards import Link
    from kb.publishing.messages import Speech
    from kb.publishing.theme import Theme


@dataclass(frozen=True, slots=True)
class Shared:
    """What every template knows besides what its page is given."""

    card: Callable[..., Markup]
    """`card(id)` is a point in brief; `card(id, tie)` first says how it bears on the point above it."""
    top: Callable[[str, str], Markup]
    """`top(page.section, page.path)` is the head of the page with the menu."""
    say: Callable[..., Markup]
    """`say("menu.open")` is a message of the catalogue in the language of the debate; `n=` chooses its form, other names fill it in."""
    word: Callable[..., Markup]
    """`word("status", name)` is a word of the vocabulary; with `"gloss"` as a third, what it means."""
    prose: Callable[..., Markup]
    """Like `say`, for messages with emphasis, code and links."""
    language: str
    """The language tag of the debate, as in `de-CH`."""
    direction: str
    """`ltr` or `rtl`."""
    debate_title: str
    site: str
    """Where the site is published, by `url` of `kb.yaml`; empty if that is not given."""
    own_style: bool
    """Whether the debate has an `assets/custom.css`."""
    logo: str
    """The address of the debate's logo from the front page; empty without one."""
    foot: tuple[Link, ...]
    """The debate's own pages whose names begin without a number, for the foot of every page."""


@dataclass(frozen=True, slots=True)
class PageFields:
    """What every page is given besides what it shows."""

    root: str
    """The relative address of the root of the site: `href="{{ root }}open.html"`."""
    page: Page
    data: str
    """The address of the JSON beside the page; empty if there is none."""
    address: str
    """Where the page is once it is published; empty if `url` is not given."""


JINJA_NAMES = ("self", "super", "varargs", "kwargs", "caller", "loop")
"""Names that a template has besides its context and what all templates share."""


def environment(theme: Theme, speech: Speech, shared: Shared) -> Environment:
    """Jinja's environment with the templates of a theme, for pages at one depth of the site in one language."""
    from jinja2 import FunctionLoader, StrictUndefined  # noqa: PLC0415 - only builds of a site need it

    from kb.templating.bytecode import BytecodeMemory, Dependencies  # noqa: PLC0415 - as above
    from kb.templating.compiling import CompilingEnvironment  # noqa: PLC0415 - as above
    from kb.templating.sandbox import TemplateSandbox  # noqa: PLC0415 - as above

    def read(name: str) -> tuple[str, str, None] | None:
        text = theme.template(name)
        if text is None:
            return None
        # The values of `root` and of the languages are known here, so that no page has to look them up for every link.
        return speech.mark_language(text).replace("{{ root }}", speech.root), theme.file_of(name), None

    environment_class = TemplateSandbox if theme.templates else CompilingEnvironment
    # unlike Jinja, `CompilingEnvironment` puts code of one template into another
    template_mark = "" if theme.templates else theme.template_mark
    dependencies = Dependencies(template_mark, speech.catalogue.language, speech.foreign, speech.root)
    jinja = environment_class(
        loader=FunctionLoader(read),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=BytecodeMemory(dependencies),
    )
    if isinstance(jinja, CompilingEnvironment):
        jinja.messages = {"say": speech.pieces, "prose": speech.prose_pieces}
        jinja.counting = speech.catalogue.counting
        del jinja.filters["safe"]
    jinja.globals.update({name: getattr(shared, name) for name in Shared.__dataclass_fields__}, root=speech.root)
    return jinja


def faults(jinja: Environment, theme: Theme, contexts: Mapping[str, Collection[str]]) -> Iterator[str]:
    """Faults of a debate's own templates that show before any page is made; `contexts` has by template the names that it is given."""
    from jinja2 import TemplateSyntaxError  # noqa: PLC0415 - as above

    for name in theme.templates:
        try:
            tree = _parse(jinja, theme, name)
            for line, message in (
                *_escaping_switches(tree),
                *_lost_blocks(jinja, theme, name),
                *_unknown_names(jinja, tree, contexts.get(name)),
            ):
                yield f"{theme.file_of(name)}:{line}: {message}"
        except TemplateSyntaxError as error:
            yield f"{theme.file_of(name)}:{error.lineno}: {in_a_line(error.message or '')}"


def template_error(error: Exception, theme: Theme) -> ThemeError | None:
    """An error while a page was made, with the line of the template; None if none of the debate's own templates took part."""
    if isinstance(error, ThemeError) or not theme.templates:
        return None
    files = {theme.file_of(name) for name in theme.templates}
    lines = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    places = [(file, line) for file, line in lines if file in files or file.startswith(SHIPPED)]
    if not places:
        return None
    file, line = next((place for place in reversed(places) if place[0] in files), places[-1])
    return ThemeError(f"{file}:{line}: {_error_message(error)}")


def _error_message(error: Exception) -> str:
    from jinja2 import TemplateNotFound  # noqa: PLC0415 - as above

    if isinstance(error, RecursionError):
        return "it calls or includes itself without end"
    if isinstance(error, TemplateNotFound):
        return f"there is no template `{in_a_line(str(error.name))}`"
    if isinstance(error, KeyError):
        return f"there is no message `{in_a_line(str(error.args[0]))}`"
    return in_a_line(str(error)) or type(error).__name__


def _parse(jinja: Environment, theme: Theme, name: str) -> Template:
    return jinja.parse(theme.template(name) or "", name, theme.file_of(name))


def _escaping_switches(tree: Template) -> Iterator[tuple[int, str]]:
    from jinja2.nodes import EvalContextModifier  # noqa: PLC0415 - as above

    for switch in tree.find_all(EvalContextModifier):
        yield switch.lineno, "escaping is never switched on or off: a text of the debate stays text"


def _lost_blocks(jinja: Environment, theme: Theme, name: str) -> Iterator[tuple[int, str]]:
    """Blocks that would show nowhere, since no template that is extended has them."""
    from jinja2.nodes import Block, Const, Extends  # noqa: PLC0415 - as above

    known: set[str] = set()
    seen, extended = [name], name
    tree = first = _parse(jinja, theme, name)
    while (extends := tree.find(Extends)) is not None and isinstance(extends.template, Const):
        extended = str(extends.template.value)
        if extended in seen:
            yield extends.lineno, f"`{name}` extends itself; the tool's own is called `{SHIPPED}{name}`"
            return
        seen.append(extended)
        if theme.template(extended) is None:
            shipped = SHIPPED + name
            yield (
                extends.lineno,
                f"there is no template `{extended}`; {did_you_mean(extended, [shipped]) or f'that of the tool is called `{shipped}`'}",
            )
            return
        tree = _parse(jinja, theme, extended)
        known |= {block.name for block in tree.find_all(Block)}
    for block in first.body if len(seen) > 1 else ():
        if isinstance(block, Block) and block.name not in known:
            near = did_you_mean(block.name, known) or "it has " + ", ".join(f"`{word}`" for word in sorted(known))
            yield block.lineno, f"`{seen[1]}` has no block `{block.name}`; {near}"


def _unknown_names(jinja: Environment, tree: Template, given: Collection[str] | None) -> Iterator[tuple[int, str]]:
    """Names that the template of a page is never given, even if they stand where few pages would use them."""
    from jinja2 import meta  # noqa: PLC0415 - as above
    from jinja2.nodes import Name  # noqa: PLC0415 - as above

    if given is None:
        return
    known = {*given, *jinja.globals, *PageFields.__dataclass_fields__, *JINJA_NAMES, *_made_names(tree.body)}
    missing = meta.find_undeclared_variables(tree) - known
    for name in tree.find_all(Name):
        if name.name in missing:
            missing.discard(name.name)
            yield (
                name.lineno,
                f"there is no `{name.name}` here; {did_you_mean(name.name, known) or 'docs/templates.md lists what there is'}",
            )


def _made_names(body: Iterable[Node]) -> Iterator[str]:
    """The names that a template makes for its blocks: macros, what it imports, what it sets outside them."""
    from jinja2.nodes import Assign, AssignBlock, FromImport, If, Import, Macro, Name  # noqa: PLC0415 - as above

    for node in body:
        if isinstance(node, Macro):
            yield node.name
        elif isinstance(node, Import):
            yield node.target
        elif isinstance(node, FromImport):
            yield from (name if isinstance(name, str) else name[1] for name in node.names)
        elif isinstance(node, Assign | AssignBlock):
            yield from (name.name for name in node.find_all(Name) if name.ctx == "store")
        elif isinstance(node, If):
            yield from _made_names([*node.body, *node.elif_, *node.else_])
