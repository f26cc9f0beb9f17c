import sys
from math import isqrt, prod

LIMIT = 1_000_000


def smallest_factors(limit: int) -> list[int]:
    """The smallest prime factor of every number up to the limit."""
    smallest = list(range(limit + 1))
    for n in range(2, isqrt(limit) + 1):
        if smallest[n] == n:
            for multiple in range(n * n, limit + 1, n):
                smallest[multiple] = min(smallest[multiple], n)
    return smallest


def factorise(n: int, smallest: list[int]) -> dict[int, int]:
    powers: dict[int, int] = {}
    while n > 1:
        prime = smallest[n]
        powers[prime] = powers.get(prime, 0) + 1
        n //= prime
    return powers


def in_range(word: str) -> bool:
    return word.isdecimal() and 1 <= int(word) <= LIMIT


def main() -> None:
    words = sys.stdin.read().split()
    smallest = smallest_factors(max((int(w) for w in words if in_range(w)), default=1))
    best, most = None, 0
    for word in words:
        if not in_range(word):
            print(f"{word}: not a number from 1 to {LIMIT}")
            continue
        n = int(word)
        powers = factorise(n, smallest)
        product = " * ".join(f"{p}^{k}" if k > 1 else str(p) for p, k in powers.items())
        divisors = prod(k + 1 for k in powers.values())
        print(f"{n} = {product or 1}, divisors: {divisors}")
        if best is None or (-divisors, n) < (-most, best):
            best, most = n, divisors
    print(f"most divisors: {best or 'none'}")


main()
