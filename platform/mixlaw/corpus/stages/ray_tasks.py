"""A stage's tasks on Ray Data: a streaming dataset of items, mapped wherever the cluster has a free core.

Every node must see the folder that is built at the same path.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar, cast

import ray
import ray.data

from mixlaw.trial import MixlawError

Item = TypeVar("Item")
_ONE_THREAD = ("OMP_NUM_THREADS", "RAYON_NUM_THREADS", "POLARS_MAX_THREADS")


def on_ray_data(task: Callable[[Item], None], items: Sequence[Item]) -> Iterator[None]:
    """As `RunTasks`, with a core to each task; needs a Ray session. A task's MixlawError is raised here."""
    if not items:
        return
    for name in ("ray.data", "ray.data._internal.execution.streaming_executor"):
        logging.getLogger(name).setLevel(logging.ERROR)  # it announces every dataset
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    shared = ray.put(list(items))

    def run(batch: dict[str, Any]) -> dict[str, Any]:
        for name in _ONE_THREAD:
            os.environ.setdefault(name, "1")
        item = ray.get(shared)[int(batch["index"][0])]
        try:
            task(item)
        except MixlawError as error:
            return {"mistake": [str(error)]}
        return {"mistake": [""]}

    indices = [{"index": index} for index in range(len(items))]
    numbers = cast(Any, ray.data.from_items(indices, override_num_blocks=len(items)))
    done: Any = numbers.map_batches(run, batch_size=1, batch_format="numpy", num_cpus=1)
    for row in cast(Iterable[dict[str, str]], done.iter_rows()):
        if row["mistake"]:
            raise MixlawError(row["mistake"])
        yield
