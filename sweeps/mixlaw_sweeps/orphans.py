"""What a killed driver leaves reserved on a cluster that lives on.

Ray frees the placement groups of a job when the job ends. One that a Train controller is given at that moment, since
the job's other processes have just made room, comes too late to be freed: it keeps its CPUs or GPUs for as long as the
cluster lives, and no worker group starts any more (Ray 2.60; Train's own cleaner knows only groups whose workers have
started, and asks a dashboard that need not be there).
"""

from __future__ import annotations

import logging
from typing import Any, cast

log = logging.getLogger(__name__)


def free_reservations_of_dead_jobs() -> int:
    """Remove the placement groups whose job has ended and whose creator is dead, if it was an actor; how many."""
    try:
        orphaned = _orphaned()
    except Exception as error:  # these tables are Ray's own affair: another version may keep them otherwise
        log.warning("cannot see what earlier jobs left reserved: %s", error)
        return 0
    for identity in orphaned:
        _remove(identity)
    return len(orphaned)


def _orphaned() -> list[bytes]:
    import ray
    from ray._private.state import state  # ray.util.placement_group_table does not tell who made a group
    from ray.core.generated import gcs_pb2

    tables, group = cast(Any, state), cast(Any, gcs_pb2).PlacementGroupTableData
    ended = {str(job["JobID"]) for job in cast(Any, ray)._private.state.jobs() if job["IsDead"]}
    actors = cast(dict[str, dict[str, Any]], tables.actor_table(None, None, None))
    alive = {name for name, actor in actors.items() if actor["State"] != "DEAD"}
    rows = [group.FromString(raw) for raw in tables._connect_and_get_accessor().get_placement_group_table()]
    return [
        row.placement_group_id
        for row in rows
        if row.state != group.REMOVED
        and not row.is_detached
        and row.creator_job_id.hex() in ended
        and row.creator_actor_id.hex() not in alive
    ]


def _remove(identity: bytes) -> None:
    import ray
    from ray.util.placement_group import PlacementGroup, remove_placement_group

    remove_placement_group(PlacementGroup(cast(Any, ray).PlacementGroupID(identity)))
