package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"
)

type section struct {
	name   string
	parent *section
	values map[string]string
}

// find looks for the key in the section and then in those that it inherits from.
func (s *section) find(key string) string {
	for ; s != nil; s = s.parent {
		if value, found := s.values[key]; found {
			return fmt.Sprintf("%s (from %s)", value, s.name)
		}
	}
	return "not set"
}

type settings struct {
	sections map[string]*section
	current  *section
}

func (s *settings) open(heading string) error {
	name, parentName, inherits := cut(heading, ":")
	s.current = nil
	if s.sections[name] != nil {
		return fmt.Errorf("section %s again", name)
	}
	parent, known := s.sections[parentName]
	if inherits && !known {
		return fmt.Errorf("no section %s", parentName)
	}
	s.current = &section{name, parent, make(map[string]string)}
	s.sections[name] = s.current
	return nil
}

func cut(text, separator string) (before, after string, found bool) {
	before, after, found = strings.Cut(text, separator)
	return strings.TrimSpace(before), strings.TrimSpace(after), found
}

func (s *settings) read(line string) error {
	switch {
	case line == "" || line[0] == '#' || line[0] == ';':
		return nil
	case strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]"):
		return s.open(line[1 : len(line)-1])
	case line[0] == '?':
		query := strings.TrimSpace(line[1:])
		name, key, _ := cut(query, ".")
		if s.sections[name] == nil {
			return fmt.Errorf("no section %s", name)
		}
		fmt.Printf("%s: %s\n", query, s.sections[name].find(key))
		return nil
	}
	key, value, found := cut(line, "=")
	if !found || s.current == nil {
		return errors.New("not understood")
	}
	s.current.values[key] = value
	return nil
}

func main() {
	s := &settings{sections: make(map[string]*section)}
	scanner := bufio.NewScanner(os.Stdin)
	for number := 1; scanner.Scan(); number++ {
		if err := s.read(strings.TrimSpace(scanner.Text())); err != nil {
			fmt.Printf("line %d: %v\n", number, err)
		}
	}
}
