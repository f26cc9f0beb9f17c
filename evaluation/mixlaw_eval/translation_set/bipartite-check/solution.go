package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strings"
)

type party struct {
	quarrels map[string]map[string]bool
	tables   map[string]int
	before   map[string]string
}

func (p *party) add(guest string, others ...string) {
	if p.quarrels[guest] == nil {
		p.quarrels[guest] = map[string]bool{}
	}
	for _, other := range others {
		p.quarrels[guest][other] = true
	}
}

func sortedKeys[V any](m map[string]V) []string {
	var keys []string
	for key := range m {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

// seat spreads out from a guest at table 1 and returns an odd cycle, or nil if
// all is well.
func (p *party) seat(first string) []string {
	p.tables[first] = 1
	queue := []string{first}
	for ; len(queue) > 0; queue = queue[1:] {
		guest := queue[0]
		for _, other := range sortedKeys(p.quarrels[guest]) {
			switch p.tables[other] {
			case 0:
				p.tables[other] = 3 - p.tables[guest]
				p.before[other] = guest
				queue = append(queue, other)
			case p.tables[guest]:
				return p.closeCycle(guest, other)
			}
		}
	}
	return nil
}

// closeCycle joins the ways back from two guests of one rank to where they meet.
func (p *party) closeCycle(left, right string) []string {
	if left == right {
		return []string{left}
	}
	inner := p.closeCycle(p.before[left], p.before[right])
	return append(append([]string{left}, inner...), right)
}

func main() {
	p := party{map[string]map[string]bool{}, map[string]int{}, map[string]string{}}
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		guests := strings.Fields(in.Text())
		for i, guest := range guests {
			p.add(guest, append(guests[:i:i], guests[i+1:]...)...)
		}
	}
	seated := map[int]string{}
	for _, guest := range sortedKeys(p.quarrels) {
		if p.tables[guest] == 0 {
			if cycle := p.seat(guest); cycle != nil {
				fmt.Println("odd cycle:", strings.Join(cycle, " "))
				return
			}
		}
		seated[p.tables[guest]] += " " + guest
	}
	fmt.Printf("table 1:%s\ntable 2:%s\n", seated[1], seated[2])
}
