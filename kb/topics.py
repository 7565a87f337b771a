"""Topics: the folders of a debate, in the order in which readers should meet them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kb.model import Topic


def ordered_topics(topics: Mapping[str, Topic], used: Iterable[str]) -> tuple[str, ...]:
    """The topics that are in use: by `order`, then by name; those without a record of their own come last."""

    def key(name: str) -> tuple[bool, int, str]:
        order = topics[name].order if name in topics else None
        return order is None, order or 0, name

    return tuple(sorted(set(used), key=key))
