"""Untrusted programs run here and nowhere else: isolated, limited, and killed as a whole tree.

`open_sandbox()` probes the machine; a `Sandbox` runs a `Command` and tells how it ended.

What stands between a program and the machine (bubblewrap, as root and as an ordinary user)
- Namespaces of its own for processes, network (a loopback that nobody listens on), System V IPC, host name, cgroups and
  mounts; for an ordinary user also for users. As root, each command has a user id that belongs to nobody, with no
  capabilities. No new privileges: setuid programs are ordinary ones.
- A file system with the system's /usr and libraries, a handful of /etc, five devices, the toolchains that the command
  names, and its own files: all read-only. `/scratch` is a memory file system of limited size; /tmp and /dev/shm lead
  there. No home folder, no /var, /run, /sys, no sockets of the machine.
- A clean environment, no open files but the three streams, no terminal.
- A filter on system calls (seccomp.py).
- Limits per process by the kernel, and on the whole tree by a watch that looks every 15 to 50 ms (watch.py). Process 1
  of the sandbox is ours; when it ends, or this process dies, the kernel kills everything in the sandbox.

What is not covered
- Errors of the kernel: a program that breaks the kernel is out. Use a virtual machine where that matters.
- Side channels (caches, branch predictors, timing), and programs that slow each other down: no core is reserved.
- What the machine shows of itself under /proc (its kernel, processor, memory, load, the paths of bound folders) and
  everything below /usr and in the folders named in `read_only`: keep no secrets there.
- Memory that the kernel holds for a program beside its pages and files: page tables, pipes and socket buffers. It is
  bounded only by the limits on processes and open files, unless this process itself runs in a cgroup.
- Between two looks a tree may pass its limits on memory, by what its cores can touch in 50 ms, and on CPU time. What a
  process used is known exactly when it ends, and decides then; but the peak of a tree is only known where it was seen,
  and that of one process only where it is above the peak of this one.
- CPU time of children that nobody waits for is seen only by looking: of those that live less than a look, none.
  Waiting for a disk (state D), and for a child of vfork, is not idle: `wall_s` bounds it.
- Shared counts of an ordinary user (inotify watches, and with kernels before 5.14 processes): a program can use up the
  user's own. As root every command has its own.
- Exit codes: a program that exits with 128 + n and writes the C library's name of signal n to standard error last
  counts as killed by n. It deceives about nothing but itself.
- Whether an answer is right: a program that knows the tests can print what they want (see `with_sentinel`).
- `UnsafeSandbox` isolates nothing, and a program that starts a daemon there outlives its limits.
"""

from mixlaw_eval.sandbox.command import Command, Ended, Limits, Outcome, Sandbox, SandboxError, Server, ServerDiedError
from mixlaw_eval.sandbox.opening import open_sandbox

__all__ = [
    "Command",
    "Ended",
    "Limits",
    "Outcome",
    "Sandbox",
    "SandboxError",
    "Server",
    "ServerDiedError",
    "open_sandbox",
]
