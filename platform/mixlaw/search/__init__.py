"""Proportion search: from a fitted law and limits to a recommended mixture."""

from mixlaw.search.constraints import Box, Constraints
from mixlaw.search.recommend import search
from mixlaw.search.recommendation import Gain, Recommendation

__all__ = ["Box", "Constraints", "Gain", "Recommendation", "search"]
