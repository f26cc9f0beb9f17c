use std::io;

fn see_each_other(a: usize, b: usize) -> bool {
    let same_box = a / 27 == b / 27 && a % 9 / 3 == b % 9 / 3;
    a != b && (a / 9 == b / 9 || a % 9 == b % 9 || same_box)
}

/// Whether one of the cells holds the digit and shares a row, column or box with the place.
fn is_taken(cells: &[char], place: usize, digit: char) -> bool {
    cells.iter().enumerate().any(|(other, &held)| held == digit && see_each_other(place, other))
}

fn check(cells: &[char]) -> Result<(), String> {
    if cells.len() != 81 {
        return Err(format!("81 cells needed, not {}", cells.len()));
    }
    for (index, &digit) in cells.iter().enumerate() {
        let (row, column) = (index / 9 + 1, index % 9 + 1);
        match digit {
            '.' => {}
            '1'..='9' if is_taken(&cells[..index], index, digit) => {
                return Err(format!("row {row} column {column} repeats {digit}"));
            }
            '1'..='9' => {}
            _ => return Err(format!("row {row} column {column} holds {digit}")),
        }
    }
    Ok(())
}

/// Fills the empty cells in reading order with the smallest digits that lead to a solution.
fn solve(cells: &mut [char]) -> bool {
    let Some(empty) = cells.iter().position(|&cell| cell == '.') else {
        return true;
    };
    for digit in '1'..='9' {
        if !is_taken(cells, empty, digit) {
            cells[empty] = digit;
            if solve(cells) {
                return true;
            }
        }
    }
    cells[empty] = '.';
    false
}

fn main() -> io::Result<()> {
    let text = io::read_to_string(io::stdin())?;
    let mut cells: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    if let Err(fault) = check(&cells) {
        println!("invalid: {fault}");
    } else if solve(&mut cells) {
        for row in cells.chunks(9) {
            println!("{}", row.iter().collect::<String>());
        }
    } else {
        println!("no solution");
    }
    Ok(())
}
