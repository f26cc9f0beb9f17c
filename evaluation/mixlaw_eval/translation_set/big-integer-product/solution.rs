use std::io;

/// Digits of a number, the least significant first.
type Digits = Vec<u32>;

fn parse(word: &str) -> Result<Digits, String> {
    word.chars()
        .rev()
        .map(|c| {
            c.to_digit(10)
                .ok_or_else(|| format!("not a number: {word}"))
        })
        .collect()
}

fn add(a: &[u32], b: &[u32]) -> Digits {
    let mut sum = Digits::new();
    let mut carry = 0;
    for i in 0..a.len().max(b.len()) {
        let value = a.get(i).unwrap_or(&0) + b.get(i).unwrap_or(&0) + carry;
        sum.push(value % 10);
        carry = value / 10;
    }
    sum.push(carry);
    sum
}

fn multiply(a: &[u32], b: &[u32]) -> Digits {
    let mut product = vec![0; a.len() + b.len()];
    for (i, left) in a.iter().enumerate() {
        let mut carry = 0;
        for (j, right) in b.iter().enumerate() {
            let value = product[i + j] + left * right + carry;
            product[i + j] = value % 10;
            carry = value / 10;
        }
        product[i + b.len()] = carry;
    }
    product
}

fn evaluate(line: &str) -> Result<Digits, String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words[..] {
        [left, "+", right] => Ok(add(&parse(left)?, &parse(right)?)),
        [left, "*", right] => Ok(multiply(&parse(left)?, &parse(right)?)),
        _ => Err("expected: number + number, or number * number".to_string()),
    }
}

fn format(digits: &[u32]) -> String {
    let length = digits
        .iter()
        .rposition(|&digit| digit != 0)
        .map_or(1, |last| last + 1);
    let number: String = digits[..length].iter().rev().map(u32::to_string).collect();
    format!("{number} (digit sum {})", digits.iter().sum::<u32>())
}

fn main() {
    for line in io::stdin().lines() {
        match evaluate(&line.unwrap()) {
            Ok(digits) => println!("{}", format(&digits)),
            Err(message) => println!("{message}"),
        }
    }
}
