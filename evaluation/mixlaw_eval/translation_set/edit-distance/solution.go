package main

import (
	"bufio"
	"fmt"
	"os"
)

func min(a, b int) int {
	if a < b {
		return a
	}
	return b
}

func cost(a, b byte) int {
	if a == b {
		return 0
	}
	return 1
}

func distanceTable(a, b string) [][]int {
	table := make([][]int, len(a)+1)
	for i := range table {
		table[i] = make([]int, len(b)+1)
		for j := range table[i] {
			if i == 0 || j == 0 {
				table[i][j] = i + j
				continue
			}
			swap := table[i-1][j-1] + cost(a[i-1], b[j-1])
			table[i][j] = min(swap, min(table[i-1][j], table[i][j-1])+1)
		}
	}
	return table
}

// edits walks back from the corner: replacing is preferred to deleting, and
// deleting to inserting. The last edit comes first.
func edits(a, b string) []string {
	table := distanceTable(a, b)
	var steps []string
	i, j := len(a), len(b)
	for i > 0 || j > 0 {
		switch {
		case i > 0 && j > 0 && table[i][j] == table[i-1][j-1]+cost(a[i-1], b[j-1]):
			i, j = i-1, j-1
			if a[i] != b[j] {
				steps = append(steps, fmt.Sprintf("replace '%c' by '%c' at %d", a[i], b[j], i))
			}
		case i > 0 && table[i][j] == table[i-1][j]+1:
			i--
			steps = append(steps, fmt.Sprintf("delete '%c' at %d", a[i], i))
		default:
			j--
			steps = append(steps, fmt.Sprintf("insert '%c' at %d", b[j], i))
		}
	}
	return steps
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Scan()
	first := in.Text()
	in.Scan()
	second := in.Text()
	steps := edits(first, second)
	fmt.Println("distance", len(steps))
	for i := len(steps) - 1; i >= 0; i-- {
		fmt.Println(steps[i])
	}
}
