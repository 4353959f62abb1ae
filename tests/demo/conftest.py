"""The files of the region, made once for all tests of it."""

import pytest

from app.demo.media import Made, make_files


@pytest.fixture(scope="session")
def files() -> dict[str, list[Made]]:
    return make_files()
