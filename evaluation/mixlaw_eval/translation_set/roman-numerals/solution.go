package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
)

const largest = 3999

var (
	errRange   = errors.New("out of range")
	errNumeral = errors.New("not a numeral")
)

var symbols = []struct {
	value int
	text  string
}{
	{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"},
	{40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"},
}

func toRoman(number int) (string, error) {
	if number < 1 || number > largest {
		return "", errRange
	}
	var numeral strings.Builder
	for _, symbol := range symbols {
		numeral.WriteString(strings.Repeat(symbol.text, number/symbol.value))
		number %= symbol.value
	}
	return numeral.String(), nil
}

func fromRoman(numeral string) (int, error) {
	total := 0
	rest := numeral
	for _, symbol := range symbols {
		for strings.HasPrefix(rest, symbol.text) {
			total += symbol.value
			rest = rest[len(symbol.text):]
		}
	}
	// Only one spelling of a number is right: IIII and VX are not numerals.
	if spelling, err := toRoman(total); err != nil || spelling != numeral {
		return 0, errNumeral
	}
	return total, nil
}

func convert(text string) (string, error) {
	if number, err := strconv.ParseInt(text, 10, 32); err == nil {
		return toRoman(int(number))
	}
	number, err := fromRoman(strings.ToUpper(text))
	return strconv.Itoa(number), err
}

func main() {
	scanner := bufio.NewScanner(os.Stdin)
	scanner.Split(bufio.ScanWords)
	converted, rejected := 0, 0
	for scanner.Scan() {
		text := scanner.Text()
		if result, err := convert(text); err != nil {
			fmt.Printf("%s: %v\n", text, err)
			rejected++
		} else {
			fmt.Printf("%s = %s\n", text, result)
			converted++
		}
	}
	fmt.Printf("%d converted, %d rejected\n", converted, rejected)
}
