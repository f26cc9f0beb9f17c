package main

import (
	"bufio"
	"fmt"
	"os"
)

type cell struct{ row, column int }

// regions holds disjoint sets of cells: every cell leads to the root of its set.
type regions map[cell]cell

func (r regions) find(c cell) cell {
	for r[c] != c {
		r[c] = r[r[c]]
		c = r[c]
	}
	return c
}

func (r regions) join(a, b cell) {
	r[r.find(a)] = r.find(b)
}

// readLand returns the letters of the map without '.', which is sea.
func readLand(in *bufio.Scanner) map[cell]rune {
	land := map[cell]rune{}
	for row := 0; in.Scan(); row++ {
		for column, letter := range in.Text() {
			if letter != '.' {
				land[cell{row, column}] = letter
			}
		}
	}
	return land
}

func findRegions(land map[cell]rune) regions {
	r := regions{}
	for c := range land {
		r[c] = c
	}
	for c, letter := range land {
		for _, neighbour := range []cell{{c.row + 1, c.column}, {c.row, c.column + 1}} {
			if land[neighbour] == letter {
				r.join(c, neighbour)
			}
		}
	}
	return r
}

func main() {
	land := readLand(bufio.NewScanner(os.Stdin))
	r := findRegions(land)
	sizes := map[cell]int{}
	for c := range land {
		sizes[r.find(c)]++
	}
	count, largest := map[rune]int{}, map[rune]int{}
	for root, size := range sizes {
		letter := land[root]
		count[letter]++
		if size > largest[letter] {
			largest[letter] = size
		}
	}
	for letter := '!'; letter <= '~'; letter++ {
		if count[letter] > 0 {
			fmt.Printf("%c: %d regions, the largest of %d\n", letter, count[letter], largest[letter])
		}
	}
	if len(land) == 0 {
		fmt.Println("only sea")
	}
}
