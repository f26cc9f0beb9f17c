"""GPUs that a plan can be made for without having one."""

from __future__ import annotations

HARDWARE: dict[str, float] = {
    "b200": 2250e12,
    "h200": 989e12,
    "h100": 989e12,
    "h800": 989e12,
    "a100": 312e12,
    "l40s": 362e12,
    "l4": 121e12,
    "rtx4090": 165e12,
}
"""Dense bfloat16 FLOP/s by the makers' data sheets."""
