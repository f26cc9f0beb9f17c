package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
)

var errOpenQuote = errors.New("a quote is not closed")

// splitRecord accepts quoted fields with commas, and quotes written twice.
func splitRecord(line string) ([]string, error) {
	var fields []string
	var field strings.Builder
	quoted := false
	for i, symbol := range line {
		switch {
		case symbol == '"':
			if !quoted && i > 0 && line[i-1] == '"' {
				field.WriteRune(symbol)
			}
			quoted = !quoted
		case symbol == ',' && !quoted:
			fields = append(fields, strings.TrimSpace(field.String()))
			field.Reset()
		default:
			field.WriteRune(symbol)
		}
	}
	if quoted {
		return nil, errOpenQuote
	}
	return append(fields, strings.TrimSpace(field.String())), nil
}

func summarize(rows [][]string, column int) string {
	sum, filled, numeric := int64(0), 0, true
	distinct := make(map[string]bool)
	for _, row := range rows {
		value := row[column]
		if value == "" {
			continue
		}
		filled++
		distinct[value] = true
		number, err := strconv.ParseInt(value, 10, 64)
		sum += number
		numeric = numeric && err == nil
	}
	switch {
	case filled == 0:
		return "empty"
	case numeric:
		return fmt.Sprintf("sum %d of %d", sum, filled)
	}
	return fmt.Sprintf("%d different texts", len(distinct))
}

func readTable(scanner *bufio.Scanner) ([][]string, error) {
	var table [][]string
	for scanner.Scan() {
		record, err := splitRecord(scanner.Text())
		if err == nil && len(table) > 0 && len(record) != len(table[0]) {
			err = fmt.Errorf("expected %d fields, found %d", len(table[0]), len(record))
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", len(table)+1, err)
		}
		table = append(table, record)
	}
	if len(table) == 0 {
		return nil, errors.New("no header")
	}
	return table, nil
}

func main() {
	table, err := readTable(bufio.NewScanner(os.Stdin))
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, name := range table[0] {
		fmt.Printf("%s: %s\n", name, summarize(table[1:], i))
	}
}
