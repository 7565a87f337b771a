"""Type letters into a file of a debate as in an editor, and run the linter after each: `keystroke.py FOLDER WHAT TIMES`.

Except for waiting, this is what the language server does between a letter and the findings. The cost of reading the debate can be taken
off by comparing with a run that types less.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from lsprotocol.types import ClientCapabilities
from run import LETTERS

from kb.serving import protocol
from kb.serving.desk import lay_out


def main(folder: Path, what: str, times: int) -> None:
    """Change a file and change it back, again and again."""
    gc.enable()  # as the language server does
    desk, can = lay_out(folder, "utf-16"), protocol.client(ClientCapabilities())
    if desk is None:
        sys.exit(f"there is no debate in {folder}")
    file, place = next(
        (n.file, desk.claims.parent / n.file) for n in desk.debate.nodes.values() if n.targets("attacks")
    )
    before = place.read_text("utf-8")
    after = LETTERS[what](before)
    told = 0
    for number in range(times):
        desk.hold(file, place.as_uri(), number, after if number % 2 == 0 else before)
        told += sum(len([protocol.diagnostic(desk, f, can) for f in desk.findings_in(each)]) for each in desk.news())
    print(f"{times} edits of {file}, {told} findings told")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
