package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
)

type order struct {
	cost int64
	text string
}

// readSizes returns the n+1 sizes of a chain of n matrices, whose neighbours
// share a side.
func readSizes(in *bufio.Scanner) ([]int64, error) {
	var sizes []int64
	for i := 0; in.Scan(); i++ {
		left, right, _ := strings.Cut(in.Text(), "x")
		rows, err1 := strconv.ParseUint(left, 10, 31)
		columns, err2 := strconv.ParseUint(right, 10, 31)
		if err1 != nil || err2 != nil {
			return nil, fmt.Errorf("bad matrix: %s", in.Text())
		}
		if i == 0 {
			sizes = append(sizes, int64(rows))
		}
		if sizes[i] != int64(rows) {
			return nil, fmt.Errorf("M%d and M%d do not fit", i, i+1)
		}
		sizes = append(sizes, int64(columns))
	}
	return sizes, nil
}

// cheapestOrder returns, of equally cheap orders, the one that splits first.
func cheapestOrder(sizes []int64) order {
	count := len(sizes) - 1
	best := make([][]order, count+1)
	for first := count; first >= 1; first-- {
		best[first] = make([]order, count+1)
		best[first][first] = order{0, fmt.Sprintf("M%d", first)}
		for last := first + 1; last <= count; last++ {
			for middle := first; middle < last; middle++ {
				left, right := best[first][middle], best[middle+1][last]
				cost := left.cost + right.cost + sizes[first-1]*sizes[middle]*sizes[last]
				if middle == first || cost < best[first][last].cost {
					best[first][last] = order{cost, "(" + left.text + " " + right.text + ")"}
				}
			}
		}
	}
	return best[1][count]
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Split(bufio.ScanWords)
	sizes, err := readSizes(in)
	switch {
	case err != nil:
		fmt.Println(err)
	case len(sizes) == 0:
		fmt.Println("no matrices")
	default:
		best := cheapestOrder(sizes)
		fmt.Printf("cost %d\n%s\n", best.cost, best.text)
	}
}
