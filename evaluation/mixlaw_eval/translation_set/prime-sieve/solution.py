def primes_up_to(limit: int) -> list[int]:
    is_prime = [True] * (limit + 1)
    primes: list[int] = []
    for n in range(2, limit + 1):
        if is_prime[n]:
            primes.append(n)
            for multiple in range(n * n, limit + 1, n):
                is_prime[multiple] = False
    return primes


print(*primes_up_to(int(input())))
