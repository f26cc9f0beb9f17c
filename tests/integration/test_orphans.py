"""CPUs that Ray reserved for a driver as it was killed, on a cluster that lives on."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

pytestmark = pytest.mark.integration

# As two Train controllers do: one group holds the CPUs, an actor waits for another group of them.
KILLED = """
import ray, signal, os, sys, time
from ray.util.placement_group import placement_group, placement_group_table
ray.init(address=sys.argv[1], logging_level="ERROR")

@ray.remote(num_cpus=0)
class Controller:
    def ask(self):
        self.group = placement_group([{"CPU": 1}, {"CPU": 1}])
        return self.group.id.hex()

ray.get(placement_group([{"CPU": 1}, {"CPU": 1}]).ready())
controller = Controller.remote()
waits = ray.get(controller.ask.remote())
while placement_group_table()[waits]["state"] != "PENDING":
    time.sleep(0.05)
os.kill(os.getpid(), signal.SIGKILL)
"""
# A job that has ended and whose detached actor lives has its groups by right.
NEXT = """
import ray, sys, time
from ray.util.placement_group import placement_group
from mixlaw_sweeps.orphans import free_reservations_of_dead_jobs
ray.init(address=sys.argv[1], logging_level="ERROR")
until = time.monotonic() + 60
while ray.available_resources().get("CPU") != 2.0:
    assert time.monotonic() < until, "the CPUs did not come back"
    free_reservations_of_dead_jobs()
    time.sleep(0.5)

@ray.remote(num_cpus=0, lifetime="detached", name="keeper", namespace="kept")
class Keeper:
    def keep(self):
        self.group = placement_group([{"CPU": 1}])
        return ray.get(self.group.ready()) is not None

ray.get(Keeper.remote().keep.remote())
"""
LAST = """
import ray, sys
from mixlaw_sweeps.orphans import free_reservations_of_dead_jobs
ray.init(address=sys.argv[1], logging_level="ERROR")
print("freed", free_reservations_of_dead_jobs(), "left", ray.available_resources()["CPU"])
"""


def run(script: str, address: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script, address], capture_output=True, text=True, timeout=240, check=False
    )


def test_what_a_killed_driver_had_reserved_is_freed_and_what_is_used_is_not(nodes: Any) -> None:
    assert run(KILLED, nodes.address).returncode == -9
    ended = run(NEXT, nodes.address)
    assert ended.returncode == 0, ended.stderr
    told = run(LAST, nodes.address)
    assert told.stdout.endswith("freed 0 left 1.0\n"), told.stdout + told.stderr
    assert "cannot see" not in told.stderr
