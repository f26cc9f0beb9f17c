package main

import (
	"bufio"
	"fmt"
	"os"
	"unicode"
)

const shortest = 3

// expand returns the widest palindrome around the centre, as a half-open range of letters.
func expand(letters []rune, left, right int) (start, end int) {
	for left >= 0 && right < len(letters) && letters[left] == letters[right] {
		left--
		right++
	}
	return left + 1, right
}

// longest returns the longest palindrome, and the first of several that are as long.
func longest(letters []rune) (start, end int) {
	for centre := range letters {
		for _, right := range []int{centre, centre + 1} {
			from, to := expand(letters, centre, right)
			if to-from > end-start {
				start, end = from, to
			}
		}
	}
	return start, end
}

func describe(line string) string {
	var letters []rune
	var places []int
	for i, char := range line {
		if unicode.IsLetter(char) || unicode.IsDigit(char) {
			letters = append(letters, unicode.ToLower(char))
			places = append(places, i)
		}
	}
	start, end := longest(letters)
	if end-start < shortest {
		return "none"
	}
	first, last := places[start], places[end-1]
	return fmt.Sprintf("%d at %d: %s", end-start, first+1, line[first:last+1])
}

func main() {
	scanner := bufio.NewScanner(os.Stdin)
	for scanner.Scan() {
		fmt.Println(describe(scanner.Text()))
	}
}
