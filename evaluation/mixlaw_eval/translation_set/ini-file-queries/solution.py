from __future__ import annotations

import sys
from dataclasses import dataclass, field


@dataclass
class Section:
    name: str
    parent: Section | None
    values: dict[str, str] = field(default_factory=dict[str, str])

    def find(self, key: str) -> str:
        """The value of the key, here or in the nearest section that this one inherits from."""
        if key in self.values:
            return f"{self.values[key]} (from {self.name})"
        return self.parent.find(key) if self.parent else "not set"


class Settings:
    def __init__(self) -> None:
        self.sections: dict[str, Section] = {}
        self.current: Section | None = None

    def section(self, name: str) -> Section:
        if name not in self.sections:
            raise ValueError(f"no section {name}")
        return self.sections[name]

    def open_section(self, heading: str) -> None:
        name, inherits, parent = (part.strip() for part in heading.partition(":"))
        self.current = None
        if name in self.sections:
            raise ValueError(f"section {name} again")
        self.current = Section(name, self.section(parent) if inherits else None)
        self.sections[name] = self.current

    def read(self, line: str) -> None:
        if line.startswith("[") and line.endswith("]"):
            self.open_section(line[1:-1])
        elif line.startswith("?"):
            query = line[1:].strip()
            name, _, key = (part.strip() for part in query.partition("."))
            print(f"{query}: {self.section(name).find(key)}")
        elif line and line[0] not in "#;":
            self.set_value(line)

    def set_value(self, line: str) -> None:
        key, equals, value = line.partition("=")
        if not equals or self.current is None:
            raise ValueError("not understood")
        self.current.values[key.strip()] = value.strip()


settings = Settings()
for number, line in enumerate(sys.stdin, start=1):
    try:
        settings.read(line.strip())
    except ValueError as error:
        print(f"line {number}: {error}")
