package main

import (
	"bufio"
	"fmt"
	"math/bits"
	"os"
	"strconv"
)

func grayCode(n uint32) uint32 {
	return n ^ n>>1
}

// fromGrayCode undoes grayCode: every bit is the parity of the code's bits from it upwards.
func fromGrayCode(code uint32) uint32 {
	for shift := 1; shift < 32; shift *= 2 {
		code ^= code >> shift
	}
	return code
}

// longestRun counts the one bits that stand side by side.
func longestRun(n uint32) int {
	length := 0
	for n != 0 {
		n &= n << 1
		length++
	}
	return length
}

func highestBit(n uint32) string {
	if n == 0 {
		return "none"
	}
	return strconv.Itoa(bits.Len32(n) - 1)
}

func report(n uint32) string {
	return fmt.Sprintf(
		"ones %d, highest %s, reversed %d, gray %d, ungray %d, run %d",
		bits.OnesCount32(n), highestBit(n), bits.Reverse32(n), grayCode(n), fromGrayCode(n), longestRun(n),
	)
}

func main() {
	var total uint32
	in := bufio.NewScanner(os.Stdin)
	in.Split(bufio.ScanWords)
	for in.Scan() {
		word := in.Text()
		n, err := strconv.ParseUint(word, 10, 32)
		if err != nil {
			fmt.Printf("%s: not an unsigned number of 32 bits\n", word)
			continue
		}
		fmt.Printf("%s: %s\n", word, report(uint32(n)))
		total ^= uint32(n)
	}
	fmt.Printf("exclusive or of all: %08x\n", total)
}
