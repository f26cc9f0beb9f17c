package main

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"os"
)

// sudoku keeps the digits of every row, column and box as bits.
type sudoku struct {
	cells                []byte
	rows, columns, boxes [9]uint
}

func (s *sudoku) used(cell int) uint {
	return s.rows[cell/9] | s.columns[cell%9] | s.boxes[cell/27*3+cell%9/3]
}

func (s *sudoku) toggle(cell int, digit byte) {
	bit := uint(1) << (digit - '0')
	s.rows[cell/9] ^= bit
	s.columns[cell%9] ^= bit
	s.boxes[cell/27*3+cell%9/3] ^= bit
}

// check notes the digits that are given.
func (s *sudoku) check() error {
	if len(s.cells) != 81 {
		return fmt.Errorf("81 cells needed, not %d", len(s.cells))
	}
	for cell, digit := range s.cells {
		switch row, column := cell/9+1, cell%9+1; {
		case digit == '.':
			continue
		case digit < '1' || digit > '9':
			return fmt.Errorf("row %d column %d holds %c", row, column, digit)
		case s.used(cell)>>(digit-'0')&1 == 1:
			return fmt.Errorf("row %d column %d repeats %c", row, column, digit)
		}
		s.toggle(cell, digit)
	}
	return nil
}

// solve fills the empty cells in reading order with the smallest digits that
// lead to a solution.
func (s *sudoku) solve() bool {
	cell := bytes.IndexByte(s.cells, '.')
	if cell < 0 {
		return true
	}
	for digit := byte('1'); digit <= '9'; digit++ {
		if s.used(cell)>>(digit-'0')&1 == 1 {
			continue
		}
		s.cells[cell] = digit
		s.toggle(cell, digit)
		if s.solve() {
			return true
		}
		s.toggle(cell, digit)
	}
	s.cells[cell] = '.'
	return false
}

func main() {
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		log.Fatal(err)
	}
	s := sudoku{cells: bytes.Join(bytes.Fields(text), nil)}
	if err := s.check(); err != nil {
		fmt.Println("invalid:", err)
	} else if !s.solve() {
		fmt.Println("no solution")
	} else {
		for row := 0; row < 9; row++ {
			fmt.Printf("%s\n", s.cells[9*row:9*row+9])
		}
	}
}
