"""Finds out what this machine allows, and opens a sandbox."""

from __future__ import annotations

import os
import shutil

from mixlaw.trial import MixlawError
from mixlaw_eval.sandbox.bubblewrap import BubblewrapSandbox, Programs
from mixlaw_eval.sandbox.command import Command, Outcome, Sandbox, SandboxError
from mixlaw_eval.sandbox.handles import remove_stale_results
from mixlaw_eval.sandbox.unsafe import UnsafeSandbox

_PACKAGES = {"bwrap": "bubblewrap", "prlimit": "util-linux", "setpriv": "util-linux"}
_REFUSED = """\
this machine does not let programs be isolated ({reason}).
  Ubuntu 23.10 and later: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0 (or an AppArmor profile for bwrap)
  Debian: sudo sysctl kernel.unprivileged_userns_clone=1
  Docker: docker run --cap-add SYS_ADMIN --cap-add SYS_PTRACE --security-opt seccomp=unconfined \
--security-opt apparmor=unconfined --security-opt systempaths=unconfined
  or, where losing the machine does not matter, run without isolation: --i-know-this-is-unsafe"""


def open_sandbox(*, unsafe: bool = False) -> Sandbox:
    """The sandbox of this machine, after a program was really run in it.

    With `unsafe`, programs run under limits but without isolation. Raises MixlawError where isolation is missing or
    refused, saying what to do.
    """
    remove_stale_results()
    if unsafe:
        return UnsafeSandbox(prlimit=_found("prlimit"))
    is_root = os.geteuid() == 0
    sandbox = BubblewrapSandbox(
        Programs(bwrap=_found("bwrap"), prlimit=_found("prlimit"), setpriv=_found("setpriv") if is_root else None)
    )
    _probe(sandbox)
    return sandbox


def _found(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        package = _PACKAGES[name]
        raise MixlawError(
            f"the sandbox needs the program {name}; install it: apt install {package} (dnf, apk: {package})"
        )
    return path


def _probe(sandbox: Sandbox) -> None:
    """Run a program that sleeps long enough to be looked at: without a look inside there are no limits."""
    try:
        outcome = sandbox.run(Command(argv=("/bin/sh", "-c", "echo isolated; sleep 0.1")))
    except SandboxError as error:
        raise MixlawError(_REFUSED.format(reason=error)) from error
    reason = _defect(outcome)
    if reason:
        raise MixlawError(_REFUSED.format(reason=reason))


def _defect(outcome: Outcome) -> str | None:
    if outcome.stdout != b"isolated\n" or not outcome.succeeded:
        return (
            f"a trial program {outcome.ended} with {outcome.exit_code}: {outcome.stderr[:300].decode(errors='replace')}"
        )
    if outcome.memory_bytes == 0:
        return "its processes cannot be looked at, so limits cannot be kept"
    return None
