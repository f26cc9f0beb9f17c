package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strings"
)

type set map[string]bool

// smallest returns the first name in alphabetical order.
func (s set) smallest() string {
	var names []string
	for name := range s {
		names = append(names, name)
	}
	sort.Strings(names)
	return names[0]
}

// read takes a task and the tasks it needs from every line.
func read(in *bufio.Scanner) map[string]set {
	needs := map[string]set{}
	for in.Scan() {
		words := strings.Fields(in.Text())
		for i, word := range words {
			if needs[word] == nil {
				needs[word] = set{}
			}
			if i > 0 {
				needs[words[0]][word] = true
			}
		}
	}
	return needs
}

// takeInOrder removes as many tasks as can be done, always the alphabetically
// first that is ready.
func takeInOrder(waiting map[string]set) []string {
	var done []string
	for {
		ready := set{}
		for task, needed := range waiting {
			if len(needed) == 0 {
				ready[task] = true
			}
		}
		if len(ready) == 0 {
			return done
		}
		task := ready.smallest()
		done = append(done, task)
		delete(waiting, task)
		for _, needed := range waiting {
			delete(needed, task)
		}
	}
}

// findCycle follows the first need from the first waiting task until a task returns.
func findCycle(waiting map[string]set) []string {
	all := set{}
	for task := range waiting {
		all[task] = true
	}
	place := map[string]int{}
	var path []string
	for task := all.smallest(); ; task = waiting[task].smallest() {
		start, seen := place[task]
		place[task] = len(path)
		path = append(path, task)
		if seen {
			return path[start:]
		}
	}
}

func main() {
	waiting := read(bufio.NewScanner(os.Stdin))
	done := takeInOrder(waiting)
	switch {
	case len(waiting) > 0:
		fmt.Println("cycle:", strings.Join(findCycle(waiting), " needs "))
	case len(done) == 0:
		fmt.Println("nothing to do")
	default:
		fmt.Println(strings.Join(done, " "))
	}
}
