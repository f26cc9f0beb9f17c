package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strconv"
)

var errZero = errors.New("division by zero")

// parser works by recursive descent over one line; each method is a rule of the grammar.
type parser struct {
	text     string
	position int
}

func (p *parser) failed(message string) error {
	return fmt.Errorf("%s at %d", message, p.position+1)
}

// peek returns the next byte that is no space, or 0 at the end.
func (p *parser) peek() byte {
	for ; p.position < len(p.text); p.position++ {
		if c := p.text[p.position]; c != ' ' {
			return c
		}
	}
	return 0
}

func (p *parser) sum() (int64, error) {
	value, err := p.product()
	for err == nil && (p.peek() == '+' || p.peek() == '-') {
		operator := p.peek()
		p.position++
		var right int64
		right, err = p.product()
		if operator == '-' {
			right = -right
		}
		value += right
	}
	return value, err
}

func (p *parser) product() (int64, error) {
	value, err := p.factor()
	for err == nil && (p.peek() == '*' || p.peek() == '/') {
		operator := p.peek()
		p.position++
		var right int64
		right, err = p.factor()
		switch {
		case operator == '*':
			value *= right
		case right != 0:
			value /= right
		case err == nil:
			err = errZero
		}
	}
	return value, err
}

func (p *parser) factor() (int64, error) {
	switch p.peek() {
	case '-':
		p.position++
		value, err := p.factor()
		return -value, err
	case '(':
		p.position++
		value, err := p.sum()
		if err == nil && p.peek() != ')' {
			err = p.failed("expected ')'")
		}
		p.position++
		return value, err
	}
	start := p.position
	for p.position < len(p.text) && '0' <= p.text[p.position] && p.text[p.position] <= '9' {
		p.position++
	}
	if start == p.position {
		return 0, p.failed("expected a number")
	}
	return strconv.ParseInt(p.text[start:p.position], 10, 64)
}

func main() {
	scanner := bufio.NewScanner(os.Stdin)
	for scanner.Scan() {
		p := &parser{text: scanner.Text()}
		value, err := p.sum()
		if err == nil && p.peek() != 0 {
			err = p.failed("expected an operator")
		}
		if err != nil {
			fmt.Println("error:", err)
		} else {
			fmt.Println(value)
		}
	}
}
