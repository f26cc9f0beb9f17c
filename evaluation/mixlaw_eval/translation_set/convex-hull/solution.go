package main

import (
	"fmt"
	"io"
	"os"
	"sort"
	"strconv"
	"strings"
)

type point struct{ x, y int }

// cross is positive when the way from p over a to b turns left.
func (p point) cross(a, b point) int {
	return (a.x-p.x)*(b.y-p.y) - (a.y-p.y)*(b.x-p.x)
}

func sortedDistinct(words []string) []point {
	seen := map[point]bool{}
	var points []point
	for i := 0; i < len(words); i += 2 {
		x, _ := strconv.Atoi(words[i])
		y, _ := strconv.Atoi(words[i+1])
		if p := (point{x, y}); !seen[p] {
			seen[p] = true
			points = append(points, p)
		}
	}
	sort.Slice(points, func(i, j int) bool {
		a, b := points[i], points[j]
		return a.x < b.x || a.x == b.x && a.y < b.y
	})
	return points
}

// convexHull walks the sorted points there and back, keeping left turns only.
func convexHull(points []point) []point {
	if len(points) <= 1 {
		return points
	}
	var hull []point
	extend := func(p point, floor int) {
		for n := len(hull); n >= floor+2 && hull[n-2].cross(hull[n-1], p) <= 0; n-- {
			hull = hull[:n-1]
		}
		hull = append(hull, p)
	}
	for _, p := range points {
		extend(p, 0)
	}
	floor := len(hull) - 1
	for i := len(points) - 2; i >= 0; i-- {
		extend(points[i], floor)
	}
	return hull[:len(hull)-1]
}

func doubleArea(hull []point) int {
	area := 0
	for i, a := range hull {
		b := hull[(i+1)%len(hull)]
		area += a.x*b.y - a.y*b.x
	}
	return area
}

func main() {
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		panic(err)
	}
	words := strings.Fields(string(text))
	if len(words)%2 == 1 {
		fmt.Println("the last point has no y")
		return
	}
	points := sortedDistinct(words)
	hull := convexHull(points)
	for _, p := range hull {
		fmt.Println(p.x, p.y)
	}
	area := doubleArea(hull)
	fmt.Printf("corners: %d of %d points, area: %d.%d\n", len(hull), len(points), area/2, area%2*5)
}
