"""Fixtures that several rooms share."""

from __future__ import annotations

import os
import random
import secrets
import signal
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from mixlaw.corpus import Corpus, build

SUFFIXES = {
    "python": "py", "java": "java", "javascript": "js", "typescript": "ts", "csharp": "cs", "go": "go", "rust": "rs",
    "text": "rst",
}  # fmt: skip
OPENINGS = {
    "python": "def {a}({b}):",
    "java": "public int {a}(int {b}) {{",
    "javascript": "function {a}({b}) {{",
    "typescript": "export function {a}({b}: number): number {{",
    "csharp": "internal int {a}(int {b}) {{",
    "go": "func {a}({b} int) int {{",
    "rust": "fn {a}({b}: i64) -> i64 {{",
    "text": "The {a} of a {b} is",
}
WORDS = [
    "value", "total", "count", "index", "left", "right", "first", "last", "node", "table", "list", "width", "height",
    "name", "size",
]  # fmt: skip


def program(language: str, generator: random.Random, lines: int = 60) -> str:
    """Something like a program: enough structure for a loss to fall, no two alike."""

    def name() -> str:
        return "_".join(generator.choices(WORDS, k=2)) + str(generator.randrange(100))

    body: list[str] = []
    while len(body) < lines:
        body += [OPENINGS[language].format(a=name(), b=name())]
        body += [f"    {name()} = {name()} + {generator.randrange(1000)}" for _ in range(generator.randrange(2, 5))]
        body += ["    return " + name(), ""]
    return "\n".join(body) + "\n"


@pytest.fixture(scope="session")
def tiny_corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Seven languages and text, two projects, a vocabulary of 320, about 30,000 training tokens each."""
    folder = tmp_path_factory.mktemp("tiny")
    generator = random.Random(0)
    for project, files in (("alpha", 30), ("beta", 12)):
        for language, suffix in SUFFIXES.items():
            for number in range(files):
                path = folder / project / language / f"file{number}.{suffix}"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(program(language, generator))
    sources = "".join(
        f"- {{project: {p}, kind: folder, path: {p}, licence: MIT, languages: [{', '.join(SUFFIXES)}]}}\n"
        for p in ("alpha", "beta")
    )
    spec = folder / "spec.yaml"
    spec.write_text(
        "name: tiny\nvocab_size: 320\nmax_train_tokens: 30000\nmax_validation_tokens: 10000\n"
        f"tokenizer_bytes: 40000\nvalidation: [beta]\nsources:\n{sources}"
    )
    return build(spec, folder / "corpus")


class Counted(Corpus):
    """A corpus of which only the numbers of tokens are asked."""

    def __init__(self, python: int, go: int) -> None:
        object.__setattr__(self, "counts", {"python": python, "go": go})

    @property
    def domains(self) -> tuple[str, ...]:
        return ("python", "go")

    def n_tokens(self, domain: str, split: str, organisation: str = "shuffled") -> int:
        return self.counts[domain]  # type: ignore[attr-defined]


@pytest.fixture
def counted() -> type[Counted]:
    """Makes corpora of so many training tokens: `counted(python=1_000, go=65)`."""
    return Counted


class Nodes:
    """A Ray cluster on this machine: a head without CPUs, for the driver, and a node of two; both may be killed."""

    def __init__(self) -> None:
        from ray.cluster_utils import Cluster

        head = {"num_cpus": 0, "object_store_memory": 80 * 1024**2, "gcs_server_port": _free_port()}
        self._cluster = Cluster(initialize_head=True, head_node_args=head)
        self.address = self._cluster.address
        self._node = self._add()

    def kill_node(self) -> None:
        """Kill -9 of the node's raylet, then clear away what is left of it and start another."""
        _kill_raylet(self._node)
        self._cluster.remove_node(self._node, allow_graceful=False)
        self._node = self._add()

    def kill_head(self) -> None:
        """Kill -9 of the raylet to which drivers on this machine belong."""
        _kill_raylet(self._cluster.head_node)

    def stop(self) -> None:
        self._cluster.shutdown()

    def _add(self) -> Any:
        return self._cluster.add_node(num_cpus=2, object_store_memory=80 * 1024**2)


def _free_port() -> int:
    """Ray's own choice is always the same one, which another test run on this machine may have."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def _kill_raylet(node: Any) -> None:
    os.kill(node.all_processes["raylet"][0].process.pid, signal.SIGKILL)


@pytest.fixture
def nodes() -> Iterator[Nodes]:
    """A cluster that `--address` can name."""
    from mixlaw_sweeps.ray_session import quiet_ray

    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("RAY_AUTH_MODE", "token")
        environment.setenv("RAY_AUTH_TOKEN", secrets.token_hex(32))
        environment.setenv("RAY_memory_monitor_refresh_ms", "0")
        # A dead raylet is found out in three seconds instead of fifteen: before a short trial has ended.
        environment.setenv("RAY_health_check_initial_delay_ms", "1000")
        environment.setenv("RAY_health_check_period_ms", "1000")
        environment.setenv("RAY_health_check_failure_threshold", "3")
        quiet_ray()
        _forget_the_token()
        started = Nodes()
        yield started
        started.stop()
    _forget_the_token()


def _forget_the_token() -> None:
    """Ray reads mode and token once a process, and it may have done so for the machine's own."""
    from ray._private.authentication_test_utils import reset_auth_token_state

    reset_auth_token_state()
