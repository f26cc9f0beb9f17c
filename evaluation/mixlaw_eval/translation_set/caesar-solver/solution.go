package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"unicode"
)

const size = 26

// weights holds how often each letter occurs in a thousand letters of English text.
var weights = [size]int{
	82, 15, 28, 43, 127, 22, 20, 61, 70, 2, 8, 40, 24,
	67, 75, 19, 1, 60, 63, 91, 28, 10, 24, 2, 20, 1,
}

func decode(text string, shift int) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z':
			return 'a' + (r-'a'+rune(size-shift))%size
		case 'A' <= r && r <= 'Z':
			return 'A' + (r-'A'+rune(size-shift))%size
		}
		return r
	}, text)
}

func score(text string, shift int) int {
	total := 0
	for _, r := range decode(strings.ToLower(text), shift) {
		if unicode.IsLetter(r) {
			total += weights[r-'a']
		}
	}
	return total
}

// solve moves the text back by the shift that looks most like English, the smallest one of a tie.
func solve(text string) string {
	if strings.IndexFunc(text, unicode.IsLetter) < 0 {
		return "no letters"
	}
	best, second, bestShift := -1, -1, 0
	for shift := 0; shift < size; shift++ {
		switch s := score(text, shift); {
		case s > best:
			best, second, bestShift = s, best, shift
		case s > second:
			second = s
		}
	}
	return fmt.Sprintf("shift %d, lead %d: %s", bestShift, best-second, decode(text, bestShift))
}

func main() {
	scanner := bufio.NewScanner(os.Stdin)
	for scanner.Scan() {
		fmt.Println(solve(scanner.Text()))
	}
}
