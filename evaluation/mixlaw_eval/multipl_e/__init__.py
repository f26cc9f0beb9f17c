"""MultiPL-E: its records, completions of them, programs as published and repaired, verdicts, pass@k."""

from mixlaw_eval.multipl_e.exporting import write_multipl_e_results
from mixlaw_eval.multipl_e.judging import judge, program_of, samples_of
from mixlaw_eval.multipl_e.reading import load_attempts, load_records
from mixlaw_eval.multipl_e.record import Attempt, Record
from mixlaw_eval.multipl_e.result_sets import load_results
from mixlaw_eval.multipl_e.results import FLAVOURS, Flavour, Result, read_results
from mixlaw_eval.multipl_e.scores import Comparison, PassResults, compare
from mixlaw_eval.multipl_e.tables import comparison_table, pass_table

__all__ = [
    "FLAVOURS",
    "Attempt",
    "Comparison",
    "Flavour",
    "PassResults",
    "Record",
    "Result",
    "compare",
    "comparison_table",
    "judge",
    "load_attempts",
    "load_records",
    "load_results",
    "pass_table",
    "program_of",
    "read_results",
    "samples_of",
    "write_multipl_e_results",
]
