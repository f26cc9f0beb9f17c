package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// word says how many values it takes from the stack, and what it puts back.
type word struct {
	needed int
	action func(top []int) []int
}

var words = map[string]word{
	"+":    {2, func(top []int) []int { return []int{top[0] + top[1]} }},
	"-":    {2, func(top []int) []int { return []int{top[0] - top[1]} }},
	"*":    {2, func(top []int) []int { return []int{top[0] * top[1]} }},
	"max":  {2, larger},
	"neg":  {1, func(top []int) []int { return []int{-top[0]} }},
	"dup":  {1, func(top []int) []int { return []int{top[0], top[0]} }},
	"swap": {2, func(top []int) []int { return []int{top[1], top[0]} }},
	"over": {2, func(top []int) []int { return []int{top[0], top[1], top[0]} }},
	"drop": {1, func(top []int) []int { return nil }},
}

func larger(top []int) []int {
	if top[0] > top[1] {
		return top[:1]
	}
	return top[1:]
}

// run returns the stack after the words of the line; the given one is left as it is.
func run(line string, before []int) ([]int, error) {
	stack := append([]int(nil), before...)
	for _, name := range strings.Fields(line) {
		if number, err := strconv.Atoi(name); err == nil {
			stack = append(stack, number)
			continue
		}
		w, known := words[name]
		if !known {
			return nil, fmt.Errorf("unknown word %s", name)
		}
		rest := len(stack) - w.needed
		if rest < 0 {
			return nil, fmt.Errorf("%s needs %d, the stack has %d", name, w.needed, len(stack))
		}
		stack = append(stack[:rest], w.action(stack[rest:])...)
	}
	return stack, nil
}

func main() {
	var stack []int
	scanner := bufio.NewScanner(os.Stdin)
	for scanner.Scan() {
		after, err := run(scanner.Text(), stack)
		if err != nil {
			fmt.Println("error:", err)
			continue
		}
		stack = after
		if len(stack) == 0 {
			fmt.Println("empty")
		} else {
			fmt.Println(strings.Trim(fmt.Sprint(stack), "[]"))
		}
	}
}
