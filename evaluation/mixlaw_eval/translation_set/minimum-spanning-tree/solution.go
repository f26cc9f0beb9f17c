package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
)

type cable struct {
	a, b  string
	price int
}

// before puts cheap cables first; names decide between equal prices.
func (c cable) before(other cable) bool {
	if c.price != other.price {
		return c.price < other.price
	}
	if c.a != other.a {
		return c.a < other.a
	}
	return c.b < other.b
}

// network leads every house towards the leader of the part it belongs to.
type network map[string]string

func (n network) find(house string) string {
	next, known := n[house]
	if !known || next == house {
		n[house] = house
		return house
	}
	n[house] = n.find(next)
	return n[house]
}

// connect joins two houses; false if they were connected already.
func (n network) connect(c cable) bool {
	a, b := n.find(c.a), n.find(c.b)
	n[a] = b
	return a != b
}

func readCables(in *bufio.Reader) []cable {
	var cables []cable
	for {
		var c cable
		if _, err := fmt.Fscan(in, &c.a, &c.b, &c.price); err != nil {
			return cables
		}
		if c.a > c.b {
			c.a, c.b = c.b, c.a
		}
		cables = append(cables, c)
	}
}

func main() {
	cables := readCables(bufio.NewReader(os.Stdin))
	sort.Slice(cables, func(i, j int) bool { return cables[i].before(cables[j]) })
	n := network{}
	total, chosen := 0, 0
	for _, c := range cables {
		if n.connect(c) {
			fmt.Printf("%s-%s %d\n", c.a, c.b, c.price)
			total += c.price
			chosen++
		}
	}
	fmt.Printf("total %d, parts %d\n", total, len(n)-chosen)
}
