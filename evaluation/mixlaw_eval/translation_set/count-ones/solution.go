package main

import "fmt"

func countOnes(n int) int {
	count := 0
	for n != 0 {
		n &= n - 1
		count++
	}
	return count
}

func main() {
	var n int
	for {
		if _, err := fmt.Scan(&n); err != nil {
			break
		}
		fmt.Println(countOnes(n))
	}
}
