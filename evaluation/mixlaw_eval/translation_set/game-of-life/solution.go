package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"strconv"
)

type grid [][]byte

func (g grid) neighbours(row, column int) int {
	count := 0
	for down := -1; down <= 1; down++ {
		line := g[(row+down+len(g))%len(g)]
		for right := -1; right <= 1; right++ {
			if line[(column+right+len(line))%len(line)] == '#' && (down != 0 || right != 0) {
				count++
			}
		}
	}
	return count
}

// step gives the next generation on a torus: rows and columns go on at the other side.
func (g grid) step() grid {
	following := make(grid, len(g))
	for r, row := range g {
		following[r] = bytes.Repeat([]byte("."), len(row))
		for c, sign := range row {
			if count := g.neighbours(r, c); count == 3 || count == 2 && sign == '#' {
				following[r][c] = '#'
			}
		}
	}
	return following
}

func (g grid) String() string {
	return string(bytes.Join(g, []byte("\n")))
}

func read() (generations int, cells grid, err error) {
	in := bufio.NewScanner(os.Stdin)
	in.Scan()
	generations, err = strconv.Atoi(in.Text())
	for in.Scan() {
		cells = append(cells, []byte(in.Text()))
	}
	for _, row := range cells {
		if len(row) != len(cells[0]) || len(bytes.Trim(row, "#.")) > 0 {
			err = errors.New("irregular row")
		}
	}
	if len(cells) == 0 || generations < 0 {
		err = errors.New("nothing to do")
	}
	return generations, cells, err
}

func main() {
	generations, cells, err := read()
	if err != nil {
		fmt.Println("expected: number of generations, then rows of # and . of one length")
		return
	}
	for generation := 0; generation < generations; generation++ {
		following := cells.step()
		if following.String() == cells.String() {
			fmt.Println("still from generation", generation)
			break
		}
		cells = following
	}
	fmt.Println(cells)
	fmt.Println("alive:", bytes.Count(bytes.Join(cells, nil), []byte("#")))
}
