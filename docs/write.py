"""Write what the docs quote from the tool itself: `python docs/write.py` mends them, `--check` shows what is out of date.

README.md, docs/mistakes.md, docs/settling.md and docs/strength.md are walks through the worked debate: each block headed by a file name is written to disk, each `$ kb …`
is run, and what it prints stands below it. docs/reference.md is made from the commands, the vocabulary and the rules,
docs/templates.md from the records that templates are given, docs/schema/ from what the fields of files can hold, the tables of docs/format.md from what the fields say.
"""

from __future__ import annotations

import difflib
import os
import re
import shlex
import sys
import tempfile
from pathlib import Path

from click.testing import CliRunner
from contexts import templates

from kb import discover
from kb.cli import main as kb
from kb.glosses import GLOSSES
from kb.linting.manual import rules
from kb.schema import RECORDS, required
from kb.vocabulary import (
    CERTAINTIES,
    DEEDS,
    KINDS,
    OBJECTION_STATES,
    RELATIONS,
    REMARKS,
    STANCES,
    STATES,
    STATUSES,
    VERDICTS,
    Word,
)

ROOT = Path(__file__).resolve().parent.parent
WALKS, REFERENCE = ("README.md", "docs/mistakes.md", "docs/settling.md", "docs/strength.md"), "docs/reference.md"
FORMAT, TEMPLATES = "docs/format.md", "docs/templates.md"
FIELDS = re.compile(r"(<!-- fields: (?P<path>[\w ]+) -->)\n.*?(<!-- end -->)", re.DOTALL)
BLOCK = re.compile(
    r"(?:^`(?P<path>[\w/.-]+)`:\n\n)?^```(?P<kind>yaml|console)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)


def walked(text: str) -> str:
    """The README with every command run again, in order, in a folder of its own."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            run("kb init demo")
            os.chdir("demo")
            return BLOCK.sub(_play, text)
        finally:
            os.chdir(before)


def _play(block: re.Match[str]) -> str:
    """Write the file or run the commands of a block."""
    if block["kind"] == "yaml":
        if block["path"]:
            Path(block["path"]).write_text(block["body"], encoding="utf-8")
        return block[0]
    commands = [line[2:] for line in block["body"].splitlines() if line.startswith("$ ")]
    body = "\n".join(f"$ {command}\n{run(command)}" for command in commands)
    return block[0].replace(block["body"], body)


def run(command: str) -> str:
    """What a command prints, both streams as a terminal shows them."""
    name, *arguments = shlex.split(command)
    if name != "kb":
        sys.exit(f"README.md: only `kb` is run, not `{name}`")
    return CliRunner(env={"COLUMNS": "100"}).invoke(kb, arguments, prog_name="kb").output


def reference() -> str:
    """Commands, words and rules, as they are."""
    parts = [
        "# Reference",
        "Written by `make docs` from the tool itself. The files of a debate are described in [format.md](format.md).",
        "## Commands",
        *(_command(name) for name in discover.names("kb.commands")),
        "## Words",
        "What the words in files and on pages mean.",
        *(_words(title, table) for title, table in TABLES.items()),
        "### Relations\n\n| relation | reads | reversed | polarity |\n|---|---|---|---|\n"
        + "\n".join(f"| `{r.name}` | {r.gloss} | {r.inverse} | {r.polarity} |" for r in RELATIONS.values()),
        "## Rules",
        "`kb rule NAME` prints the page of a rule, with an example of the fault and of its cure.",
        "| rule | severity | finds |\n|---|---|---|\n"
        + "\n".join(f"| `{r.name}` | {r.rank} | {r.summary} |" for r in rules()),
    ]
    return "\n\n".join(parts) + "\n"


TABLES: dict[str, dict[str, Word]] = {
    "Kinds of node": dict(KINDS),
    "Certainty": dict(CERTAINTIES),
    "Verdicts": dict(VERDICTS),
    "Statuses": dict(STATUSES),
    "Stances": dict(STANCES),
    "States of a disagreement": dict(STATES),
    "How an objection fares": dict(OBJECTION_STATES),
    "Acts behind a disagreement (`kb open ID --why`)": {**DEEDS, **REMARKS},
}


def _words(title: str, table: dict[str, Word]) -> str:
    rows = "\n".join(f"| `{word.name}` | {word.gloss} |" for word in table.values())
    return f"### {title}\n\n| word | means |\n|---|---|\n{rows}"


def _command(name: str) -> str:
    return f"### `kb {name}`\n\n```text\n{run(f'kb {name} --help')}```"


def fields(text: str) -> str:
    """The format with what the one table says of each field; required ones in bold, relations apart."""
    return FIELDS.sub(lambda block: f"{block[1]}\n\n{_fields(*block['path'].split())}\n{block[3]}", text)


def _fields(record: str, *path: str) -> str:
    needed = required(record, path)
    rows = (
        f"| {f'**`{name}`**' if name in needed else f'`{name}`'} | {gloss} |\n"
        for name, gloss in GLOSSES[(record, *path)].items()
        if path or record != "node" or name not in RELATIONS
    )
    return "| field | says |\n|---|---|\n" + "".join(rows)


def schemas() -> dict[str, str]:
    """The schema of all files, and that of each record, as `kb schema` prints them."""
    each = {f"docs/schema/{record}.json": run(f"kb schema {record}") for record in RECORDS}
    return {"docs/schema/claims.json": run("kb schema"), **each}


def main() -> None:
    """Mend the files, or say what is out of date."""
    made = {REFERENCE: reference(), TEMPLATES: templates(), **schemas()}
    names = (*WALKS, FORMAT, *made)
    current = {name: (ROOT / name).read_text("utf-8") if (ROOT / name).exists() else "" for name in names}
    wanted = {**{name: walked(current[name]) for name in WALKS}, FORMAT: fields(current[FORMAT]), **made}
    if "--check" in sys.argv:
        for name, text in wanted.items():
            diff = difflib.unified_diff(
                current[name].splitlines(), text.splitlines(), name, "as it should be", lineterm=""
            )
            sys.stdout.writelines(f"{line}\n" for line in diff)
        sys.exit(current != wanted)
    for name, text in wanted.items():
        (ROOT / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
