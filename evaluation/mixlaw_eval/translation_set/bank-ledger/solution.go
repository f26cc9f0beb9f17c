package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"regexp"
	"sort"
	"strconv"
	"strings"
)

// cents formats an amount with two decimals.
type cents int64

func (c cents) String() string {
	return fmt.Sprintf("%d.%02d", c/100, c%100)
}

var amountForm = regexp.MustCompile(`^\d{1,12}\.\d\d$`)

func parseAmount(word string) (cents, error) {
	amount, err := strconv.ParseInt(strings.Replace(word, ".", "", 1), 10, 64)
	if err != nil || amount == 0 || !amountForm.MatchString(word) {
		return 0, fmt.Errorf("bad amount %s", word)
	}
	return cents(amount), nil
}

type ledger map[string]cents

func (l ledger) change(name string, amount cents) error {
	balance, ok := l[name]
	if !ok {
		return fmt.Errorf("no account %s", name)
	}
	if balance+amount < 0 {
		return fmt.Errorf("%s has only %v", name, balance)
	}
	l[name] = balance + amount
	return nil
}

func (l ledger) transfer(source, target string, amount cents) error {
	if err := l.change(target, 0); err != nil {
		return err
	}
	if err := l.change(source, -amount); err != nil {
		return err
	}
	return l.change(target, amount)
}

func (l ledger) execute(line string) error {
	words := strings.Fields(line)
	if len(words) == 2 && words[0] == "open" {
		if _, ok := l[words[1]]; ok {
			return fmt.Errorf("account %s exists", words[1])
		}
		l[words[1]] = 0
		return nil
	}
	needed := map[string]int{"deposit": 3, "withdraw": 3, "transfer": 4}
	if len(words) == 0 || len(words) != needed[words[0]] {
		return errors.New("bad transaction")
	}
	amount, err := parseAmount(words[len(words)-1])
	if err != nil {
		return err
	}
	switch words[0] {
	case "deposit":
		return l.change(words[1], amount)
	case "withdraw":
		return l.change(words[1], -amount)
	}
	return l.transfer(words[1], words[2], amount)
}

func main() {
	accounts := ledger{}
	in := bufio.NewScanner(os.Stdin)
	for number := 1; in.Scan(); number++ {
		if err := accounts.execute(in.Text()); err != nil {
			fmt.Printf("line %d: %v\n", number, err)
		}
	}
	var names []string
	var total cents
	for name, balance := range accounts {
		names = append(names, name)
		total += balance
	}
	sort.Strings(names)
	for _, name := range names {
		fmt.Println(name, accounts[name])
	}
	fmt.Println("total", total)
}
