import sys
from typing import NamedTuple


class Entry(NamedTuple):
    name: str
    score: int

    def worse_than(self, other: "Entry") -> bool:
        return (-self.score, self.name) > (-other.score, other.name)


class Podium:
    """A binary heap of at most `size` entries with the worst one on top."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.heap: list[Entry] = []

    def offer(self, entry: Entry) -> None:
        if len(self.heap) < self.size:
            self.heap.append(entry)
            self._rise(len(self.heap) - 1)
        elif self.heap[0].worse_than(entry):
            self.heap[0] = entry
            self._sink()

    def pop(self) -> Entry:
        last = self.heap.pop()
        if not self.heap:
            return last
        worst, self.heap[0] = self.heap[0], last
        self._sink()
        return worst

    def _rise(self, child: int) -> None:
        while child and self.heap[child].worse_than(self.heap[parent := (child - 1) // 2]):
            self.heap[child], self.heap[parent] = self.heap[parent], self.heap[child]
            child = parent

    def _sink(self) -> None:
        place = 0
        while True:
            worst = place
            for child in (2 * place + 1, 2 * place + 2):
                if child < len(self.heap) and self.heap[child].worse_than(self.heap[worst]):
                    worst = child
            if worst == place:
                return
            self.heap[place], self.heap[worst] = self.heap[worst], self.heap[place]
            place = worst


size, *words = sys.stdin.read().split() or ["0"]
podium = Podium(int(size))
if podium.size > 0:
    for name, score in zip(words[::2], words[1::2]):
        podium.offer(Entry(name, int(score)))
best = [podium.pop() for _ in range(len(podium.heap))][::-1]
for place, entry in enumerate(best, start=1):
    print(f"{place}. {entry.name} {entry.score}")
if not best:
    print("nobody")
