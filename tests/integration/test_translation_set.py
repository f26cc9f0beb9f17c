"""Every program of the translation set is compiled and run on every input, and must print exactly the output."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mixlaw.trial import LANGUAGES, MixlawError
from mixlaw_eval.execution import Execution, Executor, Program, open_executor
from mixlaw_eval.languages import LANGUAGE_OF
from mixlaw_eval.parallel import Task, load_tasks

pytestmark = pytest.mark.integration

TASKS = load_tasks()


@pytest.fixture(scope="module")
def executor() -> Iterator[Executor]:
    try:
        with open_executor() as opened:
            yield opened
    except MixlawError as error:
        pytest.skip(f"no sandbox here: {error}")


def program(task: Task, language: str) -> Program:
    return Program(language=language, source=task.sources[language], cases=task.cases)


def said(task: Task, execution: Execution) -> str:
    case = "" if execution.case is None else f" on {task.cases[execution.case].input!r}"
    return f"{task.name}: {execution.verdict}{case}: {execution.stdout}{execution.stderr}"


@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_program_prints_the_expected_output(language: str, executor: Executor) -> None:
    for tool in LANGUAGE_OF[language].toolchain().missing:
        pytest.skip(f"{tool.name} is not installed; get it with: {tool.install}")
    found = dict(executor.run([program(task, language) for task in TASKS]))
    wrong = [said(TASKS[i], execution) for i, execution in found.items() if execution.verdict != "passed"]
    assert len(found) == len(TASKS)
    assert not wrong, "\n".join(wrong)


def test_a_program_that_prints_something_else_is_found_out(executor: Executor) -> None:
    """The test above can fail."""
    task = TASKS[0]
    changed = Program(language="python", source=task.sources["python"] + "\nprint()\n", cases=task.cases)
    ((_, execution),) = executor.run([changed])
    assert (execution.verdict, execution.case) == ("wrong-answer", 0)
