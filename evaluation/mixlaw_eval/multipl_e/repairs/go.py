"""Go: a completion cannot import, and some tests give an inner slice another type than its outer one."""

from __future__ import annotations

import re

PACKAGES = {
    path.rpartition("/")[2]: path
    for path in (
        "bufio", "bytes", "cmp", "container/heap", "container/list", "crypto/md5", "crypto/sha256", "encoding/hex",
        "encoding/json", "errors", "fmt", "io", "maps", "math", "math/big", "math/bits", "math/cmplx", "math/rand",
        "os", "regexp", "reflect", "slices", "sort", "strconv", "strings", "time", "unicode", "unicode/utf8",
    )
}  # fmt: skip
"""Packages of the standard library that solutions use, by the name that they go by in a program."""
_OPAQUE = re.compile(r"//[^\n]*|/\*.*?\*/|`[^`]*`|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.DOTALL)
_IMPORT = re.compile(r"(?m)^\s*import\s*(\([^)]*\)|[^\n]*)")
_PATH = re.compile(r'(\w+\s+)?["`]([\w/.-]+)["`]')
_INNER = r"\[\](?:interface\{\}|\w+)\{[^{}]*\}"
_OUTER = re.compile(rf"\[\](?:interface\{{\}}|\[\]\w+)\{{(?P<elements>{_INNER}(?:, {_INNER})*)\}}")
"""A composite literal whose elements are slices of plain values."""
_PACKAGE_CLAUSE = re.compile(r"(?m)^package[ \t]+\w+[ \t]*;?")


def import_what_is_used(source: str) -> str:
    """Imports the packages of `PACKAGES` that the program uses (`strings.Fields`) and does not import.

    Not where the program declares the name itself. The imports stand on the line of the package clause: the compiler's
    line numbers stay as they were.
    """
    code = _OPAQUE.sub(lambda match: "" if match[0][0] == "/" else '""', source)
    missing = [name for name in PACKAGES if _uses(code, name) and name not in _imported(source)]
    clause = _PACKAGE_CLAUSE.search(source)
    if not missing or clause is None:
        return source
    imports = "".join(f'; import "{PACKAGES[name]}"' for name in missing)
    return source[: clause.end()].rstrip(" \t;") + imports + source[clause.end() :]


def element_types_of_nested_slices(source: str) -> str:
    """A slice of slices in a test gets one type of element: as published it does not compile.

    `[][]int{[]interface{}{0, 0}}` becomes `[][]int{[]int{0, 0}}`, and `[]interface{}{[]interface{}{}, []int{1}}`
    becomes `[][]int{[]int{}, []int{1}}`. Only in the lines of a test's table.
    """
    return re.sub(r"(?m)^\s*\{ actual: .*$", lambda line: _OUTER.sub(_one_type, line[0]), source)


def _one_type(outer: re.Match[str]) -> str:
    inner = {name for name in re.findall(r"\[\](\w+)\{", outer[0]) if name != "interface"}
    if len(inner) > 1 or "[]interface{}{" not in outer[0] or not inner:
        return outer[0]
    name = inner.pop()
    elements = outer["elements"].replace("[]interface{}{", f"[]{name}{{")
    return f"[][]{name}{{{elements}}}"


def _uses(code: str, name: str) -> bool:
    """Whether `name.Exported` is used and `name` is never declared as something else."""
    declared = rf"\b{name}\b\s*(?:,[\w\s,]*)?:?=[^=]|\b(?:var|const|func|type)\s+{name}\b|[(,]\s*{name}\s+[\[\]*\w]"
    return re.search(rf"(?<![\w.]){name}\.[A-Z]", code) is not None and re.search(declared, code) is None


def _imported(source: str) -> set[str]:
    """The names under which the program's imports are known."""
    code = re.sub(r"//[^\n]*", "", source)
    return {
        (path[1] or path[2].rpartition("/")[2]).strip()
        for clause in _IMPORT.finditer(code)
        for path in _PATH.finditer(clause[1])
    }
