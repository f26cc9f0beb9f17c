"""Go's standard library compiled once per machine, so that a program costs one compile and one link.

Go 1.20 and newer ship no compiled packages, and `go build` asks for each of them anew. `prepared` keeps them in the
cache (`mixlaw.corpus.default_cache`), with the harness that runs a program's tests. Only the toolchain's own sources
are compiled there, outside the sandbox; programs never write to it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from filelock import FileLock

from mixlaw.trial import MixlawError
from mixlaw_eval.languages.toolchain import read_only

LAYOUT = 1
"""Raised when what is kept changes."""
HARNESS = "mixlaw/harness"
TESTED = "command-line-arguments_test"
"""The import path of a program under test; "go test FILE" says so too."""
_PREPARATION_TIMEOUT_S = 1800
_VET_CHECKS = ("atomic", "bool", "buildtags", "errorsas", "ifaceassert", "nilfunc", "printf", "stringintconv")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """Compiled packages and the files that name them, as `go tool compile`, `link` and `vet` want them."""

    folder: Path
    tools: Path
    """Where compile, link and vet are."""
    vet_flags: tuple[str, ...]
    read_only: tuple[Path, ...]
    """What the sandbox must show."""

    @property
    def imports(self) -> Path:
        """The importcfg of a program: the public packages (`go build` refuses internal ones)."""
        return self.folder / "imports.cfg"

    @property
    def linked(self) -> Path:
        """The importcfg of a link and of the generated main: every package, the harness, the program under test."""
        return self.folder / "linked.cfg"

    @property
    def vet(self) -> Path:
        """The unit that vet checks."""
        return self.folder / "vet.cfg"


def prepared(go: Path) -> Standard:
    """The standard library of this `go`, compiled now if it was not before (some seconds; a minute for Go >= 1.20).

    Raises MixlawError when Go cannot compile its own library.
    """
    from mixlaw.corpus.sources.fetch import default_cache

    facts = _facts(go)
    folder = default_cache() / "go" / _key(facts)
    root, tools = Path(facts["GOROOT"]), Path(facts["GOTOOLDIR"])
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.parent / f"{folder.name}.lock"):
            if not folder.exists():
                _prepare(go, tools, root, folder)
    return Standard(
        folder=folder,
        tools=tools,
        vet_flags=tuple(json.loads((folder / "vet-flags.json").read_text())) if (tools / "vet").exists() else (),
        read_only=read_only(folder, root),
    )


def _facts(go: Path) -> dict[str, str]:
    names = ("GOROOT", "GOTOOLDIR", "GOVERSION")
    return dict(zip(names, _go(go, ["env", *names], {}).splitlines(), strict=True))


def _key(facts: Mapping[str, str]) -> str:
    told = json.dumps([LAYOUT, facts, [(name, source) for name, source in sorted(_harness_sources().items())]])
    return f"{facts['GOVERSION']}-{hashlib.sha256(told.encode()).hexdigest()[:12]}"


def _harness_sources() -> dict[str, str]:
    folder = files("mixlaw_eval.languages") / "served" / "go"
    return {name: (folder / name).read_text() for name in ("run.go", "deps.go", "deps_complete.go")}


def _prepare(go: Path, tools: Path, root: Path, folder: Path) -> None:
    """Fill a folder beside the final one, then rename it: a killed preparation leaves nothing half done."""
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as made:
        place = Path(made) / "standard"
        place.mkdir()
        listed = _exported(go, Path(made) / "build-cache")
        packages = {name: _kept(Path(file), name, root, place, folder) for name, file in listed.items()}
        (place / "imports.cfg").write_text(_importcfg({n: f for n, f in packages.items() if _is_public(n)}))
        everything = packages | {HARNESS: str(folder / "harness.a"), TESTED: "tested.a"}
        (place / "linked.cfg").write_text(_importcfg(everything))
        _compile_harness(tools, listed, place)
        (place / "vet.cfg").write_text(json.dumps(_vet_unit({n: f for n, f in packages.items() if _is_public(n)})))
        (place / "vet-flags.json").write_text(json.dumps(_vet_flags(go)))
        place.chmod(0o755)
        place.rename(folder)


def _exported(go: Path, cache: Path) -> dict[str, str]:
    """Package to file of compiled code, of the whole standard library."""
    listed = _go(go, ["list", "-export", "-f", "{{.ImportPath}} {{.Export}}", "std"], {"GOCACHE": str(cache)})
    pairs = [line.split(" ", 1) for line in listed.splitlines()]
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2 and pair[1]}


def _kept(file: Path, package: str, root: Path, place: Path, folder: Path) -> str:
    """Where the package's file will be found: where it is, if Go came with it, else a copy in the final folder."""
    if file.is_relative_to(root):
        return str(file)
    name = f"{package.replace('/', '.')}.a"
    shutil.copyfile(file, place / name)
    return str(folder / name)


