"""Proportions in, packed rows out: a plan that is pure, and two sources of rows for it."""

from mixlaw.mixture.plan import DEFAULT_MAX_EPOCHS, RowPlan
from mixlaw.mixture.source import RowSource, batches

__all__ = ["DEFAULT_MAX_EPOCHS", "RowPlan", "RowSource", "batches"]
