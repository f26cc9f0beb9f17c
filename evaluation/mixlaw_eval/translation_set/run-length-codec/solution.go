package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
)

func isDigit(c byte) bool {
	return '0' <= c && c <= '9'
}

// encode writes runs as count and character; digits and backslashes are escaped with a backslash.
func encode(text string) string {
	var code strings.Builder
	for len(text) > 0 {
		symbol := text[0]
		rest := strings.TrimLeft(text, text[:1])
		if n := len(text) - len(rest); n > 1 {
			code.WriteString(strconv.Itoa(n))
		}
		if isDigit(symbol) || symbol == '\\' {
			code.WriteByte('\\')
		}
		code.WriteByte(symbol)
		text = rest
	}
	return code.String()
}

func decode(code string) (string, error) {
	var text strings.Builder
	for len(code) > 0 {
		rest := strings.TrimLeft(code, "0123456789")
		digits := code[:len(code)-len(rest)]
		if len(digits) > 3 {
			return "", fmt.Errorf("count %s is too large", digits)
		}
		rest = strings.TrimPrefix(rest, `\`)
		if rest == "" {
			return "", errors.New("the code ends too early")
		}
		count := 1
		if digits != "" {
			count, _ = strconv.Atoi(digits)
		}
		if count == 0 {
			return "", errors.New("a count is zero")
		}
		text.WriteString(strings.Repeat(rest[:1], count))
		code = rest[1:]
	}
	return text.String(), nil
}

func answer(line string) (string, error) {
	command, text, _ := strings.Cut(line, " ")
	switch command {
	case "encode":
		return encode(text), nil
	case "decode":
		return decode(text)
	}
	return "unknown command: " + command, nil
}

func main() {
	scanner := bufio.NewScanner(os.Stdin)
	for scanner.Scan() {
		result, err := answer(scanner.Text())
		if err != nil {
			result = "error: " + err.Error()
		}
		fmt.Println(result)
	}
}
