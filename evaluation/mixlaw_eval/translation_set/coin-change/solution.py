import sys


def fewest_coins(coins: list[int], limit: int) -> list[int | None]:
    """The smallest number of coins for every amount up to the limit; None where no coins pay it."""
    fewest: list[int | None] = [0]
    for amount in range(1, limit + 1):
        counts = (fewest[amount - coin] for coin in coins if coin <= amount)
        fewest.append(min((count + 1 for count in counts if count is not None), default=None))
    return fewest


def pay(amount: int, coins: list[int], fewest: list[int | None]) -> str:
    """Always takes the largest coin that leaves an amount of one coin less."""
    if fewest[amount] is None:
        return f"{amount} is impossible"
    paid = []
    rest = amount
    while left := fewest[rest]:
        coin = next(c for c in coins if c <= rest and fewest[rest - c] == left - 1)
        paid.append(str(coin))
        rest -= coin
    return f"{amount} = {' + '.join(paid) or 'nothing'}"


def parse(word: str, smallest: int) -> int:
    if not word.isdigit() or int(word) < smallest:
        raise ValueError(f"bad number: {word}")
    return int(word)


def main() -> None:
    first, _, rest = sys.stdin.read().partition("\n")
    coins = sorted((parse(word, 1) for word in first.split()), reverse=True)
    amounts = [parse(word, 0) for word in rest.split()]
    fewest = fewest_coins(coins, max(amounts, default=0))
    for amount in amounts:
        print(pay(amount, coins, fewest))
    print("amounts:", len(amounts))


try:
    main()
except ValueError as error:
    print(error)
