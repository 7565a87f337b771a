"""How strong points are by the weights in the files: a gradual reading beside the verdicts, with what others contribute to one point.

The JSON of a debate is `{semantics, default, note, points: [{id, base, given, strength, converged, verdict}]}`; `given` says whether `base`
stands in the files, and an argument without a weight has none. That of a point is `{semantics, default, note, id, nodes, base, given,
strength, converged, verdict, bearing: [{relation, premises, strength, undercut_by: [{premises, strength}]}], contributions: {kind, exact,
points: [{id, value, error}]}}`. Where strengths do not come to rest `converged` is false, and they are null, as is what depends on them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from kb.evaluate import evaluate
from kb.finding import KbError
from kb.gradual.contributions import KINDS
from kb.gradual.graph import weighted_graph
from kb.gradual.influence import SEMANTICS, USUAL
from kb.gradual.solving import Solver
from kb.queries.lookup import find_node
from kb.standing.framework import framework
from kb.vocabulary import QUESTION, a

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.debate import Debate
    from kb.gradual.contributions import Contribution
    from kb.tables import Json, Row

    Table = tuple[tuple[str, ...], list[Row]]

COLUMNS = ("id", "base", "given", "strength", "verdict")
_BEARING = ("relation", "strength", "premises", "undercut_by")
_DIGITS, _SHOWN = 6, 3


class StrengthOptions(NamedTuple):
    """How strengths are to be reckoned: by which semantics, and from what where no weight is given."""

    semantics: str = "quadratic"
    default: float = USUAL

    def note(self, *, given: bool) -> str:
        """What is to be said beside every number."""
        title = SEMANTICS[self.semantics].title
        if not given:
            return f"Nobody gave a weight: this only counts reasons and objections ({title}, all from {self.default:g}). This is not the verdict."
        return f"A reading by numbers that somebody put in, not the verdict: {title}, from {self.default:g} where no weight is given."

    def row(self, *, given: bool) -> Row:
        """The same in the documented JSON."""
        return {"semantics": self.semantics, "default": self.default, "note": self.note(given=given)}


class _Strengths:
    """The strengths of a debate."""

    def __init__(self, debate: Debate, options: StrengthOptions) -> None:
        """Reckon them."""
        self.debate, self.options, self.semantics = debate, options, SEMANTICS[options.semantics]
        self.graph = weighted_graph(debate, options.default)
        self.values = Solver(self.graph, self.semantics).solve()

    def row(self, number: int) -> Row:
        """A point with what it starts from and comes to."""
        point = self.graph.ids[number]
        base, strength = self.graph.base_of(number), self.values[number]
        return {
            "id": point,
            "base": None if base is None else round(self.graph.vertices[base].base, _DIGITS),
            "given": number in self.graph.given,
            "strength": _rounded(strength),
            "converged": strength is not None,
            "verdict": evaluate(self.debate).verdict(point),
        }


def debate_row(debate: Debate, options: StrengthOptions) -> Row:
    """All points that can be strong or weak, in the order of their ids."""
    strengths = _Strengths(debate, options)
    points = sorted(
        (point, number) for number, point in enumerate(strengths.graph.ids) if _can_be_strong(debate, point)
    )
    return {**options.row(given=bool(strengths.graph.given)), "points": [strengths.row(number) for _, number in points]}


def point_row(debate: Debate, node_id: str, options: StrengthOptions, kind: str) -> Row:
    """One point: what it comes to, what bears on it, and what others contribute to that."""
    point = debate.points[find_node(debate, node_id).id]
    if not _can_be_strong(debate, point):
        kind_text = a(QUESTION) if debate.nodes[point].kind == QUESTION else "a reply that only acts on other points"
        message = f"`{node_id}` has no strength: it is {kind_text}"
        raise KbError(message)
    strengths = _Strengths(debate, options)
    number = strengths.graph.ids.index(point)
    contributed = KINDS[kind](strengths.graph, strengths.semantics, number)
    return {
        **options.row(given=bool(strengths.graph.given)),
        **strengths.row(number),
        "nodes": list(debate.restatements[point]),
        "bearing": list(_bearing_rows(strengths, number)),
        "contributions": {
            "kind": kind,
            "exact": not any(one.error for one in contributed),
            "points": _contribution_rows(strengths, contributed),
        },
    }


def summary(row: Row) -> str:
    """What comes out, in a sentence."""
    if "points" in row:
        points = _rows(row["points"])
        restless = sum(not point["converged"] for point in points)
        rest = f"; {restless} have none, because what leads back to them does not come to rest" if restless else ""
        return f"Strengths of {len(points)} {'point' if len(points) == 1 else 'points'}{rest}."
    strength, base = (_readable(row[name]) for name in ("strength", "base"))
    outcome = f"has strength {strength}" if row["converged"] else "has no strength: it does not come to rest"
    start = "its step is no stronger than its premises" if base is None else f"it starts from {base}"
    given = "" if base is None else ", as the files say" if row["given"] else ", since the files give it no weight"
    return f"`{row['id']}` {outcome}; {start}{given}. Its verdict: {row['verdict'] or 'none'}."


def tables(row: Row) -> list[Table]:
    """What is shown of a debate, or of a point, as rows."""
    if "points" in row:
        return [(COLUMNS, _rows(row["points"]))]
    contributions = cast("Row", row["contributions"])
    kind = str(contributions["kind"])
    contributed: list[Row] = [
        {"id": row["id"], kind: row["value"], "error": row["error"]} for row in _rows(contributions["points"])
    ]
    columns = ("id", kind) if contributions["exact"] else ("id", kind, "error")
    return [(_BEARING, _rows(row["bearing"])), (columns, contributed)]


def readable_row(row: Row) -> Row:
    """A row with its numbers as people read them."""
    return {name: _readable(value) for name, value in row.items()}


def _readable(value: Json) -> Json:
    if isinstance(value, float):
        return f"{round(value, _SHOWN) + 0.0:.{_SHOWN}f}"
    if isinstance(value, dict):
        return readable_row(value)
    return [_readable(item) for item in value] if isinstance(value, list) else value


def _rows(value: Json) -> list[Row]:
    return cast("list[Row]", value)


def _rounded(value: float | None) -> float | None:
    """A number to the digits that are kept; zero has no sign."""
    return None if value is None else round(value, _DIGITS) + 0.0


def _can_be_strong(debate: Debate, point: str) -> bool:
    """Whether a point says something: it is no question, and does more than act on others."""
    return debate.nodes[point].kind != QUESTION and not evaluate(debate).only_acts(debate.nodes[point])


def _contribution_rows(strengths: _Strengths, contributed: Iterable[Contribution]) -> list[Json]:
    """The largest first, whichever way it tells."""
    ids = strengths.graph.ids
    rows = [(ids[one.point], _rounded(one.value), _rounded(one.error)) for one in contributed]
    rows.sort(key=lambda row: (row[1] is None, -abs(row[1] or 0), row[0]))
    return [{"id": point, "value": value, "error": error} for point, value, error in rows]


def _bearing_rows(strengths: _Strengths, number: int) -> Iterator[Json]:
    """The steps for and against a point and its rivals, each once, as strong as they come out; of an argument its own step."""
    frame, point = framework(strengths.debate), framework(strengths.debate).points[number]
    for relation, steps in (("supports", point.supports), ("attacks", point.attacks)):
        for index in {strengths.graph.carriers[s]: s for s in reversed(steps)}.values():
            own = strengths.debate.inferences[frame.steps[index].inference].argument == point.id
            undercuts: list[Json] = [_step_row(strengths, undercut) for undercut in frame.steps[index].undercuts]
            yield {"relation": "premises" if own else relation, **_step_row(strengths, index), "undercut_by": undercuts}
    attacking = {strengths.graph.carriers[s] for s in point.attacks}
    for rival in sorted({rival for group in point.groups for rival in frame.groups[group]} - {number, *attacking}):
        strength = _rounded(strengths.values[rival])
        yield {"relation": "rivals", "premises": [strengths.graph.ids[rival]], "strength": strength, "undercut_by": []}


def _step_row(strengths: _Strengths, index: int) -> Row:
    """A step with its premises and the strength that it passes on."""
    premises: list[Json] = [strengths.graph.ids[n] for n in framework(strengths.debate).steps[index].premises]
    return {"premises": premises, "strength": _rounded(strengths.values[strengths.graph.carriers[index]])}
