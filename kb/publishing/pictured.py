"""Which pictures there are of the debate and its questions, and what they show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.catalogue import key_of
from kb.finding import KbError
from kb.memory import once
from kb.publishing import addresses
from kb.publishing.cards import label, short_names
from kb.publishing.disputes import dispute_about
from kb.publishing.markup import plain
from kb.publishing.messages import debate_title, interface_words
from kb.publishing.posters import Poster, Side, shows_all
from kb.queries.thread import reply_count

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kb.debate import Debate

_LONGEST = 160
"""The most letters of a question that is shown in full; of a longer one its title is shown, or its beginning."""


@once
def wants_pictures(debate: Debate) -> bool:
    """Whether the editors asked for pictures, which are of use only at addresses that others can open."""
    if debate.settings.pictures and not addresses.site_url(debate.settings.url):
        message = "`pictures` in kb.yaml takes `url`, too: those who show links ask for a picture by its whole address"
        raise KbError(message)
    return debate.settings.pictures


def debate_poster(debate: Debate) -> Poster | None:
    """The debate with its main questions; None if there is to be no picture."""
    if not wants_pictures(debate):
        return None
    say = interface_words(debate).say
    counted = (say("count.points", n=len(debate.nodes)), say("count.people", n=len(debate.participants)))
    leads = [node for node in debate.settings.main if node in debate.nodes]
    sides = tuple(Side(label(debate, node), _state(debate, node)) for node in leads)
    return _if_legible(Poster("", debate_title(debate), " · ".join(counted), sides))


def question_poster(debate: Debate, node_id: str) -> Poster | None:
    """A question with its sides, or else its answers; None if there is to be no picture."""
    if not wants_pictures(debate):
        return None
    node, dispute = debate.nodes[node_id], dispute_about(debate, node_id)
    words = plain(node.text)
    heading = words if 0 < len(words) <= _LONGEST else label(debate, node_id)
    if dispute is not None and dispute.sides:
        sides = tuple(
            Side(label(debate, side.position), ", ".join(link.name for link in side.people)) for side in dispute.sides
        )
    else:
        answers = debate.answers[node_id]
        sides = tuple(Side(label(debate, a), _names(debate, debate.speakers(a))) for a in answers)
    size = dispute.size if dispute is not None and dispute.size > 1 else reply_count(debate, node_id)
    count = interface_words(debate).say("count.points", n=size)
    state = " · ".join(filter(None, (_state(debate, node_id), count)))
    return _if_legible(Poster(debate_title(debate), heading, state, sides))


def _if_legible(poster: Poster) -> Poster | None:
    """A picture, if the font has all letters of the question and the answers on it; else None."""
    return poster if shows_all(poster) else None


def _names(debate: Debate, people: Iterable[str]) -> str:
    return ", ".join(short_names(debate, people))


def _state(debate: Debate, node_id: str) -> str:
    """The state of the dispute about a question, in a word; empty if there is none."""
    dispute = dispute_about(debate, node_id)
    return "" if dispute is None else interface_words(debate).say(key_of("state", dispute.state))
