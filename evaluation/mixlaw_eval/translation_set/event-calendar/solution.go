package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"
)

var weekdays = [7]string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}

type event struct {
	name        string
	first, last int
}

func monthDays(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// parseDate returns the number of days since Monday, 1 January of the year 1.
func parseDate(text string) (int, error) {
	var numbers [3]int
	parts := strings.Split(text, "-")
	for i, part := range parts {
		number, err := strconv.Atoi(part)
		if err != nil || len(parts) != 3 || len(text) != len("2000-01-01") {
			return 0, fmt.Errorf("bad date %q", text)
		}
		numbers[i] = number
	}
	year, month, day := numbers[0], numbers[1], numbers[2]
	if year < 1 || month < 1 || month > 12 || day < 1 || day > monthDays(year, month) {
		return 0, fmt.Errorf("no such date %q", text)
	}
	past := year - 1
	days := past*365 + past/4 - past/100 + past/400 + day - 1
	for m := 1; m < month; m++ {
		days += monthDays(year, m)
	}
	return days, nil
}

func parseEvent(line string) (event, error) {
	words := strings.Split(line, " ")
	if len(words) != 3 {
		return event{}, fmt.Errorf("bad event: %s", line)
	}
	first, err := parseDate(words[0])
	last, err2 := parseDate(words[1])
	if err != nil || err2 != nil {
		return event{}, fmt.Errorf("bad event: %s", line)
	}
	if last < first {
		return event{}, fmt.Errorf("%s ends before it begins", words[2])
	}
	return event{words[2], first, last}, nil
}

func main() {
	var events []event
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		e, err := parseEvent(in.Text())
		if err != nil {
			fmt.Println(err)
			continue
		}
		events = append(events, e)
		fmt.Printf("%s: %s, days: %d\n", e.name, weekdays[e.first%7], e.last-e.first+1)
	}
	sort.SliceStable(events, func(i, j int) bool { return events[i].first < events[j].first })
	clashes := 0
	for i, a := range events {
		for _, b := range events[i+1:] {
			end := a.last
			if b.last < end {
				end = b.last
			}
			if end >= b.first {
				clashes++
				fmt.Printf("%s and %s share days: %d\n", a.name, b.name, end-b.first+1)
			}
		}
	}
	fmt.Println("clashes:", clashes)
}
