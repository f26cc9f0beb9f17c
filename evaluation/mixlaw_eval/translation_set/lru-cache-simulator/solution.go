package main

import (
	"bufio"
	"container/list"
	"fmt"
	"os"
	"strconv"
	"strings"
)

type entry struct{ key, value string }

type lruCache struct {
	capacity     int
	hits, misses int
	order        *list.List // of entries, the most recently used first
	elements     map[string]*list.Element
}

func (c *lruCache) get(key string) string {
	element, ok := c.elements[key]
	if !ok {
		c.misses++
		return "miss"
	}
	c.hits++
	c.order.MoveToFront(element)
	return element.Value.(entry).value
}

func (c *lruCache) put(key, value string) string {
	if element, ok := c.elements[key]; ok {
		element.Value = entry{key, value}
		c.order.MoveToFront(element)
		return "replaced"
	}
	c.elements[key] = c.order.PushFront(entry{key, value})
	if c.order.Len() <= c.capacity {
		return "stored"
	}
	oldest := c.order.Back().Value.(entry).key
	c.drop(oldest)
	return "stored, evicted " + oldest
}

func (c *lruCache) drop(key string) string {
	element, ok := c.elements[key]
	if !ok {
		return "miss"
	}
	c.order.Remove(element)
	delete(c.elements, key)
	return "dropped"
}

func (c *lruCache) execute(line string) string {
	words := strings.Fields(line)
	switch {
	case len(words) == 2 && words[0] == "get":
		return c.get(words[1])
	case len(words) == 3 && words[0] == "put":
		return c.put(words[1], words[2])
	case len(words) == 2 && words[0] == "drop":
		return c.drop(words[1])
	}
	return "bad command: " + line
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Scan()
	capacity, err := strconv.Atoi(in.Text())
	if err != nil || capacity < 1 {
		fmt.Println("bad capacity:", in.Text())
		return
	}
	cache := lruCache{capacity: capacity, order: list.New(), elements: map[string]*list.Element{}}
	for in.Scan() {
		fmt.Println(cache.execute(in.Text()))
	}
	fmt.Printf("hits %d, misses %d\ncache:", cache.hits, cache.misses)
	for element := cache.order.Front(); element != nil; element = element.Next() {
		e := element.Value.(entry)
		fmt.Printf(" %s=%s", e.key, e.value)
	}
	if cache.order.Len() == 0 {
		fmt.Print(" empty")
	}
	fmt.Println()
}
