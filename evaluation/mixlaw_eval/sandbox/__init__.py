"""Untrusted programs run here and nowhere else: isolated, limited, and killed as a whole tree.

`open_sandbox()` probes the machine; a `Sandbox` runs a `Command` and tells how it ended.
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
