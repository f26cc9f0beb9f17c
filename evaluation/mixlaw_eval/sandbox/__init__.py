"""Untrusted programs run here and nowhere else: isolated, limited, and killed as a whole tree.

`open_sandbox()` probes the machine; a `Sandbox` runs a `Command` and tells how it ended.
"""

from mixlaw_eval.sandbox.command import Command, Ended, Limits, Outcome, Sandbox, SandboxError, Server, ServerDiedError

__all__ = [
    "Command",
    "Ended",
    "Limits",
    "Outcome",
    "Sandbox",
    "SandboxError",
    "Server",
    "ServerDiedError",
]
