"""The lock on a trial's folder: between processes, and gone with a process that is killed."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from mixlaw.pretrain.checkpoints.sole_writer import sole_writer

HOLD = """
import sys, time
from pathlib import Path
from mixlaw.pretrain.checkpoints.sole_writer import sole_writer
with sole_writer(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    started = subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE, text=True)
    assert started.stdout
    assert started.stdout.readline() == "held\n"
    return started


def test_the_second_waits_until_the_first_is_killed(tmp_path: Path) -> None:
    first = holder(tmp_path)
    with pytest.raises(OSError, match="another process has been training"), sole_writer(tmp_path, patience_seconds=0.3):
        pass
    with sole_writer(tmp_path, "rank-0", patience_seconds=0.0):
        pass  # another part of the folder is another lock
    first.kill()
    first.communicate()
    with sole_writer(tmp_path, patience_seconds=30.0):
        assert first.returncode


def test_the_body_s_own_error_comes_through_and_frees_the_folder(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), sole_writer(tmp_path):
        raise ZeroDivisionError
    began = time.monotonic()
    with sole_writer(tmp_path, patience_seconds=30.0):
        assert time.monotonic() - began < 30.0
