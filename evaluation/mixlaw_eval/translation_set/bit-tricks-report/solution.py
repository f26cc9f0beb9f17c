import sys

WIDTH = 32


def reverse_bits(n: int) -> int:
    result = 0
    for _ in range(WIDTH):
        result = result << 1 | n & 1
        n >>= 1
    return result


def gray_code(n: int) -> int:
    return n ^ n >> 1


def from_gray_code(code: int) -> int:
    """Undoes gray_code: every bit is the parity of the code's bits from it upwards."""
    n = 0
    while code:
        n ^= code
        code >>= 1
    return n


def longest_run(n: int) -> int:
    """How many one bits stand side by side at most."""
    length = 0
    while n:
        n &= n << 1
        length += 1
    return length


def report(n: int) -> str:
    fields = {
        "ones": n.bit_count(),
        "highest": n.bit_length() - 1 if n else "none",
        "reversed": reverse_bits(n),
        "gray": gray_code(n),
        "ungray": from_gray_code(n),
        "run": longest_run(n),
    }
    return ", ".join(f"{name} {value}" for name, value in fields.items())


def main() -> None:
    total = 0
    for word in sys.stdin.read().split():
        if word.isdecimal() and int(word) < 1 << WIDTH:
            print(f"{word}: {report(int(word))}")
            total ^= int(word)
        else:
            print(f"{word}: not an unsigned number of {WIDTH} bits")
    print(f"exclusive or of all: {total:08x}")


main()
