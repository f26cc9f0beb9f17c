package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strings"
)

// tidy returns the phrase in small letters, with single spaces.
func tidy(line string) string {
	return strings.Join(strings.Fields(strings.ToLower(line)), " ")
}

// signature returns the letters in order, which all anagrams have in common.
func signature(phrase string) string {
	var letters []byte
	for i := 0; i < len(phrase); i++ {
		if 'a' <= phrase[i] && phrase[i] <= 'z' {
			letters = append(letters, phrase[i])
		}
	}
	sort.Slice(letters, func(i, j int) bool { return letters[i] < letters[j] })
	return string(letters)
}

func main() {
	groups := make(map[string][]string)
	seen := make(map[string]bool)
	scanner := bufio.NewScanner(os.Stdin)
	for scanner.Scan() {
		phrase := tidy(scanner.Text())
		letters := signature(phrase)
		if letters != "" && !seen[phrase] {
			seen[phrase] = true
			groups[letters] = append(groups[letters], phrase)
		}
	}
	var anagrams [][]string
	for _, members := range groups {
		if len(members) > 1 {
			sort.Strings(members)
			anagrams = append(anagrams, members)
		}
	}
	sort.Slice(anagrams, func(i, j int) bool {
		a, b := anagrams[i], anagrams[j]
		if len(a) != len(b) {
			return len(a) > len(b)
		}
		return a[0] < b[0]
	})
	for _, members := range anagrams {
		letters := len(signature(members[0]))
		fmt.Printf("%d of %d letters: %s\n", len(members), letters, strings.Join(members, ", "))
	}
	fmt.Printf("groups: %d, alone: %d\n", len(anagrams), len(groups)-len(anagrams))
}
