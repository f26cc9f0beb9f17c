use std::io;

/// How many values a word takes from the stack.
fn needed(word: &str) -> Option<usize> {
    match word {
        "neg" | "dup" | "drop" => Some(1),
        "+" | "-" | "*" | "max" | "swap" | "over" => Some(2),
        _ => None,
    }
}

/// What a word puts back in the place of the values it takes.
fn apply(word: &str, top: &[i64]) -> Vec<i64> {
    match (word, top) {
        ("+", [a, b]) => vec![a + b],
        ("-", [a, b]) => vec![a - b],
        ("*", [a, b]) => vec![a * b],
        ("max", &[a, b]) => vec![a.max(b)],
        ("neg", [a]) => vec![-a],
        ("dup", &[a]) => vec![a, a],
        ("swap", &[a, b]) => vec![b, a],
        ("over", &[a, b]) => vec![a, b, a],
        _ => vec![],
    }
}

/// The stack after the words of the line; the given one is left as it is.
fn run(line: &str, before: &[i64]) -> Result<Vec<i64>, String> {
    let mut stack = before.to_vec();
    for word in line.split_whitespace() {
        if let Ok(number) = word.parse() {
            stack.push(number);
            continue;
        }
        let needed = needed(word).ok_or_else(|| format!("unknown word {word}"))?;
        let rest = stack
            .len()
            .checked_sub(needed)
            .ok_or_else(|| format!("{word} needs {needed}, the stack has {}", stack.len()))?;
        let top = stack.split_off(rest);
        stack.extend(apply(word, &top));
    }
    Ok(stack)
}

fn main() {
    let mut stack = Vec::new();
    for line in io::stdin().lines() {
        match run(&line.unwrap(), &stack) {
            Ok(after) => stack = after,
            Err(message) => {
                println!("error: {message}");
                continue;
            }
        }
        if stack.is_empty() {
            println!("empty");
        } else {
            let values: Vec<String> = stack.iter().map(i64::to_string).collect();
            println!("{}", values.join(" "));
        }
    }
}
