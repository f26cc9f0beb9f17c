"""What a sandbox promises, with and without isolation: how commands end, what goes in and comes out."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mixlaw.trial import MixlawError
from mixlaw_eval.sandbox import Command, Limits, Sandbox, SandboxError, ServerDiedError, open_sandbox
from mixlaw_eval.sandbox.bubblewrap import BubblewrapSandbox, Programs

ANSWERING = """
import json, sys
for line in sys.stdin:
    request = json.loads(line)
    exec(request["do"])
    print(json.dumps({"said": request["do"]}), flush=True)
"""


@pytest.fixture(scope="module", params=["bubblewrap", "none"])
def sandbox(request: pytest.FixtureRequest) -> Sandbox:
    try:
        return open_sandbox(unsafe=request.param == "none")
    except MixlawError as error:
        pytest.skip(str(error))


@pytest.fixture
def isolated() -> Sandbox:
    try:
        return open_sandbox()
    except MixlawError as error:
        pytest.skip(str(error))


def shell(script: str, **more: object) -> Command:
    return Command(argv=("sh", "-c", script), **more)  # pyright: ignore[reportArgumentType]


def python(source: str, **more: object) -> Command:
    return Command(argv=("python3", "-c", source), **more)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("script", "ended", "code", "signal"),
    [
        ("exit 0", "exited", 0, None),
        ("exit 7", "exited", 7, None),
        ("exit 139", "exited", 139, None),
        ("exit 159", "exited", 159, None),
        ("kill -SEGV $$", "signalled", None, 11),
        ("kill -KILL $$", "signalled", None, 9),
        ("kill -PIPE $$", "signalled", None, 13),
        ("kill -SYS $$", "violation", None, 31),
        ("/no/such/program", "exited", 127, None),
    ],
)
def test_ends_are_told_apart(sandbox: Sandbox, script: str, ended: str, code: int | None, signal: int | None) -> None:
    outcome = sandbox.run(shell(script))
    assert (outcome.ended, outcome.exit_code, outcome.signal) == (ended, code, signal)


def test_the_shell_that_waits_leaves_no_words(sandbox: Sandbox) -> None:
    assert sandbox.run(shell("printf mine >&2; kill -SEGV $$")).stderr == b"mine"


def test_streams_files_and_environment(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "tool").write_text("#!/bin/sh\necho from a file $1")
    (tmp_path / "tool").chmod(0o600)
    outcome = sandbox.run(
        shell(
            "cat; cat /program/deep/data; /program/tool $KEY; echo wrong >&2; ls; echo hidden | tee out",
            stdin=b"in\n" * 50_000,
            files={"deep/data": b"\xff\n", "tool": tmp_path / "tool"},
            environment={"KEY": "value"},
            output="out",
        )
    )
    assert outcome.stdout == b"in\n" * 50_000 + b"\xff\nfrom a file value\nhidden\n"
    assert outcome.stderr == b"wrong\n"
    assert outcome.output == b"hidden\n"
    assert outcome.succeeded


def test_standard_streams_can_be_opened_by_name(sandbox: Sandbox) -> None:
    assert sandbox.run(shell("cat /dev/stdin >/dev/stdout", stdin=b"x")).stdout == b"x"


def test_output_is_of_successful_commands_only(sandbox: Sandbox) -> None:
    assert sandbox.run(shell("echo x >out; exit 1", output="out")).output is None
    assert sandbox.run(shell("true", output="out")).output is None
    assert sandbox.run(shell(": >out", output="out")).output == b""


def test_a_folder_of_the_user_is_there_when_asked_for(sandbox: Sandbox, tmp_path: Path) -> None:
    hidden = tmp_path / "home" / "toolchain"
    hidden.mkdir(parents=True)
    (hidden / "data").write_text("found")
    (tmp_path / "home").chmod(0o700)
    outcome = sandbox.run(shell(f"cat {hidden}/data; ls {tmp_path}/home", read_only=(hidden,)))
    assert outcome.stdout == b"foundtoolchain\n"


@pytest.mark.parametrize("name", ["../x", "/etc/x", ""])
def test_files_stay_in_the_folder_of_the_program(sandbox: Sandbox, name: str) -> None:
    with pytest.raises(ValueError, match="relative"):
        sandbox.run(shell("true", files={name: b""}))


def test_cpu_time_decides_in_hindsight(sandbox: Sandbox) -> None:
    """Over its limit by less than what passes between two looks, and gone before the second."""
    burn = "import time\nwhile time.process_time() < 0.1: pass"
    assert sandbox.run(python(burn, limits=Limits(cpu_s=0.09))).ended == "cpu-time"
    assert sandbox.run(python(burn, limits=Limits(cpu_s=5))).succeeded


def test_sleeping_is_idle_and_working_is_not(sandbox: Sandbox) -> None:
    limits = Limits(idle_s=0.4, cpu_s=20)
    assert sandbox.run(python("import time; time.sleep(30)", limits=limits)).ended == "idle-time"
    assert sandbox.run(python("import time\nwhile time.process_time() < 0.8: pass", limits=limits)).succeeded


def test_wall_time_is_the_last_resort(sandbox: Sandbox) -> None:
    assert sandbox.run(shell("while :; do :; done", limits=Limits(wall_s=0.3))).ended == "wall-time"


def test_forked_memory_is_counted_once(sandbox: Sandbox) -> None:
    """Ten processes that share 60 MB use little more than one."""
    fork = "for _ in range(10):\n  if not os.fork(): break\ntime.sleep(0.4)"
    source = f"import os, time\nx = bytearray(b'x' * 60_000_000)\n{fork}"
    outcome = sandbox.run(python(source, limits=Limits(memory_bytes=250_000_000)))
    assert outcome.succeeded, outcome
    assert outcome.memory_bytes < 250_000_000


def test_several_at_once(sandbox: Sandbox) -> None:
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda n: sandbox.run(shell(f"echo {n}; exit {n % 3}")), range(60)))
    assert [outcome.stdout for outcome in outcomes] == [f"{n}\n".encode() for n in range(60)]
    assert [outcome.exit_code for outcome in outcomes] == [n % 3 for n in range(60)]


def test_good_programs_pass_among_hostile_ones(sandbox: Sandbox) -> None:
    limits = Limits(cpu_s=0.3, idle_s=0.3, memory_bytes=10**8, output_bytes=10_000)
    hostile = ["while :; do :; done", "sleep 100", "yes", "head -c 90000000 /dev/zero >x; tail -c 200000000 /dev/zero"]
    scripts = [hostile[n // 5 % 4] if n % 5 == 0 else f"echo {n}" for n in range(40)]
    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(lambda script: sandbox.run(shell(script, limits=limits)), scripts))
    assert [outcome.stdout for n, outcome in enumerate(outcomes) if n % 5] == [
        f"{n}\n".encode() for n in range(40) if n % 5
    ]
    assert not any(outcome.succeeded for outcome in outcomes[::5])


def test_nothing_stays_open(sandbox: Sandbox) -> None:
    sandbox.run(shell("true", output="x"))
    before = len(list(Path("/proc/self/fd").iterdir()))
    for script in ("echo x >x", "exit 3", "kill -SEGV $$"):
        sandbox.run(shell(script, output="x"))
    assert len(list(Path("/proc/self/fd").iterdir())) == before
    assert not list(Path("/dev/shm").glob(f"mixlaw-output-{os.getpid()}-*"))


def test_what_a_killed_evaluator_left_is_removed() -> None:
    dead = subprocess.Popen(["true"])
    dead.wait()
    left, ours = (Path(f"/dev/shm/mixlaw-output-{pid}-test") for pid in (dead.pid, os.getpid()))
    left.touch()
    ours.touch()
    open_sandbox(unsafe=True)
    assert not left.exists()
    assert ours.exists()
    ours.unlink()


@pytest.fixture
def answering() -> Command:
    return Command(
        argv=("python3", "/program/server.py"),
        files={"server.py": ANSWERING.encode()},
        limits=Limits(cpu_s=0.4, idle_s=0.4, memory_bytes=10**8, output_bytes=10**5),
    )


def test_a_server_answers_and_its_times_count_anew(sandbox: Sandbox, answering: Command) -> None:
    burn = "import time; t = time.process_time()\nwhile time.process_time() < t + 0.15: pass"
    with sandbox.serve(answering) as server:
        unlimited = "import resource; assert resource.getrlimit(resource.RLIMIT_CPU)[0] == resource.RLIM_INFINITY"
        for request in ("x = 1", burn, burn, burn, burn, "assert x == 1", unlimited):
            assert server.ask({"do": request}) == {"said": request}


@pytest.mark.parametrize(
    ("request_", "ended"),
    [
        ("while True: pass", "cpu-time"),
        ("import time; time.sleep(100)", "idle-time"),
        ("kept = bytearray(b'x' * 150_000_000); import time; time.sleep(1)", "memory"),
        ("sys.exit(3)", "exited"),
        ("import os; os.abort()", "signalled"),
        ("print('x' * 200_000)", "output"),
        ("sys.stderr.write('x' * 200_000)", "output"),
        ("print('this is no JSON')", "signalled"),
        ("print('[1]')", "signalled"),
        ("print('\\\\xff')", "signalled"),
    ],
)
def test_a_server_that_fails_says_how(sandbox: Sandbox, answering: Command, request_: str, ended: str) -> None:
    with sandbox.serve(answering) as server:
        assert server.ask({"do": "x = 1"}) == {"said": "x = 1"}
        with pytest.raises(ServerDiedError) as caught:
            server.ask({"do": request_})
        assert caught.value.outcome.ended == ended
    with sandbox.serve(answering) as server:
        assert server.ask({"do": "x = 2"}) == {"said": "x = 2"}


def test_a_server_that_speaks_unasked_is_not_believed(sandbox: Sandbox, answering: Command) -> None:
    """A hostile source makes the compiler print an answer to the next request."""
    later = 'import threading; threading.Timer(0.05, lambda: print(\'{"said": "forged"}\', flush=True)).start()'
    with sandbox.serve(answering) as server:
        server.ask({"do": later})
        threading.Event().wait(0.3)
        with pytest.raises(ServerDiedError):
            server.ask({"do": "x = 1"})


def test_a_server_outlives_the_thread_that_started_it(sandbox: Sandbox, answering: Command) -> None:
    started = []
    thread = threading.Thread(target=lambda: started.append(sandbox.serve(answering)))
    thread.start()
    thread.join()
    with started[0] as server:
        assert server.ask({"do": "x = 1"}) == {"said": "x = 1"}


def test_a_broken_sandbox_is_not_a_failed_program() -> None:
    programs = Programs(bwrap="/usr/bin/false", prlimit="prlimit", setpriv=None)
    with pytest.raises(SandboxError, match="could not start"):
        BubblewrapSandbox(programs).run(shell("true"))


def test_where_isolation_is_refused_the_user_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    refusing = tmp_path / "bwrap"
    refusing.write_text("#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2; exit 1")
    refusing.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(MixlawError, match=r"uid map: Permission denied[\s\S]*--i-know-this-is-unsafe"):
        open_sandbox()


def test_without_bubblewrap_the_user_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MixlawError, match="bubblewrap"):
        open_sandbox()


EVALUATOR = """
import sys
from mixlaw_eval.sandbox import Command, open_sandbox
sandbox = open_sandbox()
server = sandbox.serve(Command(argv=("sh", "-c", f"sleep {sys.argv[1]}; :")))
print("ready", flush=True)
sandbox.run(Command(argv=("sh", "-c", f"setsid sleep {sys.argv[1]} & echo; sleep {sys.argv[1]}; :")))
"""


def processes_with(word: str) -> list[str]:
    found: list[str] = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if word.encode() in path.read_bytes() and path.parent.name != str(os.getpid()):
                found.append(path.parent.name)
    return found


def awaited(condition: Callable[[], bool]) -> bool:
    """Whether it comes true within half a minute."""
    end = time.monotonic() + 30
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


@pytest.mark.usefixtures("isolated")
def test_nothing_survives_an_evaluator_that_is_killed() -> None:
    marker = f"98765.{os.getpid()}"
    with subprocess.Popen([sys.executable, "-c", EVALUATOR, marker], stdout=subprocess.PIPE) as evaluator:
        assert evaluator.stdout
        assert evaluator.stdout.readline() == b"ready\n"
        assert awaited(lambda: len(processes_with(f"sleep\0{marker}")) == 3)
        evaluator.kill()
    assert awaited(lambda: not processes_with(marker))


UNPRIVILEGED = """
import os, sys
from mixlaw_eval.sandbox import Command, Limits, open_sandbox
os.setgroups([]); os.setresgid(65534, 65534, 65534); os.setresuid(65534, 65534, 65534)
os.chdir("/")
sandbox = open_sandbox()

