package main

import "fmt"

func main() {
	var n int
	fmt.Scan(&n)
	ones := 0
	for n != 0 {
		n &= n - 1
		ones++
	}
	fmt.Println(ones)
}
