package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
)

const largest = 10

type board struct {
	columns []int
	count   int
	first   []int
}

func (b *board) safe(row, column int) bool {
	for above, other := range b.columns[:row] {
		if other == column || other-column == row-above || column-other == row-above {
			return false
		}
	}
	return true
}

// place tries the columns of a row from left to right; all rows above have
// their queens.
func (b *board) place(row int) {
	if row == len(b.columns) {
		if b.count == 0 {
			b.first = append(b.first, b.columns...)
		}
		b.count++
		return
	}
	for column := range b.columns {
		if b.safe(row, column) {
			b.columns[row] = column
			b.place(row + 1)
		}
	}
}

func (b *board) draw() {
	for _, column := range b.first {
		right := len(b.columns) - column - 1
		fmt.Println(strings.Repeat(".", column) + "Q" + strings.Repeat(".", right))
	}
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Split(bufio.ScanWords)
	boards := 0
	for ; in.Scan(); boards++ {
		size, err := strconv.Atoi(in.Text())
		if err != nil || size < 1 || size > largest {
			fmt.Printf("%s: not a size from 1 to %d\n", in.Text(), largest)
			continue
		}
		b := board{columns: make([]int, size)}
		b.place(0)
		if b.count == 0 {
			fmt.Printf("%d: no solution\n", size)
		} else {
			fmt.Printf("%d: %d\n", size, b.count)
			b.draw()
		}
	}
	if boards == 0 {
		fmt.Println("no boards")
	}
}
