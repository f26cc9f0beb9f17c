from __future__ import annotations

import gc
import importlib

import pytest

from mixlaw_sweeps.importing import quick_imports


def test_garbage_is_collected_again_after_an_import_that_failed() -> None:
    assert gc.isenabled()
    try:
        with pytest.raises(ModuleNotFoundError), quick_imports():
            importlib.import_module("no_such_module")
        assert gc.isenabled()
    finally:
        gc.unfreeze()
