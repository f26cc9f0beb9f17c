package main

import "fmt"

func main() {
	var a, b int
	fmt.Scan(&a, &b)
	for b != 0 {
		a, b = b, a%b
	}
	if a < 0 {
		a = -a
	}
	fmt.Println(a)
}
