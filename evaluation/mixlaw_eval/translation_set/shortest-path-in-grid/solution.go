package main

import (
	"fmt"
	"io"
	"os"
	"strings"
)

type cell struct{ row, column int }

// shortestPath counts the steps from the first cell to the last, or gives -1; '#' is a wall.
func shortestPath(grid []string) int {
	rows, columns := len(grid), len(grid[0])
	if grid[0][0] == '#' {
		return -1
	}
	distance := map[cell]int{{0, 0}: 0}
	queue := []cell{{0, 0}}
	for len(queue) > 0 {
		here := queue[0]
		queue = queue[1:]
		for _, move := range []cell{{1, 0}, {-1, 0}, {0, 1}, {0, -1}} {
			next := cell{here.row + move.row, here.column + move.column}
			if next.row < 0 || next.row >= rows || next.column < 0 || next.column >= columns {
				continue
			}
			if _, seen := distance[next]; seen || grid[next.row][next.column] == '#' {
				continue
			}
			distance[next] = distance[here] + 1
			queue = append(queue, next)
		}
	}
	if steps, found := distance[cell{rows - 1, columns - 1}]; found {
		return steps
	}
	return -1
}

func main() {
	text, _ := io.ReadAll(os.Stdin)
	fmt.Println(shortestPath(strings.Fields(string(text))))
}
