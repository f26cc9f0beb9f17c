package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"
)

// digits of a number, the least significant first.
type digits []byte

func parse(word string) (digits, error) {
	number := make(digits, len(word))
	for i, c := range []byte(word) {
		if c < '0' || c > '9' {
			return nil, fmt.Errorf("not a number: %s", word)
		}
		number[len(word)-1-i] = c - '0'
	}
	return number, nil
}

func add(a, b digits) digits {
	if len(a) < len(b) {
		a, b = b, a
	}
	sum := append(append(digits{}, a...), 0)
	for i := range a {
		if i < len(b) {
			sum[i] += b[i]
		}
		sum[i+1] += sum[i] / 10
		sum[i] %= 10
	}
	return sum
}

func multiply(a, b digits) digits {
	product := make(digits, len(a)+len(b))
	for i, left := range a {
		var carry byte
		for j, right := range b {
			value := product[i+j] + left*right + carry
			product[i+j], carry = value%10, value/10
		}
		product[i+len(b)] = carry
	}
	return product
}

func (d digits) String() string {
	last := len(d) - 1
	for last > 0 && d[last] == 0 {
		last--
	}
	var text strings.Builder
	sum := 0
	for i := last; i >= 0; i-- {
		text.WriteByte('0' + d[i])
		sum += int(d[i])
	}
	return fmt.Sprintf("%s (digit sum %d)", text.String(), sum)
}

func evaluate(line string) (digits, error) {
	words := strings.Fields(line)
	if len(words) != 3 || words[1] != "+" && words[1] != "*" {
		return nil, errors.New("expected: number + number, or number * number")
	}
	left, err := parse(words[0])
	if err != nil {
		return nil, err
	}
	right, err := parse(words[2])
	if err != nil {
		return nil, err
	}
	if words[1] == "+" {
		return add(left, right), nil
	}
	return multiply(left, right), nil
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		if result, err := evaluate(in.Text()); err != nil {
			fmt.Println(err)
		} else {
			fmt.Println(result)
		}
	}
}
