"""Dates as they are written: a year, a month of it, a day, a moment (ISO 8601), so that texts of them sort as what they say."""

from __future__ import annotations

import re
from calendar import monthrange

DATE = re.compile(
    r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01])(?:[T ]((?:[01]\d|2[0-3]):[0-5]\d)(:[0-5]\d)?(?:\.\d+)?"
    r"(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?)?)?)?\Z"
)
"""Year, month, day, hours with minutes, seconds, and the zone."""
DATE_HELP = "write it as `2025-03-12`, `2025-03` or `2025`"


def is_date(text: str) -> bool:
    """Whether there is such a date."""
    match = DATE.match(text)
    if match is None:
        return False
    year, month, day = match.group(1, 2, 3)
    return day is None or 1 <= int(day) <= monthrange(int(year), int(month))[1]
