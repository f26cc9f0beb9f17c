package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
)

type item struct {
	name          string
	weight, value int
}

func parseItem(line string) (item, error) {
	fields := strings.Fields(line)
	if len(fields) != 3 {
		return item{}, fmt.Errorf("bad item: %s", line)
	}
	weight, err1 := strconv.ParseUint(fields[1], 10, 31)
	value, err2 := strconv.ParseUint(fields[2], 10, 31)
	if err1 != nil || err2 != nil {
		return item{}, fmt.Errorf("bad item: %s", line)
	}
	return item{fields[0], int(weight), int(value)}, nil
}

// pack returns the best selection; an item is left behind where it makes no
// difference.
func pack(items []item, capacity int) []item {
	best := make([][]int, len(items)+1)
	best[len(items)] = make([]int, capacity+1)
	for i := len(items) - 1; i >= 0; i-- {
		best[i] = append([]int(nil), best[i+1]...)
		for room := items[i].weight; room <= capacity; room++ {
			with := best[i+1][room-items[i].weight] + items[i].value
			if with > best[i][room] {
				best[i][room] = with
			}
		}
	}
	var chosen []item
	for i, it := range items {
		if best[i][capacity] > best[i+1][capacity] {
			chosen = append(chosen, it)
			capacity -= it.weight
		}
	}
	return chosen
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Scan()
	capacity, err := strconv.ParseUint(in.Text(), 10, 31)
	if err != nil {
		fmt.Println("bad capacity")
		return
	}
	var items []item
	for in.Scan() {
		it, err := parseItem(in.Text())
		if err != nil {
			fmt.Println(err)
			return
		}
		items = append(items, it)
	}
	value, weight := 0, 0
	names := []string{}
	for _, it := range pack(items, int(capacity)) {
		value += it.value
		weight += it.weight
		names = append(names, it.name)
	}
	if len(names) == 0 {
		names = append(names, "nothing")
	}
	fmt.Printf("value %d, weight %d\n%s\n", value, weight, strings.Join(names, " "))
}
