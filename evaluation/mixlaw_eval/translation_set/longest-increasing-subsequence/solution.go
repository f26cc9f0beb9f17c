package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strconv"
)

// longestIncreasing returns the indices of the subsequence in O(n log n):
// tails[k] is the smallest end of a run of k+1 numbers.
func longestIncreasing(numbers []int) []int {
	var tails, ends []int
	before := make([]int, len(numbers))
	for i, n := range numbers {
		place := sort.SearchInts(tails, n)
		before[i] = -1
		if place > 0 {
			before[i] = ends[place-1]
		}
		if place == len(tails) {
			tails, ends = append(tails, n), append(ends, i)
		} else {
			tails[place], ends[place] = n, i
		}
	}
	chain := make([]int, len(ends))
	for k := len(chain) - 1; k >= 0; k-- {
		if k == len(chain)-1 {
			chain[k] = ends[k]
		} else {
			chain[k] = before[chain[k+1]]
		}
	}
	return chain
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Split(bufio.ScanWords)
	var numbers []int
	for in.Scan() {
		n, err := strconv.Atoi(in.Text())
		if err != nil {
			fmt.Println("not an integer:", in.Text())
			return
		}
		numbers = append(numbers, n)
	}
	chain := longestIncreasing(numbers)
	fmt.Printf("%d of %d\n", len(chain), len(numbers))
	if len(chain) == 0 {
		return
	}
	values, places := "values:", "places:"
	for _, i := range chain {
		values += fmt.Sprintf(" %d", numbers[i])
		places += fmt.Sprintf(" %d", i+1)
	}
	fmt.Printf("%s\n%s\n", values, places)
}
