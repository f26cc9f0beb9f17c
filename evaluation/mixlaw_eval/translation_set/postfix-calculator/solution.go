package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

var operators = map[string]func(a, b int) int{
	"+": func(a, b int) int { return a + b },
	"-": func(a, b int) int { return a - b },
	"*": func(a, b int) int { return a * b },
}

func evaluate(words []string) (int, error) {
	var stack []int
	for _, word := range words {
		apply, found := operators[word]
		if !found {
			n, err := strconv.Atoi(word)
			if err != nil {
				return 0, err
			}
			stack = append(stack, n)
			continue
		}
		top := len(stack) - 1
		if top < 1 {
			return 0, errors.New("too few operands")
		}
		stack = append(stack[:top-1], apply(stack[top-1], stack[top]))
	}
	if len(stack) != 1 {
		return 0, errors.New("not one result")
	}
	return stack[0], nil
}

func main() {
	text, _ := io.ReadAll(os.Stdin)
	result, err := evaluate(strings.Fields(string(text)))
	if err != nil {
		fmt.Println("error")
		return
	}
	fmt.Println(result)
}
