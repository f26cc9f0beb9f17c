"""Proportion search: from a fitted law and limits to a recommended mixture."""

from mixlaw.search.constraints import Box, Constraints
from mixlaw.search.recommendation import Gain, Recommendation
from mixlaw.search.study import search

__all__ = ["Box", "Constraints", "Gain", "Recommendation", "search"]