def run(*lines, **limits):
    argv = ("python3", "-c", "\\n".join(lines))
    return sandbox.run(Command(argv=argv, limits=Limits(**limits), output="out"))

burning = run("while True: pass", cpu_s=0.2)
hungry = run("x = []", "while True: x.append(bytearray(b'x' * 2**20))", memory_bytes=10**8)
forking = run(
    "import os", "try:", "  while os.fork(): pass", "  os._exit(0)", "except OSError: print('contained')", processes=20
)
tracing = run("import ctypes; ctypes.CDLL(None).ptrace(16, 1, 0, 0)")
making = run(
    "import os; open('out', 'w').write(str(os.getuid()))",
    "print(os.path.exists('/root'), os.listdir('/proc/self/fd'), os.getpid() < 9)",
)
print(burning.ended, hungry.ended, forking.stdout, tracing.ended, making.output, making.stdout)
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="the other tests run as an ordinary user already")
def test_an_ordinary_user_is_as_safe() -> None:
    done = subprocess.run([sys.executable, "-c", UNPRIVILEGED], capture_output=True, text=True, timeout=60)
    if "does not let programs be isolated" in done.stderr:
        pytest.skip(done.stderr.splitlines()[-1])
    assert done.stdout == (
        "cpu-time memory b'contained\\n' violation b'1000' b\"False ['0', '1', '2', '3'] True\\n\"\n"
    ), done.stderr
