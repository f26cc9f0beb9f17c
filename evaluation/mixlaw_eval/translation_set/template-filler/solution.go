package main

import (
	"fmt"
	"io"
	"os"
	"regexp"
	"sort"
	"strings"
)

var placeholder = regexp.MustCompile(`(?s)\{\{.*?\}\}`)

func readValues(head string) (map[string]string, error) {
	values := make(map[string]string)
	for i, line := range strings.Split(head, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		name, value, found := strings.Cut(line, "=")
		name = strings.TrimSpace(name)
		if !found || name == "" {
			return nil, fmt.Errorf("line %d: expected name=value", i+1)
		}
		values[name] = strings.TrimSpace(value)
	}
	return values, nil
}

// fill replaces {{name}} and {{name|default}}, and counts the names that have neither value.
func fill(template string, values map[string]string) (string, map[string]int) {
	missing := make(map[string]int)
	text := placeholder.ReplaceAllStringFunc(template, func(match string) string {
		body := match[2 : len(match)-2]
		name, fallback, hasFallback := strings.Cut(body, "|")
		name = strings.TrimSpace(name)
		if value, found := values[name]; found {
			return value
		}
		if hasFallback {
			return strings.TrimSpace(fallback)
		}
		missing[name]++
		return "<" + name + ">"
	})
	return text, missing
}

func main() {
	input, err := io.ReadAll(os.Stdin)
	if err != nil {
		panic(err)
	}
	head, template, found := strings.Cut(string(input), "---\n")
	if !found {
		fmt.Println("no template")
		return
	}
	values, err := readValues(head)
	if err != nil {
		fmt.Println(err)
		return
	}
	text, missing := fill(template, values)
	fmt.Print(text)
	names := make([]string, 0, len(missing))
	for name := range missing {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		fmt.Printf("missing %s: %d\n", name, missing[name])
	}
}
