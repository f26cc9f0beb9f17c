"""Each rule on texts: what it changes, and what it leaves alone. Whether the result compiles, test_execute shows."""

from __future__ import annotations

from mixlaw_eval.multipl_e.repairs import IMPOSSIBLE, RULES, impossible, repaired
from mixlaw_eval.multipl_e.repairs.csharp import compare_by_value
from mixlaw_eval.multipl_e.repairs.go import element_types_of_nested_slices, import_what_is_used
from mixlaw_eval.multipl_e.repairs.java import optionals_within_pairs
from mixlaw_eval.multipl_e.repairs.javascript import line_breaks_within_texts

MAIN = "class Problem {\n    static string F() { return null; }\n    public static void Main(string[] args) {\n"


def csharp(*assertions: str) -> str:
    return compare_by_value(MAIN + "".join(f"    {line}\n" for line in assertions) + "    }\n}\n")


def test_csharp_lists_are_compared_by_value() -> None:
    mended = csharp('Debug.Assert(F(("a) .Equals(")).Equals((new List<string>(new string[]{(string)"x"}))));')
    assert 'MixlawSame.Values(F(("a) .Equals(")), (new List<string>(new string[]{(string)"x"}))));' in mended
    assert mended.count("static class MixlawSame") == 1


def test_csharp_tuples_and_null_are_compared_by_value() -> None:
    assert "MixlawSame.Values(F(1), (Tuple.Create(1L, 2L)))" in csharp(
        "Debug.Assert(F(1).Equals((Tuple.Create(1L, 2L))));"
    )
    assert "MixlawSame.Values(F(1), null)" in csharp("Debug.Assert(F(1).Equals(null));")


def test_csharp_other_assertions_and_the_solution_stay() -> None:
    lines = ('Debug.Assert(F(("new ")).Equals(("new x")));', "Debug.Assert(F((new List<long>())) == (1L));")
    untouched = MAIN + "".join(f"    {line}\n" for line in lines)
    assert compare_by_value(untouched) == untouched
    body = "class Problem {\n  void F() {\n    Debug.Assert(a.Equals(new List<long>()));\n  }\n"
    assert compare_by_value(body) == body


GO = 'package x_test\n\nimport (\n    "testing"\n    "fmt"\n)\n\n'


def test_go_imports_what_a_completion_uses() -> None:
    mended = import_what_is_used(
        GO + "func f(s string) int {\n\treturn len(strings.Fields(s)) + int(math.Sqrt(4))\n}\n"
    )
    assert mended.splitlines()[0] == 'package x_test; import "math"; import "strings"'
    assert len(mended.splitlines()) == len(GO.splitlines()) + 3


def test_go_leaves_alone_what_is_imported_declared_or_only_spoken_of() -> None:
    for body in (
        "func f(strings []string) int { return strings.Len() }\n",
        "func f() int { sort := g(); return sort.Less }\n",
        'func f() string { return "strings.Fields" } // math.Sqrt\n',
        "func f() { fmt.Println(x.strings.Fields) }\n",
        "func f() { time.sleep() }\n",
    ):
        assert import_what_is_used(GO + body) == GO + body
    imported = 'package x_test\n\nimport "strings"\nimport m "math/rand"\n\nfunc f() { strings.Fields(m.Int()) }\n'
    assert import_what_is_used(imported) == imported
    assert import_what_is_used("strings.Fields") == "strings.Fields"


def test_go_slices_of_slices_get_one_type() -> None:
    row = "  { actual: candidate([]interface{}{[]interface{}{}, []int{1}}), expected: [][]int{[]interface{}{2, 2}} },"
    right = "  { actual: candidate([][]int{[]int{}, []int{1}}), expected: [][]int{[]int{2, 2}} },"
    assert element_types_of_nested_slices(row) == right
    for kept in (
        right,
        '     { actual: candidate([]interface{}{1, "a"}), expected: []interface{}{nil, 1} },',
        "     { actual: candidate(1), expected: [][]interface{}{} },",
        "\tx := [][]int{[]interface{}{0}}",
    ):
        assert element_types_of_nested_slices(kept) == kept


def test_java_optionals_within_pairs() -> None:
    head = "    public static Pair<Optional<Long>, Optional<Long>> f(long n) {\n"
    published = (
        "    assert(f(1l).equals(Optional.of(Pair.with(-2l, 1l))) && f(2l).equals(Optional.of(Optional.empty())));"
    )
    mended = optionals_within_pairs(head + published)
    assert "f(1l).equals(Pair.with(Optional.of(-2l), Optional.of(1l)))" in mended
    assert "f(2l).equals(Optional.empty())" in mended
    assert optionals_within_pairs(published) == published, "only where the method gives such a pair"


def test_javascript_line_breaks_within_texts() -> None:
    head = "// it's \"odd\nfunction f(){}\n"
    tests = '\nfunction test() {\n  assert.deepEqual(candidate("a\nb"),\'c\'); // "\n}\n'
    assert line_breaks_within_texts(head + tests) == head + tests.replace("a\nb", "a\\nb")
    assert line_breaks_within_texts(head) == head


def test_languages_without_a_rule_are_left_alone() -> None:
    assert set(RULES) == {"csharp", "go", "java", "javascript"}
    assert repaired("rust", "fn main() {") == "fn main() {"


def test_every_impossible_problem_has_a_reason() -> None:
    assert all(len(reason) > 20 for reason in IMPOSSIBLE.values())
    assert impossible("python", "HumanEval_92_any_int") is None
    assert impossible("rust", "HumanEval_92_any_int")
