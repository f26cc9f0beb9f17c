"""How fast this machine trains: measured per shape in half a minute at most, remembered per machine and version.

What is measured is what a study does: as many processes at once as it would run, compiled where it would be, the
passes over micro-batches, the optimiser and the held-out loss by themselves.
"""

from __future__ import annotations

import dataclasses
import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import torch

import mixlaw
from mixlaw.model import ladder
from mixlaw.pretrain.calibration.side_by_side import NoRoom, SideBySide
from mixlaw.pretrain.calibration.workload import Speed, Workload, scaled
from mixlaw.pretrain.machine.hardware import device_of, hardware_name
from mixlaw.pretrain.placement import Placement
from mixlaw.store import atomic_write

BUDGET_SECONDS = 30.0
"""Of all shapes together."""
Timed = Callable[[Workload, float], Speed]
"""The speed of a workload, measured for about so many seconds. Raises NoRoom."""
_LARGEST = {"cpu": "3M", "cuda": "60M"}
_SURE_RATE = {"cpu": 5e10, "cuda": 1e14}
"""FLOP/s that are reached anyway: for whether the first shape can be measured in the time."""
_FORMAT = 2


def calibrate(
    workloads: Sequence[Workload], *, at_once: int = 1, budget_seconds: float = BUDGET_SECONDS
) -> dict[Workload, Speed]:
    """The speed of every workload: remembered, measured now, or by FLOPs from the nearest one that was measured.

    Raises MixlawError when the measuring processes fail.
    """
    device = device_of(Placement(out=Path()))
    file, known = _remembered(device, at_once)
    missing = [work for work in dict.fromkeys(workloads) if work.name not in known]
    if missing:
        with SideBySide(at_once) as processes:
            found = measure(missing, processes.timed, budget_seconds, device.type)
        known |= dict(zip([work.name for work in missing], found, strict=True))
        _remember(file, known)
    return {work: known[work.name] for work in workloads}


def measured_speeds(workloads: Sequence[Workload], *, at_once: int, seconds_each: float) -> dict[Workload, Speed]:
    """The speed of every workload that can be measured, remembered or now: no other's is scaled.

    What `at_once` of find no room on the device is left out. Raises MixlawError when the measuring processes fail.
    """
    file, known = _remembered(device_of(Placement(out=Path())), at_once)
    missing = [work for work in dict.fromkeys(workloads) if not _is_measured(known, work)]
    if missing:
        known |= _each_measured(missing, at_once, seconds_each)
        _remember(file, known)
    return {work: known[work.name] for work in workloads if _is_measured(known, work)}


def _each_measured(workloads: Sequence[Workload], at_once: int, seconds: float) -> dict[str, Speed]:
    found: dict[str, Speed] = {}
    with SideBySide(at_once) as processes:
        for work in sorted(workloads, key=lambda work: work.flops):
            try:
                found[work.name] = processes.timed(work, seconds)
            except NoRoom:
                break
    return found


def _is_measured(known: Mapping[str, Speed], work: Workload) -> bool:
    return work.name in known and known[work.name].measured


def _remembered(device: torch.device, at_once: int) -> tuple[Path, dict[str, Speed]]:
    machine = f"{hardware_name(device)}, {os.cpu_count()} cores, torch {torch.__version__}"
    what = f"{_FORMAT}, mixlaw {mixlaw.__version__}, {at_once} at once, {machine}"
    words = "".join(letter if letter.isalnum() else "-" for letter in what)
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    file = home / "mixlaw" / "speed" / f"{words}.json"
    try:
        return file, {name: Speed(**numbers) for name, numbers in json.loads(file.read_text()).items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return file, {}


def _remember(file: Path, known: Mapping[str, Speed]) -> None:
    atomic_write(file, json.dumps({name: dataclasses.asdict(speed) for name, speed in known.items()}).encode())


def measure(workloads: Sequence[Workload], timed: Timed, seconds: float, device_type: str) -> list[Speed]:
    """Smallest first, as many as there is time for; the others by FLOPs from the largest of these."""
    ends, found = time.monotonic() + seconds, dict[Workload, Speed]()
    todo = sorted(dict.fromkeys(workloads), key=lambda work: work.flops)
    for n_left, work in zip(range(len(todo), 0, -1), todo, strict=True):
        left, tokens = ends - time.monotonic(), work.rows * work.seq_len
        nearest = next(reversed(found.items()), None)
        per_token = scaled(nearest[1], nearest[0], work).token if nearest else work.flops / _SURE_RATE[device_type]
        if 6 * per_token * tokens > left:
            break
        try:
            found[work] = timed(work, left / n_left)
        except NoRoom:
            break
    if not found:
        stand_in = dataclasses.replace(todo[0], shape=ladder(_LARGEST[device_type]))
        found[stand_in] = timed(stand_in, seconds)
    largest, speed = next(reversed(found.items()))
    return [found.get(work) or scaled(speed, largest, work) for work in workloads]
