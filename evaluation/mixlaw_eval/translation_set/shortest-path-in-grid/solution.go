package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
)

type cell struct{ row, column int }

// In alphabetical order, which makes the path found the first of the shortest.
var moves = []struct {
	name string
	step cell
}{{"D", cell{1, 0}}, {"L", cell{0, -1}}, {"R", cell{0, 1}}, {"U", cell{-1, 0}}}

type maze []string

func (m maze) find(mark string) (cell, bool) {
	for row, line := range m {
		if column := strings.Index(line, mark); column >= 0 {
			return cell{row, column}, true
		}
	}
	return cell{}, false
}

func (m maze) open(c cell) bool {
	inside := c.row >= 0 && c.row < len(m) && c.column >= 0 && c.column < len(m[c.row])
	return inside && m[c.row][c.column] != '#'
}

func (m maze) shortestPath(start, end cell) (string, bool) {
	paths := map[cell]string{start: ""}
	queue := []cell{start}
	for len(queue) > 0 {
		current := queue[0]
		queue = queue[1:]
		if current == end {
			return paths[end], true
		}
		for _, move := range moves {
			next := cell{current.row + move.step.row, current.column + move.step.column}
			if _, seen := paths[next]; !seen && m.open(next) {
				paths[next] = paths[current] + move.name
				queue = append(queue, next)
			}
		}
	}
	return "", false
}

func main() {
	var m maze
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		m = append(m, in.Text())
	}
	start, hasStart := m.find("S")
	end, hasEnd := m.find("E")
	if !hasStart || !hasEnd {
		fmt.Println("the maze needs S and E")
		return
	}
	if path, found := m.shortestPath(start, end); found {
		fmt.Printf("%d steps: %s\n", len(path), path)
	} else {
		fmt.Println("no path")
	}
}
