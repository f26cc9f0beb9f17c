package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
)

type point struct{ x, y int }

func cross(a, b, p point) int {
	return (b.x-a.x)*(p.y-a.y) - (b.y-a.y)*(p.x-a.x)
}

func between(value, a, b int) bool {
	return a <= value && value <= b || b <= value && value <= a
}

func onEdge(a, b, p point) bool {
	return between(p.x, a.x, b.x) && between(p.y, a.y, b.y) && cross(a, b, p) == 0
}

// crossesRay says whether the edge meets the ray that goes right from p; an edge holds its lower end only.
func crossesRay(a, b, p point) bool {
	if a.y > b.y {
		a, b = b, a
	}
	return a.y <= p.y && p.y < b.y && cross(a, b, p) > 0
}

func locate(polygon []point, p point) string {
	place := "outside"
	a := polygon[len(polygon)-1]
	for _, b := range polygon {
		if onEdge(a, b, p) {
			return "boundary"
		}
		if crossesRay(a, b, p) {
			if place == "outside" {
				place = "inside"
			} else {
				place = "outside"
			}
		}
		a = b
	}
	return place
}

func parsePoints(line string) []point {
	words := strings.Fields(line)
	points := make([]point, len(words)/2)
	for i := range points {
		points[i].x, _ = strconv.Atoi(words[2*i])
		points[i].y, _ = strconv.Atoi(words[2*i+1])
	}
	return points
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Scan()
	polygon := parsePoints(in.Text())
	if len(polygon) < 3 {
		fmt.Println("a polygon has at least 3 corners")
		return
	}
	counts := map[string]int{}
	for in.Scan() {
		for _, p := range parsePoints(in.Text()) {
			place := locate(polygon, p)
			counts[place]++
			fmt.Printf("(%d, %d): %s\n", p.x, p.y, place)
		}
	}
	fmt.Printf("inside %d, boundary %d, outside %d\n", counts["inside"], counts["boundary"], counts["outside"])
}
