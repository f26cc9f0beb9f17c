package main

import (
	"bufio"
	"container/heap"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// stop is a town that can be reached, with the way to it.
type stop struct {
	cost  int
	town  string
	route string
}

// queue orders stops by cost, then by town.
type queue []stop

func (q queue) Len() int      { return len(q) }
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q queue) Less(i, j int) bool {
	if q[i].cost != q[j].cost {
		return q[i].cost < q[j].cost
	}
	return q[i].town < q[j].town
}
func (q *queue) Push(x any) { *q = append(*q, x.(stop)) }
func (q *queue) Pop() any {
	old := *q
	last := old[len(old)-1]
	*q = old[:len(old)-1]
	return last
}

type roads map[string][]stop

func (r roads) add(line string) error {
	fields := strings.Fields(line)
	if len(fields) != 3 {
		return fmt.Errorf("bad road: %s", line)
	}
	cost, err := strconv.Atoi(fields[2])
	if err != nil || cost < 0 {
		return fmt.Errorf("bad road: %s", line)
	}
	a, b := fields[0], fields[1]
	r[a] = append(r[a], stop{cost: cost, town: b})
	r[b] = append(r[b], stop{cost: cost, town: a})
	return nil
}

func (r roads) cheapestRoute(start, goal string) (stop, bool) {
	costs := map[string]int{start: 0}
	open := &queue{{town: start, route: start}}
	for open.Len() > 0 {
		here := heap.Pop(open).(stop)
		if here.town == goal {
			return here, true
		}
		if here.cost > costs[here.town] {
			continue
		}
		for _, road := range r[here.town] {
			cost := here.cost + road.cost
			if known, seen := costs[road.town]; !seen || cost < known {
				costs[road.town] = cost
				heap.Push(open, stop{cost, road.town, here.route + " > " + road.town})
			}
		}
	}
	return stop{}, false
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Scan()
	towns := strings.Fields(in.Text())
	if len(towns) != 2 {
		fmt.Println("the first line must name two towns")
		return
	}
	r := roads{}
	for in.Scan() {
		if err := r.add(in.Text()); err != nil {
			fmt.Println(err)
			return
		}
	}
	if found, ok := r.cheapestRoute(towns[0], towns[1]); ok {
		fmt.Printf("cost %d: %s\n", found.cost, found.route)
	} else {
		fmt.Println("no route")
	}
}
