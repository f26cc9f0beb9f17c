package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strings"
)

const shown = 3

type trie struct {
	count    int
	children map[rune]*trie
}

type entry struct {
	word  string
	count int
}

func newTrie() *trie {
	return &trie{children: map[rune]*trie{}}
}

func (t *trie) add(word string) {
	for _, letter := range word {
		child, ok := t.children[letter]
		if !ok {
			child = newTrie()
			t.children[letter] = child
		}
		t = child
	}
	t.count++
}

func (t *trie) descend(prefix string) *trie {
	for _, letter := range prefix {
		if t = t.children[letter]; t == nil {
			return nil
		}
	}
	return t
}

func (t *trie) entries(prefix string) []entry {
	var found []entry
	if t.count > 0 {
		found = append(found, entry{prefix, t.count})
	}
	for letter, child := range t.children {
		found = append(found, child.entries(prefix+string(letter))...)
	}
	return found
}

func (t *trie) complete(prefix string) string {
	node := t.descend(prefix)
	if node == nil {
		return "no words"
	}
	found := node.entries(prefix)
	sort.Slice(found, func(i, j int) bool {
		if found[i].count != found[j].count {
			return found[i].count > found[j].count
		}
		return found[i].word < found[j].word
	})
	var parts []string
	for i, e := range found {
		if i == shown {
			parts = append(parts, fmt.Sprintf("%d more", len(found)-shown))
			break
		}
		parts = append(parts, fmt.Sprintf("%s (%d)", e.word, e.count))
	}
	return strings.Join(parts, ", ")
}

func main() {
	root := newTrie()
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		words := strings.Fields(in.Text())
		switch {
		case len(words) > 1 && words[0] == "add":
			for _, word := range words[1:] {
				root.add(word)
			}
		case len(words) == 2 && words[0] == "complete":
			fmt.Printf("%s: %s\n", words[1], root.complete(words[1]))
		default:
			fmt.Println("cannot understand:", in.Text())
		}
	}
}
