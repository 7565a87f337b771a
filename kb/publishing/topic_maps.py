"""The maps of topics and of the whole debate: what stands on them, what they can be filtered by, and what they leave out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb import parted
from kb.evaluate import judgements
from kb.indexed import by_topic, kinds
from kb.mapping.chart import STYLES, style_of
from kb.mapping.drawing import COUNT, TOPIC, Label
from kb.mapping.forest import BOXES, forest
from kb.mapping.graphviz import PATIENCE, middles
from kb.mapping.interactive import Sign, draw, heights
from kb.mapping.layering import layered
from kb.mapping.layout import Grove, spread
from kb.mapping.overview import overview
from kb.mapping.paper import pieces
from kb.mapping.routing import route
from kb.mapping.stacking import graphs, stack
from kb.memory import once, once_each, was_asked
from kb.parted import around, jointly
from kb.publishing import addresses
from kb.publishing.cards import person, topic
from kb.publishing.faces import by_structure
from kb.publishing.folding import alphabetical
from kb.publishing.messages import spoken
from kb.publishing.node_map import kinds_of, label
from kb.vocabulary import KINDS, LAYERS, QUESTION, STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markupsafe import Markup

    from kb.debate import Debate
    from kb.mapping.chart import Chart
    from kb.mapping.forest import Forest
    from kb.mapping.interactive import Laid
    from kb.mapping.overview import Overview


class Sheet(NamedTuple):
    """A map with its line styles, the people, kinds and statuses by which it can be filtered, and the number of trees without room."""

    svg: Markup
    pieces: tuple[str, ...]
    """Views of it that can be read on paper; none if the whole can be."""
    styles: tuple[str, ...]
    people: tuple[tuple[str, str], ...]
    kinds: tuple[str, ...]
    statuses: tuple[str, ...]
    untold: int
    topics: bool
    """Whether it shows topics and not all their points."""


def of_debate(debate: Debate) -> Sheet:
    """The map of the debate: all of it if there is room, else its topics."""
    topics = by_topic(debate)
    if _all_drawn(debate):
        return _planted(debate, None)
    return _surveyed(debate, overview(debate, topics))


def of_topic(debate: Debate, topic_id: str) -> Sheet:
    """The map of a topic, with links from the folder of such maps."""
    return _planted(debate, topic_id)


def mapped(debate: Debate) -> tuple[str, ...]:
    """The topics that have a map of their own: if there are several topics, those with more than one node."""
    topics = by_topic(debate)
    return tuple(t for t, inside in topics.items() if len(inside) > 1) if len(topics) > 1 else ()


def place(debate: Debate, node_id: str) -> str:
    """The address of a node on the map of its topic or of the debate, which shows it among others; empty if neither has room for it."""
    page = _holders(parted.whole(debate)).get(node_id)
    return f"{page}#{addresses.node_anchor(node_id)}" if page else ""


@once
def _holders(debate: Debate) -> dict[str, str]:
    """By node the map that draws it in full, if there is one."""
    return {node_id: page for page, drawn in _drawn(debate) for node_id in drawn}


@by_structure
def _drawn(debate: Debate) -> Sequence[tuple[str, Sequence[str]]]:
    return [(page, _drawn_on(debate, name)) for name, page in _pages(debate).items()]


def _drawn_on(debate: Debate, topic_id: str | None) -> Sequence[str]:
    """The nodes that are drawn in full on a map."""

    def ask() -> list[str]:
        return [box.node for box in _grown(debate, topic_id).chart.boxes if box.node and not box.again]

    return jointly(debate, (__name__, topic_id), _on(debate, topic_id), ask)


def _pages(debate: Debate) -> dict[str | None, str]:
    """The addresses of the maps that show points, by topic (None: the whole debate)."""
    maps: dict[str | None, str] = {None: addresses.MAP} if debate.nodes and _all_drawn(debate) else {}
    return maps | {topic_id: addresses.topic_map(topic_id) for topic_id in mapped(debate)}


@once_each
def _grown(debate: Debate, topic_id: str | None) -> Forest:
    """The trees of a topic, or of all of the debate."""
    inside = _on(debate, topic_id)
    return forest(around(debate, inside), inside)


def _on(debate: Debate, topic_id: str | None) -> Sequence[str]:
    """The nodes of a topic, or of all of the debate."""
    return debate.ordered if topic_id is None else by_topic(debate)[topic_id]


def _all_drawn(debate: Debate) -> bool:
    """Whether the map of the debate shows its points, not its topics."""
    return len(debate.nodes) <= BOXES or len(by_topic(debate)) == 1


# -- nodes -------------------------------------------------------------------------------------------------------------


class _Plan(NamedTuple):
    """A map with all that is drawn on it."""

    chart: Chart
    signs: list[Sign]
    laid: Laid


def _planted(debate: Debate, topic_id: str | None) -> Sheet:
    plan = _in_layers(debate).get(topic_id) or _in_trees(debate, topic_id)
    drawn = [box.node for box in plan.chart.boxes if box.node and not box.again]
    return Sheet(
        draw(*plan),
        pieces(plan.laid[0], heights(plan.chart, plan.signs)),
        _styles(plan.chart),
        _people(debate, drawn),
        tuple(kind for kind in KINDS if any(kinds(debate)[n] == kind for n in drawn)),
        tuple(status for status in STATUSES if any(judgements(debate)[n].status == status for n in drawn)),
        _grown(debate, topic_id).untold,
        topics=False,
    )


def _in_trees(debate: Debate, topic_id: str | None) -> _Plan:
    """A map of trees: a point that responds to several is drawn beside one of them, with references beside the others."""
    chart = _grown(debate, topic_id).chart
    signs = _signs(debate, chart, topic_id)
    high = heights(chart, signs)
    layout = spread(chart, high, _groups(debate, chart, topic_id))
    return _Plan(chart, signs, (layout, route(chart, high, layout.corners)))


@once
def _in_layers(debate: Debate) -> dict[str | None, _Plan | None]:
    """By topic all maps in layers, if the editors want these; None for a map that Graphviz could not lay out."""
    if debate.settings.maps != LAYERS:
        return {}
    drafts = []
    for topic_id in _pages(debate):
        trees = _grown(debate, topic_id).chart
        groups = _groups(debate, trees, topic_id)
        found = layered(trees, groups)
        drafts.append((found, _signs(debate, found.chart, topic_id), [group.title for group in groups]))
    asked = [graphs(found, heights(found.chart, signs)) for found, signs, _ in drafts]
    answers = iter(middles([graph for there in asked for graph in there]))
    plans = list[_Plan | None]()
    for (found, signs, titles), there in zip(drafts, asked, strict=True):
        said = [next(answers) for _ in there]
        told = [answer for answer in said if answer is not None]
        laid = stack(found, heights(found.chart, signs), titles, told) if len(told) == len(said) else None
        plans.append(_Plan(found.chart, signs, laid) if laid else None)
    return dict(zip(_pages(debate), plans, strict=True))


def shortfalls(debate: Debate) -> Iterator[str]:
    """A line for each map that was drawn as trees although it should be in layers."""
    for topic_id, plan in _in_layers(debate).items() if was_asked(_in_layers, debate) else ():
        if plan is None:
            page = _pages(debate)[topic_id]
            message = f"`{page}` is drawn as trees: Graphviz crashed on it, or took longer than {PATIENCE:g} seconds"
            yield message


def _signs(debate: Debate, chart: Chart, topic_id: str | None) -> list[Sign]:
    kinds, nodes = kinds_of(chart), "nodes/" if topic_id is None else "../nodes/"
    return [
        _node(debate, chart, number, kinds.get(number, ()), nodes)
        if box.node
        else _count(debate, chart.boxes[box.under or 0].node, box.hidden, nodes)
        for number, box in enumerate(chart.boxes)
    ]


def _groups(debate: Debate, chart: Chart, topic_id: str | None) -> list[Grove]:
    """The trees of a map; on the map of a debate with several topics, grouped by topic."""
    tops = chart.right[None]
    if topic_id is not None or len(by_topic(debate)) == 1:
        return [Grove((top,)) for top in tops]
    return _by_topic(debate, chart, tops)


def _node(debate: Debate, chart: Chart, number: int, kinds: tuple[str, ...], nodes: str) -> Sign:
    box = chart.boxes[number]
    said = label(debate, box.node, kinds)
    fields = {
        "by": " ".join(debate.speakers(box.node)),
        "kind": debate.nodes[box.node].kind,
        "status": judgements(debate)[box.node].status or "",
    }
    named = "" if box.again else addresses.node_anchor(box.node)
    return Sign(said._replace(href=nodes + said.href), named, fields | ({"node": box.node} if box.again else {}))


def _count(debate: Debate, node_id: str, hidden: int, nodes: str) -> Sign:
    """The box that counts what is left out beside a node; it leads to the map on the page of that node."""
    href = f"{nodes}{addresses.node(node_id).rpartition('/')[2]}#map"
    return Sign(_alone(href, spoken(debate).say("map.more", n=hidden), COUNT), "", {})


def _alone(href: str, text: str, kind: str, relation: str = "", footing: str = "") -> Label:
    """The label of a box that is no node."""
    return Label(href, relation, relation, "none", "", text, footing, 0, kind)


def _by_topic(debate: Debate, chart: Chart, tops: Sequence[int]) -> list[Grove]:
    """Trees grouped by the topic of their tops, in the order of topics."""
    found: dict[str, list[int]] = {name: [] for name in by_topic(debate)}
    for top in tops:
        found[debate.nodes[chart.boxes[top].node].topic].append(top)
    return [Grove(tuple(inside), topic(debate, name).name) for name, inside in found.items() if inside]


def _styles(chart: Chart) -> tuple[str, ...]:
    there = {style_of(arrow.kind) for arrow in chart.arrows if arrow.kind}
    return tuple(style for style in STYLES if style in there)


def _people(debate: Debate, nodes: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The ids and names of those who say something on a map, sorted by name."""
    there = {speaker for node in nodes for speaker in debate.speakers(node)}
    return tuple(sorted(((p, person(debate, p).name) for p in there), key=lambda row: (*alphabetical(row[1]), row[0])))


