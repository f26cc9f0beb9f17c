package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
)

const arrows = "^>v<"

type place struct{ row, column int }

var moves = [4]place{{-1, 0}, {0, 1}, {1, 0}, {0, -1}}

type robot struct {
	grid    []string
	at      place
	facing  int
	visited map[place]bool
	bumps   int
}

// newRobot finds the robot on the grid, and returns nil where there is none.
func newRobot(grid []string) *robot {
	for r, line := range grid {
		if c := strings.IndexAny(line, arrows); c >= 0 {
			at := place{r, c}
			facing := strings.IndexByte(arrows, line[c])
			return &robot{grid: grid, at: at, facing: facing, visited: map[place]bool{at: true}}
		}
	}
	return nil
}

func (r *robot) free(p place) bool {
	return p.row >= 0 && p.row < len(r.grid) &&
		p.column >= 0 && p.column < len(r.grid[p.row]) &&
		r.grid[p.row][p.column] != '#'
}

func (r *robot) walk(steps int) {
	move := moves[r.facing]
	for ; steps > 0; steps-- {
		next := place{r.at.row + move.row, r.at.column + move.column}
		if !r.free(next) {
			r.bumps++
			return
		}
		r.at = next
		r.visited[next] = true
	}
}

func (r *robot) execute(instruction string) {
	switch instruction {
	case "L":
		r.facing = (r.facing + 3) % 4
	case "R":
		r.facing = (r.facing + 1) % 4
	default:
		steps, err := strconv.ParseUint(instruction, 10, 31)
		if err != nil {
			fmt.Println("ignored:", instruction)
			return
		}
		r.walk(int(steps))
	}
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	var grid []string
	for in.Scan() && in.Text() != "" {
		grid = append(grid, in.Text())
	}
	r := newRobot(grid)
	if r == nil {
		fmt.Println("no robot")
		return
	}
	for in.Scan() {
		for _, instruction := range strings.Fields(in.Text()) {
			r.execute(instruction)
		}
	}
	fmt.Printf("row %d, column %d, facing %c\n", r.at.row, r.at.column, arrows[r.facing])
	fmt.Printf("visited %d, bumped %d\n", len(r.visited), r.bumps)
}
