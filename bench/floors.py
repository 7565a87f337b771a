"""The least that any implementation in Python costs, start-up included: `python bench/floors.py read|stat|write …`.

`read FOLDER` reads all bytes, `stat FOLDER` asks for the state of every file, `write FOLDER COUNT SIZE` fills f-strings and writes pages.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS = ("a", "point", "that", "somebody", "made", "and", "what", "the", "others", "said", "in", "return", "to", "it")


def entries(folder: str) -> Iterator[os.DirEntry[str]]:
    """Every file below a folder."""
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from entries(entry.path)
        else:
            yield entry


def read(folder: str) -> None:
    """Read every byte."""
    for entry in entries(folder):
        with open(entry.path, "rb", buffering=0) as handle:  # noqa: PTH123 - the floor should be low
            handle.read()


def stat(folder: str) -> None:
    """Ask for the size and age of every file."""
    for entry in entries(folder):
        entry.stat()


def write(folder: str, count: int, size: int) -> None:
    """Fill and write `count` pages of `size` bytes, a hundred in each folder."""
    lines = size // 64
    for number in range(count):
        directory = Path(folder) / f"{number // 100}"
        if number % 100 == 0:
            directory.mkdir()
        rows = "".join(
            f"<p id='{number}-{row}'>{_WORDS[row % 14]:>20} {_WORDS[(row + number) % 14]:<21}</p>\n"
            for row in range(lines)
        )
        with open(directory / f"{number}.html", "wb", buffering=0) as handle:  # noqa: PTH123 - as above
            handle.write(f"<!doctype html><title>{number}</title>{rows}".encode())


if __name__ == "__main__":
    what, where, *numbers = sys.argv[1:]
    if what == "write":
        write(where, *map(int, numbers))
    else:
        {"read": read, "stat": stat}[what](where)
