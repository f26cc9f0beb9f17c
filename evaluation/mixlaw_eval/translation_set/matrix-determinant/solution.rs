use std::io;

type Matrix = Vec<Vec<i64>>;

fn parse(block: &str) -> Matrix {
    let number = |word: &str| word.parse().expect("an integer");
    block
        .trim()
        .lines()
        .map(|line| line.split_whitespace().map(number).collect())
        .collect()
}

/// Fraction-free elimination: every division is exact.
fn determinant(mut rows: Matrix) -> i64 {
    let (mut sign, mut previous) = (1, 1);
    for k in 0..rows.len() {
        match (k..rows.len()).find(|&i| rows[i][k] != 0) {
            None => return 0,
            Some(pivot) if pivot != k => {
                rows.swap(k, pivot);
                sign = -sign;
            }
            Some(_) => {}
        }
        let (done, below) = rows.split_at_mut(k + 1);
        let pivot_row = &done[k];
        for row in below {
            for j in k + 1..row.len() {
                row[j] = (pivot_row[k] * row[j] - row[k] * pivot_row[j]) / previous;
            }
        }
        previous = pivot_row[k];
    }
    sign * previous
}

fn verdict(matrix: Matrix) -> String {
    if matrix.iter().any(|row| row.len() != matrix.len()) {
        return "not square".to_string();
    }
    match determinant(matrix) {
        0 => "singular".to_string(),
        value @ (1 | -1) => format!("{value}, inverse is integer"),
        value => value.to_string(),
    }
}

fn main() {
    let text = io::read_to_string(io::stdin()).unwrap();
    let blocks = text.split("\n\n").filter(|block| !block.trim().is_empty());
    let mut count = 0;
    for block in blocks {
        count += 1;
        println!("matrix {count}: {}", verdict(parse(block)));
    }
    println!("matrices: {count}");
}
