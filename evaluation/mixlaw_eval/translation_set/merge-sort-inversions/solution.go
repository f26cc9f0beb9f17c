package main

import (
	"bufio"
	"fmt"
	"log"
	"os"
	"strconv"
	"strings"
)

// mergeSort sorts the numbers in place, with a buffer of the same length, and
// counts the pairs that were in the wrong order.
func mergeSort(numbers, buffer []int) int {
	if len(numbers) < 2 {
		return 0
	}
	middle := len(numbers) / 2
	inversions := mergeSort(numbers[:middle], buffer[:middle]) + mergeSort(numbers[middle:], buffer[middle:])
	copy(buffer, numbers)
	left, right := buffer[:middle], buffer[middle:]
	for i := range numbers {
		if len(left) == 0 || len(right) > 0 && right[0] < left[0] {
			numbers[i], right = right[0], right[1:]
			inversions += len(left)
		} else {
			numbers[i], left = left[0], left[1:]
		}
	}
	return inversions
}

func parse(line string) ([]int, error) {
	var numbers []int
	for _, word := range strings.Fields(line) {
		n, err := strconv.Atoi(word)
		if err != nil {
			return nil, err
		}
		numbers = append(numbers, n)
	}
	return numbers, nil
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	best, fewest := 0, 0
	for line := 1; in.Scan(); line++ {
		numbers, err := parse(in.Text())
		if err != nil {
			log.Fatal(err)
		}
		inversions := mergeSort(numbers, make([]int, len(numbers)))
		if best == 0 || inversions < fewest {
			best, fewest = line, inversions
		}
		fmt.Printf("%d:", inversions)
		for _, n := range numbers {
			fmt.Printf(" %d", n)
		}
		fmt.Println()
	}
	if best == 0 {
		fmt.Println("no lines")
	} else {
		fmt.Println("best sorted: line", best)
	}
}
