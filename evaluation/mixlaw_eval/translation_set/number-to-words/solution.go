package main

import (
	"bufio"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
)

var small = strings.Fields(`zero one two three four five six seven eight nine ten eleven twelve
	thirteen fourteen fifteen sixteen seventeen eighteen nineteen`)

var tens = strings.Fields("twenty thirty forty fifty sixty seventy eighty ninety")

var scales = []struct {
	size int64
	name string
}{
	{1_000_000_000, "billion"},
	{1_000_000, "million"},
	{1_000, "thousand"},
	{100, "hundred"},
}

var integer = regexp.MustCompile(`^-?\d+$`)

func belowHundred(number int64) string {
	switch {
	case number < 20:
		return small[number]
	case number%10 == 0:
		return tens[number/10-2]
	}
	return tens[number/10-2] + "-" + small[number%10]
}

func inWords(number int64) string {
	if number < 0 {
		return "minus " + inWords(-number)
	}
	if number < 100 {
		return belowHundred(number)
	}
	var words []string
	for _, scale := range scales {
		if number >= scale.size {
			words = append(words, inWords(number/scale.size), scale.name)
			number %= scale.size
		}
	}
	if number > 0 {
		words = append(words, "and", belowHundred(number))
	}
	return strings.Join(words, " ")
}

func answer(text string) string {
	if !integer.MatchString(text) {
		return text + ": not a number"
	}
	number, err := strconv.ParseInt(text, 10, 64)
	if err != nil || len(strings.TrimPrefix(text, "-")) > 12 {
		return text + ": too large"
	}
	return inWords(number)
}

func main() {
	scanner := bufio.NewScanner(os.Stdin)
	for scanner.Scan() {
		fmt.Println(answer(strings.TrimSpace(scanner.Text())))
	}
}
