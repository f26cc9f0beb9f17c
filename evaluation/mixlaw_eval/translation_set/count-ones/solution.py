import sys


def count_ones(n: int) -> int:
    count = 0
    while n:
        n &= n - 1
        count += 1
    return count


for word in sys.stdin.read().split():
    print(count_ones(int(word)))
