package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"
)

const impossible = -1

// fewestCoins returns the smallest number of coins for every amount up to the limit.
func fewestCoins(coins []int, limit int) []int {
	fewest := make([]int, limit+1)
	for amount := 1; amount <= limit; amount++ {
		fewest[amount] = impossible
		for _, coin := range coins {
			if coin > amount || fewest[amount-coin] == impossible {
				continue
			}
			if count := fewest[amount-coin] + 1; fewest[amount] == impossible || count < fewest[amount] {
				fewest[amount] = count
			}
		}
	}
	return fewest
}

// pay always takes the largest coin that leaves an amount of one coin less.
func pay(amount int, coins, fewest []int) string {
	switch fewest[amount] {
	case impossible:
		return fmt.Sprintf("%d is impossible", amount)
	case 0:
		return fmt.Sprintf("%d = nothing", amount)
	}
	var paid []string
	for rest := amount; rest > 0; {
		for _, coin := range coins {
			if coin <= rest && fewest[rest-coin] == fewest[rest]-1 {
				paid = append(paid, strconv.Itoa(coin))
				rest -= coin
				break
			}
		}
	}
	return fmt.Sprintf("%d = %s", amount, strings.Join(paid, " + "))
}

func parseNumbers(text string, smallest int) ([]int, error) {
	var numbers []int
	for _, word := range strings.Fields(text) {
		n, err := strconv.Atoi(word)
		if err != nil || n < smallest {
			return nil, fmt.Errorf("bad number: %s", word)
		}
		numbers = append(numbers, n)
	}
	return numbers, nil
}

func run(in *bufio.Scanner) error {
	in.Scan()
	coins, err := parseNumbers(in.Text(), 1)
	if err != nil {
		return err
	}
	sort.Sort(sort.Reverse(sort.IntSlice(coins)))
	var amounts []int
	limit := 0
	for in.Scan() {
		numbers, err := parseNumbers(in.Text(), 0)
		if err != nil {
			return err
		}
		for _, n := range numbers {
			amounts = append(amounts, n)
			if n > limit {
				limit = n
			}
		}
	}
	fewest := fewestCoins(coins, limit)
	for _, amount := range amounts {
		fmt.Println(pay(amount, coins, fewest))
	}
	fmt.Println("amounts:", len(amounts))
	return nil
}

func main() {
	if err := run(bufio.NewScanner(os.Stdin)); err != nil {
		fmt.Println(err)
	}
}
