package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
)

type bracket struct {
	symbol       rune
	line, column int
}

func (b bracket) String() string {
	return fmt.Sprintf("'%c'", b.symbol)
}

func (b bracket) place() string {
	return fmt.Sprintf("%d:%d", b.line, b.column)
}

var opener = map[rune]rune{')': '(', ']': '[', '}': '{'}

// findBrackets returns the brackets outside double quotes; a quotation ends with its line at the latest.
func findBrackets(text string, line int) []bracket {
	var found []bracket
	quoted := false
	for i, symbol := range text {
		switch {
		case symbol == '"':
			quoted = !quoted
		case !quoted && strings.ContainsRune("()[]{}", symbol):
			found = append(found, bracket{symbol, line, i + 1})
		}
	}
	return found
}

func check(brackets []bracket) (depth int, err error) {
	var open []bracket
	for _, b := range brackets {
		wanted, closes := opener[b.symbol]
		if !closes {
			open = append(open, b)
			if len(open) > depth {
				depth = len(open)
			}
			continue
		}
		if len(open) == 0 {
			return 0, fmt.Errorf("%s: unexpected %v", b.place(), b)
		}
		last := open[len(open)-1]
		open = open[:len(open)-1]
		if last.symbol != wanted {
			return 0, fmt.Errorf("%s: %v closes %v of %s", b.place(), b, last, last.place())
		}
	}
	if len(open) > 0 {
		return 0, fmt.Errorf("%s: %v is never closed", open[0].place(), open[0])
	}
	return depth, nil
}

func main() {
	var brackets []bracket
	scanner := bufio.NewScanner(os.Stdin)
	for line := 1; scanner.Scan(); line++ {
		brackets = append(brackets, findBrackets(scanner.Text(), line)...)
	}
	depth, err := check(brackets)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("balanced, pairs: %d, depth: %d\n", len(brackets)/2, depth)
}
