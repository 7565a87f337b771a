"""The sites that programs read here, each made once."""

from __future__ import annotations

import pytest

from kb.load import load
from tests import hostile, sites
from tests.conftest import read
from tests.machines import PUBLISHED, STARTER, built


@pytest.fixture(scope="session")
def starter() -> dict[str, str]:
    """The site of the worked example."""
    return built(sites.gather(load(STARTER / "claims").debate))


@pytest.fixture(scope="session")
def attacked() -> dict[str, str]:
    """The site of a debate that means harm."""
    return built(sites.gather(read(hostile.DEBATE).debate))


@pytest.fixture(scope="session")
def published() -> dict[str, str]:
    """The site of a debate that says where it is published."""
    return built(sites.gather(read(PUBLISHED).debate))
