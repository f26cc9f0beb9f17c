package main

import (
	"bufio"
	"fmt"
	"os"
)

type entry struct {
	name  string
	score int
}

// worse orders by low scores, and by late names among equal scores.
func (e entry) worse(other entry) bool {
	if e.score != other.score {
		return e.score < other.score
	}
	return e.name > other.name
}

// podium is a binary heap with the worst entry on top.
type podium []entry

func (p *podium) push(e entry) {
	*p = append(*p, e)
	heap := *p
	for child := len(heap) - 1; child > 0; {
		parent := (child - 1) / 2
		if !heap[child].worse(heap[parent]) {
			break
		}
		heap[child], heap[parent] = heap[parent], heap[child]
		child = parent
	}
}

func (p *podium) pop() entry {
	heap := *p
	top, last := heap[0], len(heap)-1
	heap[0] = heap[last]
	heap = heap[:last]
	*p = heap
	for place := 0; ; {
		first := place
		for child := 2*place + 1; child <= 2*place+2 && child < len(heap); child++ {
			if heap[child].worse(heap[first]) {
				first = child
			}
		}
		if first == place {
			return top
		}
		heap[place], heap[first] = heap[first], heap[place]
		place = first
	}
}

func main() {
	in := bufio.NewReader(os.Stdin)
	size := 0
	fmt.Fscan(in, &size)
	var best podium
	for {
		var e entry
		if _, err := fmt.Fscan(in, &e.name, &e.score); err != nil {
			break
		}
		best.push(e)
		if len(best) > size {
			best.pop()
		}
	}
	ranked := make([]entry, len(best))
	for i := len(ranked) - 1; i >= 0; i-- {
		ranked[i] = best.pop()
	}
	for i, e := range ranked {
		fmt.Printf("%d. %s %d\n", i+1, e.name, e.score)
	}
	if len(ranked) == 0 {
		fmt.Println("nobody")
	}
}
