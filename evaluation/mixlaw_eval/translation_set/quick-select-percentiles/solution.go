package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
)

func medianOfThree(a, b, c int) int {
	if a > b {
		a, b = b, a
	}
	switch {
	case c <= a:
		return a
	case c <= b:
		return c
	}
	return b
}

// quickSelect reorders the numbers and returns the one that would stand at
// place rank (from 0) if they were sorted.
func quickSelect(numbers []int, rank int) int {
	pivot := medianOfThree(numbers[0], numbers[len(numbers)/2], numbers[len(numbers)-1])
	smaller, larger := 0, len(numbers)
	for i := 0; i < larger; {
		switch n := numbers[i]; {
		case n < pivot:
			numbers[i], numbers[smaller] = numbers[smaller], n
			smaller++
			i++
		case n > pivot:
			larger--
			numbers[i], numbers[larger] = numbers[larger], n
		default:
			i++
		}
	}
	if rank < smaller {
		return quickSelect(numbers[:smaller], rank)
	}
	if rank >= larger {
		return quickSelect(numbers[larger:], rank-larger)
	}
	return pivot
}

// percentile returns the smallest number that at least so many per cent do not exceed.
func percentile(numbers []int, percent int) int {
	rank := (percent*len(numbers) + 99) / 100
	if rank == 0 {
		rank = 1
	}
	return quickSelect(numbers, rank-1)
}

func main() {
	in := bufio.NewReader(os.Stdin)
	first, _ := in.ReadString('\n')
	var numbers []int
	for n := 0; ; {
		if _, err := fmt.Fscan(in, &n); err != nil {
			break
		}
		numbers = append(numbers, n)
	}
	if len(numbers) == 0 {
		fmt.Println("no numbers")
		return
	}
	for _, word := range strings.Fields(first) {
		percent, err := strconv.Atoi(word)
		if err != nil || percent < 0 || percent > 100 {
			fmt.Printf("p%s is out of range\n", word)
			continue
		}
		fmt.Printf("p%d = %d\n", percent, percentile(numbers, percent))
	}
}
