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
from kb.mapping.interactive import BoxContent, box_heights, draw
from kb.mapping.layering import put_in_layers
from kb.mapping.layout import Grove, lay_out_groves
from kb.mapping.overview import overview
from kb.mapping.paper import paper_views
from kb.mapping.routing import route
from kb.mapping.stacking import component_graphs, stack
from kb.memory import once, once_each, was_asked
from kb.parted import around, jointly
from kb.publishing import addresses
from kb.publishing.cards import person, topic
from kb.publishing.dependencies import by_structure
from kb.publishing.folding import alphabetical_key
from kb.publishing.messages import interface_words
from kb.publishing.node_map import box_label, relations_by_box
from kb.vocabulary import KINDS, LAYERS, QUESTION, STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markupsafe import Markup

    from kb.debate import Debate
    from kb.mapping.chart import Chart
    from kb.mapping.forest import Forest
    from kb.mapping.interactive import Geometry
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
    omitted: int
    topics: bool
    """Whether it shows topics and not all their points."""


def debate_sheet(debate: Debate) -> Sheet:
    """The map of the debate: all of it if there is room, else its topics."""
    topics = by_topic(debate)
    if _shows_points(debate):
        return _points_sheet(debate, None)
    return _topics_sheet(debate, overview(debate, topics))


def topic_sheet(debate: Debate, topic_id: str) -> Sheet:
    """The map of a topic, with links from the folder of such maps."""
    return _points_sheet(debate, topic_id)


def mapped_topics(debate: Debate) -> tuple[str, ...]:
    """The topics that have a map of their own: if there are several topics, those with more than one node."""
    topics = by_topic(debate)
    return tuple(t for t, inside in topics.items() if len(inside) > 1) if len(topics) > 1 else ()


def map_address(debate: Debate, node_id: str) -> str:
    """The address of a node on the map of its topic or of the debate, which shows it among others; empty if neither has room for it."""
    page = _map_by_node(parted.whole(debate)).get(node_id)
    return f"{page}#{addresses.node_anchor(node_id)}" if page else ""


@once
def _map_by_node(debate: Debate) -> dict[str, str]:
    """By node the map that draws it in full, if there is one."""
    return {node_id: page for page, drawn in _drawn_by_map(debate) for node_id in drawn}


@by_structure
def _drawn_by_map(debate: Debate) -> Sequence[tuple[str, Sequence[str]]]:
    return [(page, _drawn_nodes(debate, name)) for name, page in _map_addresses(debate).items()]


def _drawn_nodes(debate: Debate, topic_id: str | None) -> Sequence[str]:
    """The nodes that are drawn in full on a map."""

    def find_nodes() -> list[str]:
        return [box.node for box in _forest(debate, topic_id).chart.boxes if box.node and not box.is_reference]

    return jointly(debate, (__name__, topic_id), _nodes_of(debate, topic_id), find_nodes)


def _map_addresses(debate: Debate) -> dict[str | None, str]:
    """The addresses of the maps that show points, by topic (None: the whole debate)."""
    maps: dict[str | None, str] = {None: addresses.MAP} if debate.nodes and _shows_points(debate) else {}
    return maps | {topic_id: addresses.topic_map(topic_id) for topic_id in mapped_topics(debate)}


@once_each
def _forest(debate: Debate, topic_id: str | None) -> Forest:
    """The trees of a topic, or of all of the debate."""
    inside = _nodes_of(debate, topic_id)
    return forest(around(debate, inside), inside)


def _nodes_of(debate: Debate, topic_id: str | None) -> Sequence[str]:
    """The nodes of a topic, or of all of the debate."""
    return debate.ordered if topic_id is None else by_topic(debate)[topic_id]


def _shows_points(debate: Debate) -> bool:
    """Whether the map of the debate shows its points, not its topics."""
    return len(debate.nodes) <= BOXES or len(by_topic(debate)) == 1


# -- nodes -------------------------------------------------------------------------------------------------------------