# -- topics ------------------------------------------------------------------------------------------------------------


def _surveyed(debate: Debate, found: Overview) -> Sheet:
    chart = found.chart
    signs = [
        _topic(debate, found, number) if number in found.topics else _question(debate, box.node)
        for number, box in enumerate(chart.boxes)
    ]
    high = heights(chart, signs)
    layout = spread(chart, high, [Grove((top,)) for top in chart.right[None]])
    laid = layout, route(chart, high, layout.corners)
    return Sheet(draw(chart, signs, laid), pieces(layout, high), (), (), (), (), found.untold, topics=True)


def _topic(debate: Debate, found: Overview, number: int) -> Sign:
    """The box of a topic, with the number of its points and of its ties to the topic it hangs on."""
    say, name = spoken(debate).say, found.topics[number]
    tied = found.ties.get(number)
    words = say("map.ties", n=tied) if tied else say("map.topic")
    inside = by_topic(debate)[name]
    asked = sum(kinds(debate)[n] == QUESTION for n in inside)
    counted = [say("count.points", n=len(inside)), *([say("count.questions", n=asked)] if asked else [])]
    title = topic(debate, name)
    href = addresses.topic_map(name) if name in mapped(debate) else title.href
    made = _alone(href, title.name, TOPIC, words, say("list.next").join(counted))
    return Sign(made._replace(elsewhere=say("map.elsewhere", relation=words)), "", {})


def _question(debate: Debate, node_id: str) -> Sign:
    said = label(debate, node_id, ())
    return Sign(said._replace(href=f"nodes/{said.href}"), addresses.node_anchor(node_id), {})
