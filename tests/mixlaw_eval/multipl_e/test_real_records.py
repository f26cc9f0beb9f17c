"""MultiPL-E's own HumanEval records: known answers pass, broken ones fail, in all seven languages.

The records are not part of this project (their licence wants them kept out of training data). The environment variable
MIXLAW_MULTIPL_E names a folder with `humaneval-LANGUAGE.jsonl`, the records of the dataset nuprl/MultiPL-E; known
answers are in the field `gpt_solution` that bytedance/SandboxFusion adds to them. Python's have none: those are ours.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mixlaw.trial import LANGUAGES
from mixlaw_eval.execution import Execution, Program, open_executor
from mixlaw_eval.languages.registry import LANGUAGE_OF
from mixlaw_eval.multipl_e import load_records
from mixlaw_eval.multipl_e.reading import language_named
from mixlaw_eval.multipl_e.repairs import repaired

FOLDER = os.environ.get("MIXLAW_MULTIPL_E", "")
PYTHON = {
    0: "    near = sorted(numbers)\n    return any(b - a < threshold for a, b in zip(near, near[1:]))",
    3: "    balance = 0\n    for step in operations:\n        balance += step\n        if balance < 0:\n"
       "            return True\n    return False",
    5: "    found = []\n    for number in numbers:\n        found += [delimeter, number]\n    return found[1:]",
    8: "    product = 1\n    for number in numbers:\n        product *= number\n    return sum(numbers), product",
    9: "    return [max(numbers[:i + 1]) for i in range(len(numbers))]",
    14: "    return [string[:i + 1] for i in range(len(string))]",
    16: "    return len({letter.lower() for letter in string})",
    27: "    return ''.join(c.lower() if c == c.upper() else c.upper() for c in string)",
    31: "    return n > 1 and all(n % d for d in range(2, int(n ** 0.5) + 1))",
    34: "    return sorted({*l})",
    35: "    best = l[0]\n    for number in l:\n        best = number if number > best else best\n    return best",
    37: "    even = sorted(l[::2])\n    return [even[i // 2] if i % 2 == 0 else x for i, x in enumerate(l)]",
    42: "    return [number + 1 for number in l]",
    46: "    last = [0, 0, 2, 0]\n    for _ in range(n):\n        last = last[1:] + [sum(last)]\n    return last[0]",
    52: "    return all(number < t for number in l)",
    57: "    rising = [b - a for a, b in zip(l, l[1:])]\n"
        "    return all(step >= 0 for step in rising) or all(step <= 0 for step in rising)",
    58: "    return sorted(number for number in {*l1} if number in l2)",
    62: "    return [i * x for i, x in enumerate(xs)][0 + 1:]",
    66: "    return sum(ord(c) for c in s if c == c.upper() and c != c.lower())",
    68: "    evens = [(x, i) for i, x in enumerate(arr) if x % 2 == 0]\n    return list(min(evens)) if evens else []",
}  # fmt: skip
"""Our answers, by number of the problem: the twenty that are tried in every language."""
BREAKS = ("exit", "garbage", "abort", "operator")
"""What is done to a right answer, in turn."""
EXIT = {
    "python": "import os; os._exit(0)", "java": "System.exit(0);", "javascript": "process.exit(0);",
    "typescript": "require('process').exit(0);", "csharp": "Environment.Exit(0);", "go": "os.Exit(0)",
    "rust": "if true { std::process::exit(0) }",
}  # fmt: skip
ABORT = {
    "python": "raise KeyError", "java": "if (true) throw new RuntimeException();",
    "javascript": "if (true) throw new Error();", "typescript": "if (true) throw new Error();",
    "csharp": "if (true) throw new Exception();", "go": 'if true { panic("x") }', "rust": 'if true { panic!("x") }',
}  # fmt: skip
LITERAL = re.compile(r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\])*\"|'(?:\\u?\w*.?|[^'\\\n])'|`[^`]*`", re.DOTALL)
DECLARED = {
    "java": r"^[^\n]*\bstatic\b[^\n;=.]*\b{}\s*(?=\()", "csharp": r"^[^\n]*\bstatic\b[^\n;=.]*\b{}\s*(?=\()",
    "rust": r"^\s*(?:pub )?fn {}\b", "go": r"^func {}\b", "javascript": r"^function {}\b",
    "typescript": r"^function {}\b",
}  # fmt: skip
MAIN = r"^[^\n]*\b(?:static\b[^\n]*\b[Mm]ain|fn main|func (?:main|Test\w+))\s*\("


@dataclass(frozen=True)
class Function:
    """A function within a program: where it begins, where its body does, where it ends."""

    start: int
    body: int
    end: int


def find(code: str, declared: str) -> Function | None:
    blank = LITERAL.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), code).replace("interface{}", "interface  ")
    match = re.search(declared, blank, re.MULTILINE)
    if match is None:
        return None
    body = depth = 0
    for at in range(match.end(), len(blank)):
        depth += (blank[at] == "{") - (blank[at] == "}")
        body = body or (at + 1 if blank[at] == "{" else 0)
        if body and depth == 0:
            return Function(match.start(), body, at + 1)
    raise AssertionError(f"unbalanced braces in {code}")


def without(code: str, declared: str) -> str:
    while found := find(code, declared):
        code = code[: found.start] + code[found.end :]
    return code


def answer(record: dict[str, Any], language: str) -> tuple[str, str]:
    """What stands before the function's body and the body to the end of the function: a known answer."""
    if language == "python":
        return record["prompt"], PYTHON[number(record["name"])] + "\n"
    fenced = re.search(r"```[\w#+]*\n(.*?)```", record["gpt_solution"], re.DOTALL)
    code = without(fenced[1] if fenced else record["gpt_solution"], MAIN)
    before, inner = "", code
    if language in ("java", "csharp"):
        problem = find(code, r"class Problem\b")
        before = record["prompt"].split("class Problem")[0] + "class Problem {\n"
        inner = code[problem.body : problem.end - 1] if problem else code
    elif language == "rust":
        before = "".join(f"{x}\n" for x in record["prompt"].split("\n") if x.startswith("use ") and x not in code)
    elif language == "go":
        before = record["prompt"].split("// ")[0]
        inner = re.sub(r'(?m)^(?:package .*|import \([^)]*\)|import "[^"]*")$', "", code)
    else:
        inner = re.sub(r"(?m)^console\.log.*$", "", code)
    name = re.findall(r"(\w+)\s*\(", record["prompt"].rstrip().split("\n")[-1])[0]
    target = find(inner, DECLARED[language].format(name))
    assert target, f"no {name} in {inner}"
    others = inner[: target.start] + inner[target.end :]
    return before + others + "\n" + inner[target.start : target.body], inner[target.body : target.end]


