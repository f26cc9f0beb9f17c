package main

import (
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
)

const end = "end of input"

var (
	tokenPattern  = regexp.MustCompile(`"[^"\\\n]*"|[a-zA-Z0-9-]+|\S`)
	stringPattern = regexp.MustCompile(`^".*"$`)
	scalarPattern = regexp.MustCompile(`^(?:".*"|true|false|null|-?[0-9]{1,18})$`)
)

// printer reads a value, and returns its text with every item on a line of its own.
type printer struct {
	tokens   []string
	position int
}

func (p *printer) accept(token string) bool {
	found := p.tokens[p.position] == token
	if found {
		p.position++
	}
	return found
}

func (p *printer) fail(wanted string) error {
	return fmt.Errorf("token %d: expected %s, found %s", p.position+1, wanted, p.tokens[p.position])
}

func (p *printer) value(indent string) (string, error) {
	if p.accept("{") {
		return p.items("{", "}", indent)
	}
	if p.accept("[") {
		return p.items("[", "]", indent)
	}
	token := p.tokens[p.position]
	if !scalarPattern.MatchString(token) {
		return "", p.fail("a value")
	}
	p.position++
	return token, nil
}

func (p *printer) items(opening, closing, indent string) (string, error) {
	if p.accept(closing) {
		return opening + closing, nil
	}
	inner := indent + "  "
	var lines []string
	for more := true; more; more = p.accept(",") {
		line := inner
		if opening == "{" {
			key := p.tokens[p.position]
			if !stringPattern.MatchString(key) {
				return "", p.fail("a key")
			}
			p.position++
			if !p.accept(":") {
				return "", p.fail(":")
			}
			line += key + ": "
		}
		value, err := p.value(inner)
		if err != nil {
			return "", err
		}
		lines = append(lines, line+value)
	}
	if !p.accept(closing) {
		return "", p.fail(closing)
	}
	return opening + "\n" + strings.Join(lines, ",\n") + "\n" + indent + closing, nil
}

func main() {
	input, err := io.ReadAll(os.Stdin)
	if err != nil {
		panic(err)
	}
	tokens := tokenPattern.FindAllString(string(input), -1)
	p := &printer{tokens: append(tokens, end)}
	text, err := p.value("")
	if err == nil && !p.accept(end) {
		err = p.fail(end)
	}
	if err != nil {
		text = err.Error()
	}
	fmt.Println(text)
}