class _Plan(NamedTuple):
    """A map with all that is drawn on it."""

    chart: Chart
    contents: list[BoxContent]
    geometry: Geometry


def _points_sheet(debate: Debate, topic_id: str | None) -> Sheet:
    plan = _layer_plans(debate).get(topic_id) or _tree_plan(debate, topic_id)
    nodes = [box.node for box in plan.chart.boxes if box.node and not box.is_reference]
    return Sheet(
        draw(*plan),
        paper_views(plan.geometry[0], box_heights(plan.chart, plan.contents)),
        _styles(plan.chart),
        _speaker_names(debate, nodes),
        tuple(kind for kind in KINDS if any(kinds(debate)[n] == kind for n in nodes)),
        tuple(status for status in STATUSES if any(judgements(debate)[n].status == status for n in nodes)),
        _forest(debate, topic_id).omitted,
        topics=False,
    )


def _tree_plan(debate: Debate, topic_id: str | None) -> _Plan:
    """A map of trees: a point that responds to several is drawn beside one of them, with references beside the others."""
    chart = _forest(debate, topic_id).chart
    contents = _contents(debate, chart, topic_id)
    heights = box_heights(chart, contents)
    layout = lay_out_groves(chart, heights, _groups(debate, chart, topic_id))
    return _Plan(chart, contents, (layout, route(chart, heights, layout.corners)))


@once
def _layer_plans(debate: Debate) -> dict[str | None, _Plan | None]:
    """By topic all maps in layers, if the editors want these; None for a map that Graphviz could not lay out."""
    if debate.settings.maps != LAYERS:
        return {}
    drafts = []
    for topic_id in _map_addresses(debate):
        trees = _forest(debate, topic_id).chart
        groups = _groups(debate, trees, topic_id)
        layers = put_in_layers(trees, groups)
        drafts.append((layers, _contents(debate, layers.chart, topic_id), [group.title for group in groups]))
    graphs_by_map = [component_graphs(layers, box_heights(layers.chart, contents)) for layers, contents, _ in drafts]
    answers = iter(middles([graph for asked in graphs_by_map for graph in asked]))
    plans = list[_Plan | None]()
    for (layers, contents, titles), asked in zip(drafts, graphs_by_map, strict=True):
        replies = [next(answers) for _ in asked]
        answered = [answer for answer in replies if answer is not None]
        geometry = (
            stack(layers, box_heights(layers.chart, contents), titles, answered)
            if len(answered) == len(replies)
            else None
        )
        plans.append(_Plan(layers.chart, contents, geometry) if geometry else None)
    return dict(zip(_map_addresses(debate), plans, strict=True))


def shortfalls(debate: Debate) -> Iterator[str]:
    """A line for each map that was drawn as trees although it should be in layers."""
    for topic_id, plan in _layer_plans(debate).items() if was_asked(_layer_plans, debate) else ():
        if plan is None:
            page = _map_addresses(debate)[topic_id]
            message = f"`{page}` is drawn as trees: Graphviz crashed on it, or took longer than {PATIENCE:g} seconds"
            yield message


def _contents(debate: Debate, chart: Chart, topic_id: str | None) -> list[BoxContent]:
    kinds, nodes = relations_by_box(chart), "nodes/" if topic_id is None else "../nodes/"
    return [
        _node_content(debate, chart, number, kinds.get(number, ()), nodes)
        if box.node
        else _count_content(debate, chart.boxes[box.parent or 0].node, box.hidden, nodes)
        for number, box in enumerate(chart.boxes)
    ]


def _groups(debate: Debate, chart: Chart, topic_id: str | None) -> list[Grove]:
    """The trees of a map; on the map of a debate with several topics, grouped by topic."""
    tops = chart.right[None]
    if topic_id is not None or len(by_topic(debate)) == 1:
        return [Grove((top,)) for top in tops]
    return _by_topic(debate, chart, tops)


