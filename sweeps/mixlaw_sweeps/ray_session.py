"""Ray, started quietly on this machine or joined on a cluster."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Generator
from typing import Any, cast

from mixlaw.trial import MixlawError
from mixlaw_sweeps.beside import repeating
from mixlaw_sweeps.console import console, errors
from mixlaw_sweeps.orphans import free_reservations_of_dead_jobs

_QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_AIR_NEW_OUTPUT": "0",
    "TUNE_DISABLE_AUTO_CALLBACK_LOGGERS": "1",
    # Ctrl-C ends the command; Tune would end the study and tell of lost trials.
    "TUNE_DISABLE_SIGINT_HANDLER": "1",
    "TUNE_WARN_EXCESSIVE_EXPERIMENT_CHECKPOINT_SYNC_THRESHOLD_S": "0",
    "RAY_TRAIN_HEALTH_CHECK_INTERVAL_S": "0.3",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    # Ray kills workers when the machine runs out of memory because of a neighbour; our trials are small and resume.
    "RAY_memory_monitor_refresh_ms": "0",
}
_OBJECT_STORE_BYTES = 200 * 1024**2
_READY = "mixlaw_sweeps.ready"
"""What a process of a training session imports as it starts; the launcher gets ready meanwhile."""
_MOST_WARM = 16
"""CPUs up to which Ray's first processes, one per CPU, import it unasked: some 300 MB in each."""
_LOOK_SECONDS = 2.0


def quiet_ray() -> None:
    """Set Ray's environment, where the user has not: best before Ray is imported, which reads some of it then.

    Authentication is not touched: a local Ray asks for a token by its own default, and on a cluster RAY_AUTH_MODE and
    the token are those of the cluster (ray_cluster.yaml turns them on).
    """
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)


def _warm(num_cpus: int | None) -> dict[str, list[str]]:
    few = (num_cpus or os.cpu_count() or 1) <= _MOST_WARM
    return {"preload_python_modules": [_READY]} if few else {}


@contextlib.contextmanager
def ray_session(
    address: str = "local", *, num_cpus: int | None = None, trains: bool = False, verbose: bool = False
) -> Generator[None]:
    """Run the body inside a Ray session and leave it afterwards.

    `address` is "local" (a private Ray on this machine), "auto" (the cluster that this machine belongs to) or an
    address that `ray.init` takes. With `trains`, the processes of a local one get ready for trials as they start.
    Raises MixlawError when a cluster cannot be reached.
    """
    quiet_ray()
    import ray  # after the environment: Ray reads some of it on import

    if ray.is_initialized():
        yield
        return
    level = logging.INFO if verbose else logging.ERROR
    try:
        if address == "local":
            ray.init(
                address="local",
                num_cpus=num_cpus,
                include_dashboard=False,
                object_store_memory=_OBJECT_STORE_BYTES,
                logging_level=level,
                log_to_driver=verbose,
                _system_config=_warm(num_cpus) if trains else None,
            )
        else:
            ray.init(address=address, logging_level=level, log_to_driver=verbose)
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise MixlawError(
            f"no Ray cluster at {address!r} ({error}); start one with `ray up ray_cluster.yaml`, "
            "or leave --address out to run on this machine"
        ) from error
    try:
        with _ending_with_the_node():
            yield
    finally:
        ray.shutdown()


@contextlib.contextmanager
def _ending_with_the_node() -> Generator[None]:
    """End this process if the Ray node that it belongs to dies during the body; free what dead jobs hold meanwhile.

    Ray would neither answer nor raise any more: the body would wait for ever, and so would `ray.shutdown`.
    """
    import ray

    node = ray.get_runtime_context().get_node_id()

    def look() -> None:
        free_reservations_of_dead_jobs()
        if _is_dead(node):
            console.show_cursor()
            errors.print(
                "[bold red]error:[/] Ray on this machine has died (its raylet was killed; memory is the usual "
                "reason); what is finished is kept, and the same command goes on from here",
                soft_wrap=True,
            )
            os._exit(2)

    with repeating(look, _LOOK_SECONDS, patience_seconds=_LOOK_SECONDS):
        yield


def _is_dead(node: str) -> bool:
    import ray

    try:
        nodes = cast(list[dict[str, Any]], ray.nodes())
        return any(known["NodeID"] == node and not known["Alive"] for known in nodes)
    except Exception:  # the cluster's head is gone: in that case Ray itself ends the process
        return False