def _is_public(package: str) -> bool:
    return not {"internal", "vendor"} & set(package.split("/"))


def _importcfg(packages: Mapping[str, str]) -> str:
    return "".join(f"packagefile {name}={file}\n" for name, file in packages.items())


def _compile_harness(tools: Path, packages: Mapping[str, str], place: Path) -> None:
    """With the lean deps.go; with what "go test" links where this Go wants something that deps.go lacks."""
    sources = _harness_sources()
    for deps in ("deps.go", "deps_complete.go"):
        with tempfile.TemporaryDirectory() as scratch:
            here = Path(scratch)
            (here / "imports.cfg").write_text(_importcfg(packages))
            for name in ("run.go", deps):
                (here / name).write_text(sources[name])
            wanted = ["-pack", "-complete", "-dwarf=false", "-p", HARNESS, "-importcfg", "imports.cfg", "-o", "out.a"]
            done = _run([str(tools / "compile"), *wanted, "run.go", deps], {}, here)
            if done.returncode == 0:
                shutil.copyfile(here / "out.a", place / "harness.a")
                return
    raise MixlawError(f"Go cannot compile the harness of its tests: {done.stdout}{done.stderr}")


def _vet_unit(packages: Mapping[str, str]) -> dict[str, object]:
    """What `go vet` hands to its tool for a package of one file, `/program/x_test.go`.

    No facts of the standard library: what the checks of "go test" need to know of it (which functions print) is
    built into them.
    """
    return {
        "ID": TESTED,
        "Compiler": "gc",
        "Dir": "/program",
        "ImportPath": TESTED,
        "GoFiles": ["/program/x_test.go"],
        "ImportMap": {name: name for name in packages},
        "PackageFile": dict(packages),
        "Standard": dict.fromkeys(packages, True),
        "PackageVetx": {},
        "VetxOnly": False,
        "VetxOutput": "vet.out",
        "SucceedOnTypecheckFailure": False,
    }


def _vet_flags(go: Path) -> list[str]:
    """The checks of vet that this Go's "go test" runs; its help names them."""
    told = " ".join(_go(go, ["help", "test"], {}).split())
    match = re.search(r"That subset is: (.+?)\. You can see", told)
    names = re.findall(r"\w+", match[1].replace(" and ", " ")) if match else list(_VET_CHECKS)
    return [f"-{name}" for name in names]


def _go(go: Path, arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    done = _run([str(go), *arguments], environment, Path("/"))
    if done.returncode != 0:
        raise MixlawError(f"{go} {' '.join(arguments[:2])} failed: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def _run(argv: Sequence[str], environment: Mapping[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a tool of Go without the user's settings of Go."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GO", "CGO_"))}
    clean = kept | {"GOFLAGS": "", "GOENV": "off", "GOWORK": "off", "GOTOOLCHAIN": "local", "GO111MODULE": "off"}
    return subprocess.run(
        argv,
        env=clean | {"CGO_ENABLED": "0", **environment},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=_PREPARATION_TIMEOUT_S,
        stdin=subprocess.DEVNULL,
        check=False,
    )
