package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
)

const limit = 1000000

// smallestFactors returns the smallest prime factor of every number up to the limit.
func smallestFactors() []int {
	smallest := make([]int, limit+1)
	for n := 2; n <= limit; n++ {
		if smallest[n] != 0 {
			continue
		}
		for multiple := n; multiple <= limit; multiple += n {
			if smallest[multiple] == 0 {
				smallest[multiple] = n
			}
		}
	}
	return smallest
}

func factorise(n int, smallest []int) (product string, divisors int) {
	if n == 1 {
		return "1", 1
	}
	var terms []string
	divisors = 1
	for n > 1 {
		prime, power := smallest[n], 0
		for ; n%prime == 0; n /= prime {
			power++
		}
		term := strconv.Itoa(prime)
		if power > 1 {
			term += "^" + strconv.Itoa(power)
		}
		terms = append(terms, term)
		divisors *= power + 1
	}
	return strings.Join(terms, " * "), divisors
}

func main() {
	smallest := smallestFactors()
	best, most := 0, 0
	in := bufio.NewScanner(os.Stdin)
	in.Split(bufio.ScanWords)
	for in.Scan() {
		n, err := strconv.Atoi(in.Text())
		if err != nil || n < 1 || n > limit {
			fmt.Printf("%s: not a number from 1 to %d\n", in.Text(), limit)
			continue
		}
		product, divisors := factorise(n, smallest)
		fmt.Printf("%d = %s, divisors: %d\n", n, product, divisors)
		if divisors > most || divisors == most && n < best {
			best, most = n, divisors
		}
	}
	if best == 0 {
		fmt.Println("most divisors: none")
	} else {
		fmt.Println("most divisors:", best)
	}
}
