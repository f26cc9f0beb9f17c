n = int(input())
ones = 0
while n:
    n &= n - 1
    ones += 1
print(ones)
