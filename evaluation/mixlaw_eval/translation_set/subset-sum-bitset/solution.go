package main

import (
	"bufio"
	"fmt"
	"math/big"
	"os"
	"strconv"
	"strings"
)

// reachableSums has bit s set when some of the values add up to s.
func reachableSums(values []int) *big.Int {
	sums := big.NewInt(1)
	for _, value := range values {
		shifted := new(big.Int).Lsh(sums, uint(value))
		sums.Or(sums, shifted)
	}
	return sums
}

func countBits(sums *big.Int) int {
	count := 0
	for i := 0; i < sums.BitLen(); i++ {
		count += int(sums.Bit(i))
	}
	return count
}

// nearest returns the reachable sum nearest to the target; of two as near, the smaller.
func nearest(sums *big.Int, target int) int {
	for distance := 0; ; distance++ {
		if distance <= target && sums.Bit(target-distance) == 1 {
			return target - distance
		}
		if sums.Bit(target+distance) == 1 {
			return target + distance
		}
	}
}

func answer(sums *big.Int, word string) string {
	target, err := strconv.Atoi(word)
	if err != nil || target < 0 || target > 10000 {
		return "not a target from 0 to 10000"
	}
	if found := nearest(sums, target); found != target {
		return fmt.Sprintf("nearest is %d", found)
	}
	return "reachable"
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Scan()
	var values []int
	total := 0
	for _, word := range strings.Fields(in.Text()) {
		value, err := strconv.Atoi(word)
		if err != nil {
			panic(err)
		}
		values = append(values, value)
		total += value
	}
	sums := reachableSums(values)
	half := nearest(sums, total/2)
	fmt.Printf("%d sums up to %d\n", countBits(sums), total)
	fmt.Printf("fairest split: %d and %d\n", half, total-half)
	for in.Scan() {
		for _, word := range strings.Fields(in.Text()) {
			fmt.Printf("%s: %s\n", word, answer(sums, word))
		}
	}
}
