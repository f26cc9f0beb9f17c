package main

import "fmt"

func main() {
	sum := 0
	var n int
	for {
		if _, err := fmt.Scan(&n); err != nil {
			break
		}
		sum += n
	}
	fmt.Println(sum)
}
