package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
)

// matches tells whether the pattern covers the name: ? is any character, * any number of them.
func matches(pattern, name string) bool {
	p, n := 0, 0
	star, resume := -1, 0
	for n < len(name) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, resume = p, n
			p++
		case p < len(pattern) && (pattern[p] == '?' || pattern[p] == name[n]):
			p++
			n++
		case star >= 0:
			// Let the last star take one character more.
			resume++
			p, n = star+1, resume
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}

// decidingRule returns the last rule that matches, if there is one.
func decidingRule(rules []string, name string) (rule string, found bool) {
	for i := len(rules) - 1; i >= 0; i-- {
		if matches(strings.TrimPrefix(rules[i], "!"), name) {
			return rules[i], true
		}
	}
	return "", false
}

func main() {
	scanner := bufio.NewScanner(os.Stdin)
	var rules []string
	for scanner.Scan() && scanner.Text() != "" {
		rules = append(rules, scanner.Text())
	}
	kept, total := 0, 0
	for scanner.Scan() {
		name := scanner.Text()
		if name == "" {
			continue
		}
		total++
		rule, found := decidingRule(rules, name)
		switch {
		case !found:
			fmt.Printf("%s: no rule\n", name)
		case strings.HasPrefix(rule, "!"):
			fmt.Printf("%s: dropped by %s\n", name, rule)
		default:
			kept++
			fmt.Printf("%s: kept by %s\n", name, rule)
		}
	}
	fmt.Printf("kept %d of %d\n", kept, total)
}
