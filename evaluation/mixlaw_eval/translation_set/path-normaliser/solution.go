package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
)

// normalise returns the parts of an absolute path without . and .., and how often .. was above the root.
func normalise(path string) (parts []string, above int) {
	for _, part := range strings.Split(path, "/") {
		switch {
		case part == "" || part == ".":
			// stays in the same folder
		case part != "..":
			parts = append(parts, part)
		case len(parts) > 0:
			parts = parts[:len(parts)-1]
		default:
			above++
		}
	}
	return parts, above
}

func commonStart(first, second []string) []string {
	for i, part := range first {
		if i == len(second) || part != second[i] {
			return first[:i]
		}
	}
	return first
}

func join(parts []string) string {
	return "/" + strings.Join(parts, "/")
}

func main() {
	var common []string
	count := 0
	scanner := bufio.NewScanner(os.Stdin)
	for scanner.Scan() {
		line := scanner.Text()
		if !strings.HasPrefix(line, "/") {
			fmt.Printf("not absolute: %s\n", line)
			continue
		}
		parts, above := normalise(line)
		fmt.Print(join(parts))
		if above > 0 {
			fmt.Printf(" (above the root: %d)", above)
		}
		fmt.Println()
		if count == 0 {
			common = parts
		} else {
			common = commonStart(common, parts)
		}
		count++
	}
	if count > 0 {
		fmt.Printf("common: %s\n", join(common))
	} else {
		fmt.Println("no paths")
	}
}
