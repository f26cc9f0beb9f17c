import sys
from collections import OrderedDict


class LruCache:
    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.entries: OrderedDict[str, str] = OrderedDict()  # the least recently used first
        self.hits = self.misses = 0

    def get(self, key: str) -> str:
        if key not in self.entries:
            self.misses += 1
            return "miss"
        self.hits += 1
        self.entries.move_to_end(key)
        return self.entries[key]

    def put(self, key: str, value: str) -> str:
        known = key in self.entries
        self.entries[key] = value
        self.entries.move_to_end(key)
        if len(self.entries) > self.capacity:
            oldest, _ = self.entries.popitem(last=False)
            return f"stored, evicted {oldest}"
        return "replaced" if known else "stored"


def execute(cache: LruCache, line: str) -> str:
    match line.split():
        case ["get", key]:
            return cache.get(key)
        case ["put", key, value]:
            return cache.put(key, value)
        case ["drop", key]:
            return "miss" if cache.entries.pop(key, None) is None else "dropped"
        case _:
            return f"bad command: {line}"


def main() -> None:
    first, *commands = sys.stdin.read().splitlines()
    if not first.isdecimal() or int(first) == 0:
        print(f"bad capacity: {first}")
        return
    cache = LruCache(int(first))
    for line in commands:
        print(execute(cache, line))
    recent = " ".join(f"{key}={value}" for key, value in reversed(cache.entries.items()))
    print(f"hits {cache.hits}, misses {cache.misses}")
    print(f"cache: {recent or 'empty'}")


main()
