"""Rust: what is particular to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mixlaw_eval.languages import CompileFailure

pytestmark = pytest.mark.integration

TESTS = "}\n\nfn main() {\n    let candidate = answer;\n    assert_eq!(candidate(), 42);\n}\n"
"""As MultiPL-E's: they begin with the brace that ends the function."""


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("42", "passed"),
        ("41", "wrong-answer"),
        ("assert!(false); 42", "wrong-answer"),
        ("let n = std::env::args().count() as i32; n + i32::MAX", "run-time-error"),  # overflow is checked
        ("None::<i32>.unwrap()", "run-time-error"),
        ("panic!()", "run-time-error"),
        ("std::process::exit(0)", "no sentinel"),
        ("let _ = std::panic::catch_unwind(|| std::process::exit(0)); 42", "no sentinel"),
        ("fn f(n: i32) -> i32 { if n == 0 { 42 } else { f(n - 1) } } f(1000)", "passed"),
        ("42 } macro_rules! println { ($($x:tt)*) => {}; } fn g() {", "passed"),  # its println! is not ours
        ("let unused = 1; 42", "passed"),
        ("let x: u8 = 256; 42", "compile-error"),  # an error by default stays one
        ("let [a, b] = [1, 41]; let async_ = a + b; async_", "passed"),
    ],
)
def test_verdicts(opening: Callable, body: str, verdict: str) -> None:
    assert opening("rust").verdict(f"fn answer() -> i32 {{\n    {body}\n{TESTS}") == verdict


@pytest.mark.parametrize("attribute", ['#![crate_type = "lib"]', '#![crate_name = "other"]', "#![deny(warnings)]"])
def test_attributes_cannot_make_of_it_what_does_not_start(opening: Callable, attribute: str) -> None:
    assert opening("rust").verdict(f"{attribute}\nfn answer() -> i32 {{ 42\n{TESTS}") == "passed"


def test_a_compiler_reads_no_file_of_this_machine(opening: Callable, tmp_path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    made = opening("rust").compiler.compile(f'fn main() {{ println!("{{}}", include_str!("{secret}")); }}')
    assert isinstance(made, CompileFailure)
    assert "couldn't read" in made.messages
