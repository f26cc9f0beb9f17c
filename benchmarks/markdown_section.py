"""One section of a page of figures, replaced without touching the others."""

from __future__ import annotations

from pathlib import Path


def write_section(page: Path, heading: str, text: str) -> None:
    """Put `text` under `## heading`, in the place of what stood there, else at the end."""
    before = page.read_text(encoding="utf-8") if page.exists() else "# Training: figures\n"
    parts = before.split("\n## ")
    section = f"{heading}\n\n{text.strip()}\n"
    places = [i for i, part in enumerate(parts) if i and part.splitlines()[0].strip() == heading]
    if places:
        parts[places[0]] = section
    else:
        parts = [*(part.rstrip("\n") + "\n" for part in parts), section]
    page.write_text("\n## ".join(parts), encoding="utf-8")
    print(f"written: {heading} in {page}")
