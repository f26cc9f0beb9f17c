package main

import (
	"fmt"
	"io"
	"os"
	"regexp"
	"sort"
	"strconv"
	"strings"
)

var (
	headerPattern = regexp.MustCompile(`^(\d+) (\d+)$`)
	wordPattern   = regexp.MustCompile(`[a-z](?:[a-z']*[a-z])?`)
)

type entry struct {
	word  string
	count int
}

func rankWords(text string, shortest int) (ranked []entry, total int) {
	counts := make(map[string]int)
	for _, word := range wordPattern.FindAllString(strings.ToLower(text), -1) {
		if len(word) >= shortest {
			counts[word]++
			total++
		}
	}
	for word, count := range counts {
		ranked = append(ranked, entry{word, count})
	}
	sort.Slice(ranked, func(i, j int) bool {
		if ranked[i].count != ranked[j].count {
			return ranked[i].count > ranked[j].count
		}
		return ranked[i].word < ranked[j].word
	})
	return ranked, total
}

// mostCommon keeps the first limit words and those that tie with the last of them.
func mostCommon(ranked []entry, limit int) []entry {
	if limit == 0 || limit >= len(ranked) {
		return ranked[:min(limit, len(ranked))]
	}
	end := limit
	for end < len(ranked) && ranked[end].count == ranked[limit-1].count {
		end++
	}
	return ranked[:end]
}

func min(a, b int) int {
	if a < b {
		return a
	}
	return b
}

func main() {
	input, err := io.ReadAll(os.Stdin)
	if err != nil {
		panic(err)
	}
	header, text, _ := strings.Cut(string(input), "\n")
	fields := headerPattern.FindStringSubmatch(header)
	if fields == nil {
		fmt.Println("expected: LIMIT SHORTEST")
		return
	}
	limit, _ := strconv.Atoi(fields[1])
	shortest, _ := strconv.Atoi(fields[2])
	ranked, total := rankWords(text, shortest)
	for _, e := range mostCommon(ranked, limit) {
		share := e.count * 1000 / total
		fmt.Printf("%s %d %d.%d%%\n", e.word, e.count, share/10, share%10)
	}
	fmt.Printf("total %d, distinct %d\n", total, len(ranked))
}
