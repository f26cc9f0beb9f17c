"""Proportion search: from a fitted law and limits to a recommended mixture."""

from mixlaw.search.box import Box
from mixlaw.search.constraints import Constraints, NoWorseThan
from mixlaw.search.front import Front, FrontPoint, Worst
from mixlaw.search.pareto import pareto
from mixlaw.search.recommend import search
from mixlaw.search.recommendation import Gain, Marginal, Recommendation

__all__ = [
    "Box",
    "Constraints",
    "Front",
    "FrontPoint",
    "Gain",
    "Marginal",
    "NoWorseThan",
    "Recommendation",
    "Worst",
    "pareto",
    "search",
]
