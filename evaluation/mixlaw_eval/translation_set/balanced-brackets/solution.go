package main

import (
	"fmt"
	"io"
	"os"
)

var partner = map[rune]rune{')': '(', ']': '[', '}': '{'}

func isBalanced(text string) bool {
	var stack []rune
	for _, char := range text {
		switch char {
		case '(', '[', '{':
			stack = append(stack, char)
		case ')', ']', '}':
			top := len(stack) - 1
			if top < 0 || stack[top] != partner[char] {
				return false
			}
			stack = stack[:top]
		}
	}
	return len(stack) == 0
}

func main() {
	text, _ := io.ReadAll(os.Stdin)
	if isBalanced(string(text)) {
		fmt.Println("yes")
	} else {
		fmt.Println("no")
	}
}
