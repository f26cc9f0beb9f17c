"""Java: a warm javac, then `java` with assertions enabled, as MultiPL-E runs it."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

from mixlaw_eval.languages.language import Failure, Runnable, Tool, Toolchain
from mixlaw_eval.languages.toolchain import find_file, find_tool, read_only, require
from mixlaw_eval.languages.warm import SERVED, Compiled, WarmCompiler
from mixlaw_eval.sandbox import Command, Limits, Outcome, Sandbox

INSTALL = "apt install default-jdk-headless, or without root: a JDK from https://adoptium.net and JAVA_HOME"
SENTINEL_CLASS = "MixlawSentinel"
_MEMORY_MB = Limits().memory_bytes >> 20
_START = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-XX:-UsePerfData")
_UTF_8 = ("-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8")
# The heap may grow to what the sandbox grants, whose verdict is then "memory".
_RUN = (*_START, *_UTF_8, "-Xms64m", f"-Xmx{_MEMORY_MB}m", "-ea")
_SERVE = (*_START, f"-Xmx{_MEMORY_MB * 5 // 8}m", "-XX:+ExitOnOutOfMemoryError")
_LIMITS = Limits(output_bytes=2**26)
_JAR_TIME = (1980, 1, 1, 0, 0, 0)

_SENTINEL = """
class {entry} {{
    public static void main(java.lang.String[] names) throws java.lang.Throwable {{
        java.lang.reflect.Method program =
            java.lang.Class.forName(names[0]).getDeclaredMethod("main", java.lang.String[].class);
        program.setAccessible(true);
        try {{
            program.invoke(null, (java.lang.Object) new java.lang.String[0]);
        }} catch (java.lang.reflect.InvocationTargetException error) {{
            throw error.getCause();
        }}
        java.lang.System.out.flush();
        new java.io.PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out)).println("\\n{sentinel}");
    }}
}}
"""


class Java:
    """The language, in the JDK's own version."""

    name = "java"
    aliases = ("jdk",)
    known_good = (
        "public class Main {\n    public static void main(String[] args) throws Exception {\n"
        "        System.in.transferTo(System.out);\n        System.out.flush();\n    }\n}\n"
    )

    def toolchain(self) -> Toolchain:
        """`java`, `javac` of the same installation, and javatuples, which a few programs of MultiPL-E import."""
        return Toolchain(language=self.name, tools=(*_jdk(), _javatuples()))

    def with_sentinel(self, source: str, sentinel: str) -> str:
        """A class that calls the program's main and then prints: `System.exit` or an exception prevents that."""
        return source + _SENTINEL.format(entry=SENTINEL_CLASS, sentinel=sentinel)

    def open(self, sandbox: Sandbox) -> WarmCompiler:
        """The server starts with the first program. Raises MixlawError when there is no JDK."""
        toolchain = self.toolchain()
        java, _ = require(toolchain)
        libraries = tuple(tool.path for tool in toolchain.tools if tool.optional and tool.path)
        command = _server(java, libraries)

        def finish(compiled: Compiled) -> Runnable:
            return _runnable(java, libraries, compiled)

        return WarmCompiler(sandbox, command=lambda: command, known_good=self.known_good, finish=finish)

    def failure(self, outcome: Outcome) -> Failure:
        """From the exception that ended the main thread."""
        failed = outcome.exit_code == 1 and b"java.lang.AssertionError" in outcome.stderr
        return "wrong-answer" if failed else "run-time-error"


def _server(java: Path, libraries: tuple[Path, ...]) -> Command:
    class_path = ":".join(map(str, libraries))
    return Command(
        argv=(str(java), *_SERVE, "/program/Server.java", class_path),
        files={"Server.java": SERVED / "Server.java"},
        read_only=read_only(java.parents[1], *libraries),
        limits=_LIMITS,
    )


def _runnable(java: Path, libraries: tuple[Path, ...], compiled: Compiled) -> Runnable:
    entry, *arguments = _entry(compiled.entries)
    class_path = ":".join(("/program/program.jar", *map(str, libraries)))
    return Runnable(
        argv=(str(java), *_RUN, "-cp", class_path, entry, *arguments),
        files={"program.jar": _jar(compiled.files)},
        read_only=read_only(java.parents[1], *libraries),
    )


def _entry(classes: tuple[str, ...]) -> tuple[str, ...]:
    """What to start: the class of the sentinel with the program's, or that alone. `Problem` is MultiPL-E's name.

    A program without a main is started all the same, for java to say so.
    """
    wrappers = [name for name in classes if name.rpartition(".")[2] == SENTINEL_CLASS]
    own = [name for name in classes if name not in wrappers]
    usual = [name for name in own if name.rpartition(".")[2] in ("Problem", "Main")]
    return (*wrappers, *(usual or own or ["Main"])[:1])


def _jar(files: dict[str, bytes]) -> bytes:
    """Uncompressed and without dates: one file to hand over, the same for the same classes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as jar:
        for name, content in files.items():
            jar.writestr(zipfile.ZipInfo(name, _JAR_TIME), content)
    return stream.getvalue()


def _jdk() -> tuple[Tool, Tool]:
    """Both from the same installation: java follows javac, as many machines have a java without a compiler."""
    home = os.environ.get("JAVA_HOME")
    places = [Path(home) / "bin"] if home else []
    places += sorted(Path("/usr/lib/jvm").glob("*/bin"))
    javac = find_tool("javac", install=INSTALL, places=places, version=("-version",))
    if javac.path is None:
        return Tool(name="java", path=None, version="", install=INSTALL), javac
    folder = javac.path.resolve().parent
    java = Tool(name="java", path=folder / "java", version=javac.version, install=INSTALL)
    return java, Tool(name="javac", path=folder / "javac", version=javac.version, install=INSTALL)


def _javatuples() -> Tool:
    maven = sorted((Path.home() / ".m2/repository/org/javatuples/javatuples").glob("*/javatuples-*.jar"))
    own = os.environ.get("CLASSPATH", "").split(":")
    named = [Path(path) for path in own if Path(path).name.startswith("javatuples") and path.endswith(".jar")]
    return find_file(
        "javatuples",
        [*named, Path("/usr/share/java/javatuples.jar"), *maven],
        version="1.2",
        install="apt install libjavatuples-java (8 HumanEval problems import it)",
    )
