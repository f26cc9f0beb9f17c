from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mixlaw.corpus.cleaning.licence_headers import strip_licence_header
from mixlaw.trial import LANGUAGES

MIT = """Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files, to deal in the Software.

The above copyright notice shall be included in all copies.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND."""
APACHE = """Licensed under the Apache License, Version 2.0 (the "License");
you may not use this file except in compliance with the License.

    http://www.apache.org/licenses/LICENSE-2.0

Unless required by applicable law or agreed to in writing, software is distributed
on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND."""
BODIES = {
    "python": '"""What this module is about."""\n\nx = 1\n',
    "java": "package a.b;\n\n/** What this class is about. */\nclass A {}\n",
    "javascript": "/** What this file is about. */\nlet x = 1;\n",
    "typescript": "/** What this file is about. */\nlet x: number = 1;\n",
    "csharp": "using System;\n\n/// <summary>What this is about.</summary>\nclass A {}\n",
    "go": "// Package a is about this.\npackage a\n",
    "rust": "//! What this crate is about.\n\nfn main() {}\n",
}


def commented(text: str, before: str, line: str, after: str) -> str:
    return before + "".join(f"{line}{part}".rstrip() + "\n" for part in text.split("\n")) + after


@pytest.mark.parametrize("notice", [f"Copyright (c) 2020 Someone\n\n{MIT}", f"Copyright Someone.\n\n{APACHE}", APACHE])
@pytest.mark.parametrize("domain", LANGUAGES)
def test_a_notice_before_the_code_goes_and_the_documentation_stays(domain: str, notice: str) -> None:
    marks = (
        [("", "# ", ""), ('"""\n', "", '"""\n')] if domain == "python" else [("/*\n", " * ", " */\n"), ("", "// ", "")]
    )
    for before, line, after in marks:
        header = commented(notice, before, line, after)
        assert strip_licence_header(header + "\n" + BODIES[domain], domain) == BODIES[domain]
        # Straight before the code, but for Go and Rust, where the next line comment would belong to it.
        if after or domain not in ("go", "rust"):
            assert strip_licence_header(header + BODIES[domain], domain) == BODIES[domain]


@pytest.mark.parametrize(
    ("domain", "before", "header"),
    [
        ("go", "//go:build linux\n// +build linux\n\n", "// Copyright 2024 The Authors. All rights reserved.\n\n"),
        (
            "go",
            "",
            "// Copyright 2009 The Go Authors. All rights reserved.\n// license that can be found in LICENSE.\n\n",
        ),
        ("csharp", "", "#region License\n// Copyright (c) 2007 Someone\n#endregion\n\n"),
        (
            "csharp",
            "",
            '// <copyright file="A.cs" company="B">\n// Copyright (c) B. All rights reserved.\n// </copyright>\n\n',
        ),
        ("csharp", "#pragma warning disable CS1587\n", "/**\n * Copyright (c) 2014, Someone\n */\n\n"),
        ("csharp", "using System;\n\n", "// Copyright (c) Someone. All rights reserved.\n\n"),
        ("rust", "", "// SPDX-License-Identifier: MIT OR Apache-2.0\n"),
        ("rust", "", "/* This Source Code Form is subject to the terms of the Mozilla Public License */\n"),
        ("python", "#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n", "# Copyright Someone\n# Licensed to you.\n\n"),
        ("python", "", "# This file is part of X and is released under the terms of the\n# Y License\n\n"),
        ("typescript", "", "/** @license MIT */\n/* Copyright Someone */\n"),
        ("javascript", "'use strict';\n\n", "/*! x v1.2 | (c) 2020 Someone | MIT License */\n"),
        ("javascript", "#!/usr/bin/env node\n", "// Licensed under MIT\n"),
        ("java", "package b;\n\n", "/*\n * Copyright 2016 Someone\n *\n * Licensed under the Apache License\n */\n"),
    ],
)
def test_notices_of_every_kind(domain: str, before: str, header: str) -> None:
    assert strip_licence_header(before + header + BODIES[domain], domain) == before + BODIES[domain]


@pytest.mark.parametrize(
    ("domain", "text", "left"),
    [
        (
            "python",
            f'"""Read and write tables.\n\nThey are small.\n\nCopyright (c) 2010 X.\n{MIT}\n"""\nimport os\n',
            '"""Read and write tables.\n\nThey are small.\n"""\nimport os\n',
        ),
        (
            "java",
            "/* Copyright 2010 X\n *\n * Splits a line into words.\n */\nclass A {}\n",
            "/*\n *\n * Splits a line into words.\n */\nclass A {}\n",
        ),
        (
            "go",
            "// Copyright 2010 X\n//\n// Package a splits lines into words.\npackage a\n",
            "// Package a splits lines into words.\npackage a\n",
        ),
    ],
)
def test_of_one_comment_the_notice_goes_and_the_rest_stays(domain: str, text: str, left: str) -> None:
    assert strip_licence_header(text, domain) == left


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n# About this.\nx = 1\n", "python"),
        ('"""Checks that files have copyright notices and a license header."""\n', "python"),
        ("// Package a does b.\npackage a\n// Copyright notices are printed by c.\n", "go"),
        ("//! Reads the licences of all crates, and prints those that are not allowed.\nfn main() {}\n", "rust"),
        ("/** A driver's license number; may be null. */\nexport type Licence = string | null;\n", "typescript"),
        ('#region Fields\nclass A { string s = "Copyright (c) 2010"; }\n#endregion\n', "csharp"),
        ("let x = 1;\n// Copyright (c) 2010 Someone\n", "javascript"),
        ("Copyright (c) 2010 is a legal concept.\n", "text"),
    ],
)
def test_what_is_no_notice_stays(text: str, domain: str) -> None:
    assert strip_licence_header(text, domain) == text


_lines = st.lists(
    st.sampled_from(
        [
            "// Copyright 2010 X",
            "/* a",
            "b */",
            '"""',
            "# Licensed under MIT",
            "#region",
            "#endregion",
            "",
            "x = 1",
            " * y z w",
        ]
    ),
    max_size=12,
)


@given(_lines, st.sampled_from(LANGUAGES))
def test_whatever_the_text_no_code_is_lost_and_twice_changes_nothing(lines: list[str], domain: str) -> None:
    text = "\n".join([*lines, "the code"])
    stripped = strip_licence_header(text, domain)
    assert stripped.endswith("the code")
    assert strip_licence_header(stripped, domain) == stripped
    assert len(re.findall("x = 1", stripped)) <= len(re.findall("x = 1", text))
