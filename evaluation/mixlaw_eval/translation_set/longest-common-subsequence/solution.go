package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
)

// suffixLengths gives for every i and j the length of the longest common
// subsequence of a[i:] and b[j:].
func suffixLengths(a, b string) [][]int {
	lengths := make([][]int, len(a)+1)
	lengths[len(a)] = make([]int, len(b)+1)
	for i := len(a) - 1; i >= 0; i-- {
		lengths[i] = make([]int, len(b)+1)
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				lengths[i][j] = lengths[i+1][j+1] + 1
			} else if lengths[i+1][j] > lengths[i][j+1] {
				lengths[i][j] = lengths[i+1][j]
			} else {
				lengths[i][j] = lengths[i][j+1]
			}
		}
	}
	return lengths
}

// firstCommonSubsequence returns the smallest in byte order of all longest
// common subsequences.
func firstCommonSubsequence(a, b string) string {
	lengths := suffixLengths(a, b)
	var found []byte
	i, j := 0, 0
	for lengths[i][j] > 0 {
		for c := byte(0); ; c++ {
			p, q := strings.IndexByte(a[i:], c), strings.IndexByte(b[j:], c)
			if p >= 0 && q >= 0 && lengths[i+p][j+q] == lengths[i][j] {
				found = append(found, c)
				i, j = i+p+1, j+q+1
				break
			}
		}
	}
	return string(found)
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Scan()
	first := in.Text()
	in.Scan()
	second := in.Text()
	common := firstCommonSubsequence(first, second)
	if common == "" {
		fmt.Println("nothing in common")
		return
	}
	fmt.Printf("%d: %s\n", len(common), common)
}
