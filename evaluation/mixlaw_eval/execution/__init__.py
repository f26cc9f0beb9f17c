"""Programs in, verdicts out: compile, run, compare, several at a time.

with open_executor() as executor:
    for index, execution in executor.run(programs):
        ...
"""

from mixlaw_eval.execution.executor import Executor, WithoutTools, open_executor
from mixlaw_eval.execution.program import Case, Execution, Program, Runs, Verdict

__all__ = ["Case", "Execution", "Executor", "Program", "Runs", "Verdict", "WithoutTools", "open_executor"]
