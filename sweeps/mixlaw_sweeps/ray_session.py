"""Ray, started quietly on this machine or joined on a cluster."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Generator

from mixlaw.trial import MixlawError

_QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_AIR_NEW_OUTPUT": "0",
    "TUNE_DISABLE_AUTO_CALLBACK_LOGGERS": "1",
    "TUNE_WARN_EXCESSIVE_EXPERIMENT_CHECKPOINT_SYNC_THRESHOLD_S": "0",
    "RAY_TRAIN_HEALTH_CHECK_INTERVAL_S": "0.3",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    # Ray kills workers when the machine runs out of memory because of a neighbour; our trials are small and resume.
    "RAY_memory_monitor_refresh_ms": "0",
}
_OBJECT_STORE_BYTES = 200 * 1024**2


def quiet_ray() -> None:
    """Set Ray's environment, where the user has not: best before Ray is imported, which reads some of it then.

    Authentication is not touched: a local Ray asks for a token by its own default, and on a cluster RAY_AUTH_MODE and
    the token are those of the cluster (ray_cluster.yaml turns them on).
    """
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)


@contextlib.contextmanager
def ray_session(address: str = "local", *, num_cpus: int | None = None, verbose: bool = False) -> Generator[None]:
    """Run the body inside a Ray session and leave it afterwards.

    `address` is "local" (a private Ray on this machine), "auto" (the cluster that this machine belongs to) or an
    address that `ray.init` takes. Raises MixlawError when a cluster cannot be reached.
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
            )
        else:
            ray.init(address=address, logging_level=level, log_to_driver=verbose)
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise MixlawError(
            f"no Ray cluster at {address!r} ({error}); start one with `ray up ray_cluster.yaml`, "
            "or leave --address out to run on this machine"
        ) from error
    try:
        yield
    finally:
        ray.shutdown()
