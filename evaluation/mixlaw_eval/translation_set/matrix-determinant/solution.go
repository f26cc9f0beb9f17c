package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// determinant eliminates without fractions: every division is exact.
func determinant(rows [][]int64) int64 {
	var sign, previous int64 = 1, 1
	for k := range rows {
		pivot := k
		for pivot < len(rows) && rows[pivot][k] == 0 {
			pivot++
		}
		if pivot == len(rows) {
			return 0
		}
		if pivot != k {
			rows[k], rows[pivot] = rows[pivot], rows[k]
			sign = -sign
		}
		for _, row := range rows[k+1:] {
			for j := k + 1; j < len(row); j++ {
				row[j] = (rows[k][k]*row[j] - row[k]*rows[k][j]) / previous
			}
		}
		previous = rows[k][k]
	}
	return sign * previous
}

func verdict(matrix [][]int64) string {
	for _, row := range matrix {
		if len(row) != len(matrix) {
			return "not square"
		}
	}
	switch value := determinant(matrix); value {
	case 0:
		return "singular"
	case 1, -1:
		return fmt.Sprintf("%d, inverse is integer", value)
	default:
		return strconv.FormatInt(value, 10)
	}
}

func parseRow(line string) []int64 {
	var row []int64
	for _, word := range strings.Fields(line) {
		value, err := strconv.ParseInt(word, 10, 64)
		if err != nil {
			panic(err)
		}
		row = append(row, value)
	}
	return row
}

func main() {
	var matrix [][]int64
	count := 0
	finish := func() {
		if len(matrix) > 0 {
			count++
			fmt.Printf("matrix %d: %s\n", count, verdict(matrix))
		}
		matrix = nil
	}
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		if row := parseRow(in.Text()); len(row) > 0 {
			matrix = append(matrix, row)
		} else {
			finish()
		}
	}
	finish()
	fmt.Println("matrices:", count)
}
