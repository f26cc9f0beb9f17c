import sys


def parse(text: str) -> dict[str, set[str]]:
    """Every line holds a task and the tasks it needs, which may have lines of their own."""
    needs: dict[str, set[str]] = {}
    for line in text.splitlines():
        words = line.split()
        for word in words:
            needs.setdefault(word, set()).update(words[1:] if word == words[0] else [])
    return needs


def order(needs: dict[str, set[str]]) -> list[str]:
    """As many tasks as can be done, always the alphabetically first that is ready."""
    done: list[str] = []
    waiting = {task: set(needed) for task, needed in needs.items()}
    while ready := [task for task, needed in waiting.items() if not needed]:
        task = min(ready)
        done.append(task)
        del waiting[task]
        for needed in waiting.values():
            needed.discard(task)
    return done


def find_cycle(needs: dict[str, set[str]], done: list[str]) -> list[str]:
    """Follows the first unfinished need from the first unfinished task until a task returns."""
    unfinished = needs.keys() - set(done)
    path = [min(unfinished)]
    while True:
        following = min(needs[path[-1]] & unfinished)
        if following in path:
            return [*path[path.index(following) :], following]
        path.append(following)


needs = parse(sys.stdin.read())
done = order(needs)
if len(done) < len(needs):
    print("cycle:", " needs ".join(find_cycle(needs, done)))
else:
    print(*done or ["nothing to do"])
