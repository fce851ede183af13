"""A pytest plugin, `-p on_spark`: whatever module asks its REDUCER asks the engine of the environment."""

from __future__ import annotations

from typing import Any

import pytest

from monosashi.adapters.engines import chosen_reducer

REDUCER = chosen_reducer()


def pytest_collection_modifyitems(config: pytest.Config, items: list[Any]) -> None:
    """An example that is put to several reducers is put to this one once."""
    again = [item for item in items if hasattr(item, "callspec") and "numpy" in item.callspec.params.values()]
    config.hook.pytest_deselected(items=again)
    items[:] = [item for item in items if item not in again]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item: Any) -> None:
    """After the fixtures, which may have chosen a reducer of their own."""
    if hasattr(item.module, "REDUCER"):
        item.module.REDUCER = REDUCER
