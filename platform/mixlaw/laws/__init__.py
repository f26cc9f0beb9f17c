"""Scaling laws: forms, exact fits, uncertainty, published constants. Pure: arrays in, values out.

Only `FittedLaw.save` and `FittedLaw.load` touch a path.
"""

from mixlaw.laws.bootstrap import LEVEL, Interval
from mixlaw.laws.choose import Candidate, Choice
from mixlaw.laws.fit import AUTO, FAMILIES, fit
from mixlaw.laws.fits.chinchilla import ChinchillaFit, fit_chinchilla
from mixlaw.laws.fitted import FittedLaw, Prediction, Scales
from mixlaw.laws.forms import FORMS, Chinchilla, Coupled, Ensemble, Form, Gradients, Proportion, Transfer
from mixlaw.laws.held_out import HeldOut
from mixlaw.laws.observed.columns import RunColumns
from mixlaw.laws.observed.observations import Observations, observe
from mixlaw.laws.observed.table import observe_runs, rows_to_predict
from mixlaw.laws.order import OrderComparison, compare_order
from mixlaw.laws.predicted_rows import law_rows, with_predictions
from mixlaw.laws.score import Score, TargetScore, score
from mixlaw.laws.synergy import SynergyMatrix, synergy_matrix
from mixlaw.laws.target_report import TargetReport

__all__ = [
    "AUTO",
    "FAMILIES",
    "FORMS",
    "LEVEL",
    "Candidate",
    "Chinchilla",
    "ChinchillaFit",
    "Choice",
    "Coupled",
    "Ensemble",
    "FittedLaw",
    "Form",
    "Gradients",
    "HeldOut",
    "Interval",
    "Observations",
    "OrderComparison",
    "Prediction",
    "Proportion",
    "RunColumns",
    "Scales",
    "Score",
    "SynergyMatrix",
    "TargetReport",
    "TargetScore",
    "Transfer",
    "compare_order",
    "fit",
    "fit_chinchilla",
    "law_rows",
    "observe",
    "observe_runs",
    "rows_to_predict",
    "score",
    "synergy_matrix",
    "with_predictions",
]
