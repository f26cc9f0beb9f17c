"""Proportions in, packed rows out: a plan that is pure, and ways to have its rows read."""

from mixlaw.mixture.plan import DEFAULT_MAX_EPOCHS, RowPlan
from mixlaw.mixture.source import Feed, batches
from mixlaw.mixture.stopping import stopped_when_used_up

__all__ = ["DEFAULT_MAX_EPOCHS", "Feed", "RowPlan", "batches", "stopped_when_used_up"]
