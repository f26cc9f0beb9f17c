"""Programs in, verdicts out: compile, run, compare, several at a time."""

from mixlaw_eval.execution.program import Case, Execution, Program, Verdict

__all__ = ["Case", "Execution", "Program", "Verdict"]
