package main

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

// breakLines fills lines greedily; a word longer than the width gets a line of its own.
func breakLines(words []string, width int) [][]string {
	var lines [][]string
	start, length := 0, 0
	for i, word := range words {
		if i > start && length+1+len(word) > width {
			lines = append(lines, words[start:i])
			start = i
		}
		if i == start {
			length = len(word)
		} else {
			length += 1 + len(word)
		}
	}
	return append(lines, words[start:])
}

// spread fills the line with spaces; the wider gaps come first, or last if fromRight.
func spread(words []string, width int, fromRight bool) string {
	gaps := len(words) - 1
	if gaps == 0 {
		return words[0]
	}
	spaces := width - len(strings.Join(words, ""))
	wider := spaces % gaps
	var line strings.Builder
	for i, word := range words[:gaps] {
		gap := spaces / gaps
		if fromRight && i >= gaps-wider || !fromRight && i < wider {
			gap++
		}
		line.WriteString(word + strings.Repeat(" ", gap))
	}
	return line.String() + words[gaps]
}

func justify(words []string, width int) string {
	var justified []string
	lines := breakLines(words, width)
	last := len(lines) - 1
	for i, line := range lines[:last] {
		// The side of the wider gaps alternates, or they would form rivers of white.
		justified = append(justified, spread(line, width, i%2 == 1))
	}
	justified = append(justified, strings.Join(lines[last], " "))
	return strings.Join(justified, "\n")
}

func main() {
	input, err := io.ReadAll(os.Stdin)
	if err != nil {
		panic(err)
	}
	header, text, _ := strings.Cut(string(input), "\n")
	width, err := strconv.ParseUint(header, 10, 16)
	if err != nil {
		fmt.Println("the first line must be the width")
		return
	}
	var paragraphs []string
	for _, paragraph := range strings.Split(text, "\n\n") {
		if words := strings.Fields(paragraph); len(words) > 0 {
			paragraphs = append(paragraphs, justify(words, int(width)))
		}
	}
	if len(paragraphs) == 0 {
		paragraphs = []string{"no text"}
	}
	fmt.Println(strings.Join(paragraphs, "\n\n"))
}
