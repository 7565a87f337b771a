"""What search engines are told of a page in the words of schema.org: the debate as a data set, a question with its answers.

No answer is the accepted one: a verdict is computed, not voted, and holds on the record so far.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.publishing import addresses
from kb.publishing.cards import person
from kb.publishing.markup import lede, plain
from kb.publishing.messages import debate_title, language_tag
from kb.standing.acts import is_committing

if TYPE_CHECKING:
    from kb.debate import Debate
    from kb.tables import Json, Row

_CONTEXT = {"@context": "https://schema.org"}


def dataset(debate: Debate) -> Row:
    """The debate, with the files in which programs find it; their addresses begin with that of the site, or are relative to the front page."""
    site = addresses.site_url(debate.settings.url)
    about = lede(debate.settings.description)
    forms = ((addresses.DEBATE_JSON, "application/json"), (addresses.DEBATE_JSONLD, "application/ld+json"))
    return {
        **_CONTEXT,
        "@type": "Dataset",
        "name": debate_title(debate),
        **({"description": about} if about else {}),
        **({"url": site} if site else {}),
        "inLanguage": language_tag(debate.settings.language),
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": form, "contentUrl": site + path} for path, form in forms
        ],
    }


def question(debate: Debate, node_id: str) -> Row:
    """A question with the answers on record, and who gave them as their own."""
    node = debate.nodes[node_id]
    answers = debate.answers[node_id]
    return {
        **_CONTEXT,
        "@type": "Question",
        "name": plain(node.text or node.label),
        "answerCount": len(answers),
        "suggestedAnswer": [_answer(debate, answer) for answer in answers],
    }


def _answer(debate: Debate, node_id: str) -> Json:
    node = debate.nodes[node_id]
    path = addresses.node(node_id)
    site = addresses.site_url(debate.settings.url)
    people = [_author(debate, who) for who in debate.speakers(node_id)] if is_committing(node) else []
    return {
        "@type": "Answer",
        "text": plain(node.text or node.label),
        "url": site + path if site else path.rpartition("/")[2],
        **({"author": people} if people else {}),
    }


def _author(debate: Debate, who: str) -> Json:
    """A speaker; several people under one name are no person."""
    known = debate.participants.get(who)
    return {"@type": "Organization" if known and known.several else "Person", "name": person(debate, who).name}