def _node_content(debate: Debate, chart: Chart, number: int, kinds: tuple[str, ...], nodes: str) -> BoxContent:
    box = chart.boxes[number]
    label = box_label(debate, box.node, kinds)
    fields = {
        "by": " ".join(debate.speakers(box.node)),
        "kind": debate.nodes[box.node].kind,
        "status": judgements(debate)[box.node].status or "",
    }
    anchor = "" if box.is_reference else addresses.node_anchor(box.node)
    return BoxContent(
        label._replace(href=nodes + label.href), anchor, fields | ({"node": box.node} if box.is_reference else {})
    )


def _count_content(debate: Debate, node_id: str, hidden: int, nodes: str) -> BoxContent:
    """The box that counts what is left out beside a node; it leads to the map on the page of that node."""
    href = f"{nodes}{addresses.node(node_id).rpartition('/')[2]}#map"
    return BoxContent(_plain_label(href, interface_words(debate).say("map.more", n=hidden), COUNT), "", {})


def _plain_label(href: str, text: str, kind: str, relation: str = "", footing: str = "") -> Label:
    """The label of a box that is no node."""
    return Label(href, relation, relation, "none", "", text, footing, 0, kind)


def _by_topic(debate: Debate, chart: Chart, tops: Sequence[int]) -> list[Grove]:
    """Trees grouped by the topic of their tops, in the order of topics."""
    tops_by_topic: dict[str, list[int]] = {name: [] for name in by_topic(debate)}
    for top in tops:
        tops_by_topic[debate.nodes[chart.boxes[top].node].topic].append(top)
    return [Grove(tuple(inside), topic(debate, name).name) for name, inside in tops_by_topic.items() if inside]


def _styles(chart: Chart) -> tuple[str, ...]:
    drawn = {style_of(arrow.kind) for arrow in chart.arrows if arrow.kind}
    return tuple(style for style in STYLES if style in drawn)


def _speaker_names(debate: Debate, nodes: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The ids and names of those who say something on a map, sorted by name."""
    speakers = {speaker for node in nodes for speaker in debate.speakers(node)}
    return tuple(
        sorted(((p, person(debate, p).name) for p in speakers), key=lambda row: (*alphabetical_key(row[1]), row[0]))
    )


# -- topics ------------------------------------------------------------------------------------------------------------


def _topics_sheet(debate: Debate, survey: Overview) -> Sheet:
    chart = survey.chart
    contents = [
        _topic_content(debate, survey, number) if number in survey.topics else _question_content(debate, box.node)
        for number, box in enumerate(chart.boxes)
    ]
    heights = box_heights(chart, contents)
    layout = lay_out_groves(chart, heights, [Grove((top,)) for top in chart.right[None]])
    geometry = layout, route(chart, heights, layout.corners)
    return Sheet(
        draw(chart, contents, geometry), paper_views(layout, heights), (), (), (), (), survey.omitted, topics=True
    )


def _topic_content(debate: Debate, survey: Overview, number: int) -> BoxContent:
    """The box of a topic, with the number of its points and of its ties to the topic it hangs on."""
    say, name = interface_words(debate).say, survey.topics[number]
    ties = survey.ties.get(number)
    words = say("map.ties", n=ties) if ties else say("map.topic")
    inside = by_topic(debate)[name]
    questions = sum(kinds(debate)[n] == QUESTION for n in inside)
    counts = [say("count.points", n=len(inside)), *([say("count.questions", n=questions)] if questions else [])]
    title = topic(debate, name)
    href = addresses.topic_map(name) if name in mapped_topics(debate) else title.href
    label = _plain_label(href, title.name, TOPIC, words, say("list.next").join(counts))
    return BoxContent(label._replace(elsewhere=say("map.elsewhere", relation=words)), "", {})


def _question_content(debate: Debate, node_id: str) -> BoxContent:
    label = box_label(debate, node_id, ())
    return BoxContent(label._replace(href=f"nodes/{label.href}"), addresses.node_anchor(node_id), {})
