use std::fmt;
use std::io;

#[derive(Clone, Copy)]
struct Place {
    line: usize,
    column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

fn closing(open: char) -> Option<char> {
    match open {
        '(' => Some(')'),
        '[' => Some(']'),
        '{' => Some('}'),
        _ => None,
    }
}

/// Every bracket outside double quotes; a quotation ends with its line at the latest.
fn find_brackets(text: &str) -> Vec<(char, Place)> {
    let mut found = Vec::new();
    for (row, line) in text.lines().enumerate() {
        let mut quoted = false;
        for (i, symbol) in line.chars().enumerate() {
            match symbol {
                '"' => quoted = !quoted,
                '(' | ')' | '[' | ']' | '{' | '}' if !quoted => {
                    let place = Place { line: row + 1, column: i + 1 };
                    found.push((symbol, place));
                }
                _ => {}
            }
        }
    }
    found
}

fn check(brackets: &[(char, Place)]) -> Result<usize, String> {
    let mut open = Vec::new();
    let mut depth = 0;
    for &(symbol, place) in brackets {
        if let Some(partner) = closing(symbol) {
            open.push((symbol, partner, place));
            depth = depth.max(open.len());
            continue;
        }
        match open.pop() {
            None => return Err(format!("{place}: unexpected '{symbol}'")),
            Some((start, partner, from)) if partner != symbol => {
                return Err(format!("{place}: '{symbol}' closes '{start}' of {from}"));
            }
            Some(_) => {}
        }
    }
    match open.first() {
        Some((symbol, _, place)) => Err(format!("{place}: '{symbol}' is never closed")),
        None => Ok(depth),
    }
}

fn main() {
    let text = io::read_to_string(io::stdin()).unwrap();
    let brackets = find_brackets(&text);
    match check(&brackets) {
        Ok(depth) => println!("balanced, pairs: {}, depth: {depth}", brackets.len() / 2),
        Err(message) => println!("{message}"),
    }
}
