package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
)

const (
	alphabet = "0123456789abcdefghijklmnopqrstuvwxyz"
	limit    = 1<<53 - 1
)

func parseBase(word string) (int64, error) {
	base, err := strconv.ParseInt(word, 10, 64)
	if err != nil || base < 2 || base > int64(len(alphabet)) {
		return 0, fmt.Errorf("base %s is not from 2 to 36", word)
	}
	return base, nil
}

func toNumber(text string, base int64) (int64, error) {
	if text == "" {
		return 0, errors.New("no digits")
	}
	var number int64
	for _, letter := range text {
		digit := int64(strings.Index(alphabet, strings.ToLower(string(letter))))
		if digit < 0 || digit >= base {
			return 0, fmt.Errorf("%c is not a digit of base %d", letter, base)
		}
		number = number*base + digit
		if number > limit {
			return 0, errors.New("too large")
		}
	}
	return number, nil
}

func toText(number, base int64) string {
	if number < base {
		return alphabet[number : number+1]
	}
	return toText(number/base, base) + toText(number%base, base)
}

func convert(line string) (string, error) {
	words := strings.Fields(line)
	if len(words) != 3 {
		return "", errors.New("expected: digits, base, base")
	}
	source, err := parseBase(words[1])
	if err != nil {
		return "", err
	}
	target, err := parseBase(words[2])
	if err != nil {
		return "", err
	}
	number, err := toNumber(strings.TrimPrefix(words[0], "-"), source)
	if err != nil {
		return "", err
	}
	if words[0][0] == '-' && number > 0 {
		return "-" + toText(number, target), nil
	}
	return toText(number, target), nil
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		text, err := convert(in.Text())
		if err != nil {
			text = "error: " + err.Error()
		}
		fmt.Println(text)
	}
}
