package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
)

var (
	errMalformed = errors.New("malformed line")
	errZero      = errors.New("division by zero")
)

type rational struct{ top, bottom int64 }

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

func reduced(top, bottom int64) (rational, error) {
	if bottom == 0 {
		return rational{}, errZero
	}
	divisor := gcd(top, bottom)
	if (divisor < 0) != (bottom < 0) {
		divisor = -divisor
	}
	return rational{top / divisor, bottom / divisor}, nil
}

func (r rational) String() string {
	if r.bottom == 1 {
		return strconv.FormatInt(r.top, 10)
	}
	return fmt.Sprintf("%d/%d", r.top, r.bottom)
}

func parse(word string, answer rational) (rational, error) {
	if word == "_" {
		return answer, nil
	}
	before, after, found := strings.Cut(word, "/")
	if !found {
		after = "1"
	}
	top, err := strconv.ParseInt(before, 10, 64)
	bottom, err2 := strconv.ParseInt(after, 10, 64)
	if err != nil || err2 != nil {
		return rational{}, errMalformed
	}
	return reduced(top, bottom)
}

func evaluate(line string, answer rational) (rational, error) {
	words := strings.Fields(line)
	if len(words) != 3 || len(words[1]) != 1 || !strings.Contains("+-*/", words[1]) {
		return rational{}, errMalformed
	}
	a, err := parse(words[0], answer)
	if err != nil {
		return rational{}, err
	}
	b, err := parse(words[2], answer)
	if err != nil {
		return rational{}, err
	}
	switch words[1] {
	case "+":
		return reduced(a.top*b.bottom+b.top*a.bottom, a.bottom*b.bottom)
	case "-":
		return reduced(a.top*b.bottom-b.top*a.bottom, a.bottom*b.bottom)
	case "*":
		return reduced(a.top*b.top, a.bottom*b.bottom)
	}
	return reduced(a.top*b.bottom, a.bottom*b.top)
}

func main() {
	answer := rational{0, 1}
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		result, err := evaluate(in.Text(), answer)
		if err != nil {
			fmt.Println(err)
			continue
		}
		answer = result
		fmt.Println(answer)
	}
}
