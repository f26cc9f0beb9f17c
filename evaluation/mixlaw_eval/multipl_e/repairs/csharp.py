"""C#: lists and dictionaries are compared by reference as published, so that no two are ever equal."""

from __future__ import annotations

import re

_MAIN = "public static void Main(string[] args)"
_ASSERT = "Debug.Assert("
_EQUALS = ".Equals("
_LITERAL = re.compile(r'@"(?:[^"]|"")*"|"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'')
_BY_REFERENCE = re.compile(r"\bnew\b|\bTuple\.Create\(|^\(*null\)*$")

_SAME = """
static class MixlawSame
{
    public static bool Values(object actual, object expected)
    {
        if (actual == null || expected == null) return actual == null && expected == null;
        if (actual is string || expected is string) return actual.Equals(expected);
        var dictionary = actual as System.Collections.IDictionary;
        if (dictionary != null) return Entries(dictionary, expected as System.Collections.IDictionary);
        var sequence = actual as System.Collections.IEnumerable;
        if (sequence != null) return Elements(sequence, expected as System.Collections.IEnumerable);
        if (Parts(actual) != null) return Values(Parts(actual), Parts(expected));
        return actual.Equals(expected);
    }

    static bool Elements(System.Collections.IEnumerable actual, System.Collections.IEnumerable expected)
    {
        if (expected == null) return false;
        var left = actual.GetEnumerator();
        var right = expected.GetEnumerator();
        while (left.MoveNext())
            if (!right.MoveNext() || !Values(left.Current, right.Current)) return false;
        return !right.MoveNext();
    }

    static bool Entries(System.Collections.IDictionary actual, System.Collections.IDictionary expected)
    {
        if (expected == null || actual.Count != expected.Count) return false;
        foreach (System.Collections.DictionaryEntry entry in actual)
            if (!expected.Contains(entry.Key) || !Values(entry.Value, expected[entry.Key])) return false;
        return true;
    }

    static object[] Parts(object value)
    {
        var type = value.GetType();
        if (!type.IsGenericType || !type.FullName.StartsWith("System.Tuple`")) return null;
        var parts = new System.Collections.Generic.List<object>();
        foreach (var property in type.GetProperties())
            if (property.Name.StartsWith("Item")) parts.Add(property.GetValue(value, null));
        return parts.ToArray();
    }
}
"""


def compare_by_value(source: str) -> str:
    """`Debug.Assert(f(x).Equals(y));` of the tests compares values: lists, arrays and dictionaries element by element.

    Nested ones and tuples too (`Tuple<long?, long?>` never equals the `Tuple<long, long>` of an expected value as
    published), and null, on which `Equals` cannot be called. Everything else is compared as `Equals` does; a program
    without such an expected value stays as it is.
    """
    body, main, tests = source.rpartition(_MAIN)
    mended = re.sub(r"(?m)^([ \t]*)(Debug\.Assert\(.*\);)(?=[ \t\r]*$)", lambda m: m[1] + _by_value(m[2]), tests)
    return f"{body}{main}{mended}{_SAME}" if main and mended != tests else source


def _by_value(assertion: str) -> str:
    """One assertion, with `.Equals(` replaced when that does not compare what is expected."""
    inner = assertion.removeprefix(_ASSERT).removesuffix(");")
    at = _outer_equals(inner)
    if at is None or not inner.endswith(")"):
        return assertion
    actual, expected = inner[:at], inner[at + len(_EQUALS) : -1]
    if not _BY_REFERENCE.search(_LITERAL.sub("", expected)):
        return assertion
    return f"{_ASSERT}MixlawSame.Values({actual}, {expected}));"


def _outer_equals(expression: str) -> int | None:
    """Where `.Equals(` stands outside every bracket and literal, or None."""
    blank = _LITERAL.sub(lambda match: " " * len(match[0]), expression)
    depth = 0
    for at, character in enumerate(blank):
        if depth == 0 and blank.startswith(_EQUALS, at):
            return at
        depth += (character in "([{") - (character in ")]}")
    return None
