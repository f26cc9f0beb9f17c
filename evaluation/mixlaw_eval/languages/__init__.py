"""How a program of one language is compiled and run: one file per language.

`LANGUAGE_OF["rust"]` is a `Language`; `language.open(sandbox)` is its `Compiler`, which may keep a compiler warm.
"""
