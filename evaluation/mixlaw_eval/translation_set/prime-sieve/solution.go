package main

import (
	"fmt"
	"strconv"
	"strings"
)

func primesUpTo(limit int) []string {
	composite := make([]bool, limit+1)
	var primes []string
	for n := 2; n <= limit; n++ {
		if composite[n] {
			continue
		}
		primes = append(primes, strconv.Itoa(n))
		for multiple := n * n; multiple <= limit; multiple += n {
			composite[multiple] = true
		}
	}
	return primes
}

func main() {
	var limit int
	fmt.Scan(&limit)
	fmt.Println(strings.Join(primesUpTo(limit), " "))
}