def completed(record: dict[str, Any], language: str, head: str, body: str) -> str:
    """As published the tests of Java, C# and Rust begin with the function's closing brace."""
    body = body[:-1] if language in ("java", "csharp", "rust") else body
    return repaired(language, f"{head}{body}\n{record['tests']}")


def broken(how: str, language: str, body: str) -> str:
    if how == "operator":
        swaps = {"+": "-", "-": "+", "<": ">", ">": "<", "==": "!=", "*": "+", "!=": "=="}
        swapped = re.sub(r" (\+|-|<|>|==|\*|!=)(?==? )", lambda match: " " + swaps[match[1]], body)
        return swapped if swapped != body else broken("abort", language, body)
    inserted = {"exit": EXIT[language], "abort": ABORT[language], "garbage": "?? not code ]"}[how]
    return f"\n    {inserted}\n{body}"


def number(name: str) -> int:
    return int(name.split("_")[1])


def programs(language: str) -> list[tuple[str, Program, Program]]:
    """(name and break, right program, broken program) of the twenty problems."""
    rows: dict[int, dict[str, Any]] = {}
    for path in sorted(Path(FOLDER).glob("humaneval-*.jsonl")):
        for line in path.read_text().splitlines():
            row = json.loads(line)
            if language_named(row["language"], str(path)) == language:
                rows[number(row["name"])] = row
    made: list[tuple[str, Program, Program]] = []
    for place, key in enumerate(PYTHON):
        how = BREAKS[place % len(BREAKS)]
        head, body = answer(rows[key], language)
        right = completed(rows[key], language, head, body)
        wrong = completed(rows[key], language, head, broken(how, language, body))
        made.append((f"{rows[key]['name']} {how}", Program(language=language, source=right),
                     Program(language=language, source=wrong)))  # fmt: skip
    return made


@pytest.fixture(scope="module")
def needs_records() -> None:
    if not FOLDER:
        pytest.skip("set MIXLAW_MULTIPL_E to a folder with MultiPL-E's humaneval-*.jsonl (see the top of this file)")


@pytest.mark.usefixtures("needs_records")
@pytest.mark.parametrize("language", LANGUAGES)
def test_known_answers_pass_and_broken_ones_fail(language: str) -> None:
    missing = LANGUAGE_OF[language].toolchain().missing
    if missing:
        pytest.skip(f"{missing[0].name} is missing: {missing[0].install}")
    made = programs(language)
    assert len(made) == 20
    with open_executor() as executor:
        found: dict[int, Execution] = dict(executor.run([p for _, right, wrong in made for p in (right, wrong)]))
    rights = {name: found[2 * i].verdict for i, (name, _, _) in enumerate(made)}
    wrongs = {name: found[2 * i + 1].verdict for i, (name, _, _) in enumerate(made)}
    assert rights == dict.fromkeys(rights, "passed")
    assert {name: verdict for name, verdict in wrongs.items() if verdict == "passed"} == {}
    assert {v for name, v in wrongs.items() if name.endswith("garbage")} == {"compile-error"}
    assert {v for name, v in wrongs.items() if name.endswith("abort")} == {"run-time-error"}


@pytest.mark.usefixtures("needs_records")
def test_the_records_are_as_counted() -> None:
    records = load_records(FOLDER)
    counts = {language: sum(record.language == language for record in records) for language in LANGUAGES}
    assert counts == {
        "python": 161, "java": 158, "javascript": 161, "typescript": 159, "csharp": 158, "go": 154, "rust": 156
    }  # fmt: skip


@pytest.mark.usefixtures("needs_records")
def test_repairs_touch_only_what_they_must() -> None:
    records = load_records(FOLDER)
    programs = [(record.language, record.prompt + "\n" + record.tests) for record in records]
    touched = [language for language, program in programs if repaired(language, program) != program]
    assert {language: touched.count(language) for language in set(touched)} == {
        "csharp": 55, "go": 1, "java": 1, "javascript": 1
    }  # fmt: skip
