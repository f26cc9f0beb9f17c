package main

import (
	"bufio"
	"fmt"
	"os"
)

func smallest(first int, others ...int) int {
	for _, n := range others {
		if n < first {
			first = n
		}
	}
	return first
}

func editDistance(a, b string) int {
	previous := make([]int, len(b)+1)
	for j := range previous {
		previous[j] = j
	}
	for i := 1; i <= len(a); i++ {
		current := make([]int, len(b)+1)
		current[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			current[j] = smallest(previous[j]+1, current[j-1]+1, previous[j-1]+cost)
		}
		previous = current
	}
	return previous[len(b)]
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Scan()
	first := in.Text()
	in.Scan()
	second := in.Text()
	fmt.Println(editDistance(first, second))
}
