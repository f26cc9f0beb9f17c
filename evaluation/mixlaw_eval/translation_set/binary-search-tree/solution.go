package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
)

type node struct {
	key         int
	left, right *node
}

// find returns the link to the key's node, or the empty link where it belongs.
func find(link **node, key int) **node {
	for *link != nil && (*link).key != key {
		if key < (*link).key {
			link = &(*link).left
		} else {
			link = &(*link).right
		}
	}
	return link
}

// remove takes the linked node out; with two children, its successor takes its place.
func remove(link **node) {
	n := *link
	switch {
	case n.left == nil:
		*link = n.right
	case n.right == nil:
		*link = n.left
	default:
		next := &n.right
		for (*next).left != nil {
			next = &(*next).left
		}
		n.key = (*next).key
		remove(next)
	}
}

func (n *node) walk(visit func(key int)) {
	if n != nil {
		n.left.walk(visit)
		visit(n.key)
		n.right.walk(visit)
	}
}

func (n *node) height() int {
	if n == nil {
		return 0
	}
	left, right := n.left.height(), n.right.height()
	if left > right {
		return left + 1
	}
	return right + 1
}

func change(root **node, command string, key int) {
	link := find(root, key)
	switch {
	case command == "insert" && *link == nil:
		*link = &node{key: key}
	case command == "insert":
		fmt.Println(key, "is there already")
	case *link == nil:
		fmt.Println(key, "is not there")
	default:
		remove(link)
	}
}

func main() {
	var root *node
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		command, word, _ := strings.Cut(in.Text(), " ")
		key, err := strconv.Atoi(word)
		switch {
		case in.Text() == "show":
			root.walk(func(key int) { fmt.Print(key, " ") })
			fmt.Printf("(height %d)\n", root.height())
		case err == nil && (command == "insert" || command == "delete"):
			change(&root, command, key)
		default:
			fmt.Println("unknown command:", in.Text())
		}
	}
}
