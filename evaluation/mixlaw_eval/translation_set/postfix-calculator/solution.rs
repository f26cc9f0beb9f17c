use std::io;

fn evaluate(text: &str) -> Option<i64> {
    let mut stack: Vec<i64> = Vec::new();
    for word in text.split_whitespace() {
        let value = match word {
            "+" | "-" | "*" => {
                let right = stack.pop()?;
                let left = stack.pop()?;
                match word {
                    "+" => left + right,
                    "-" => left - right,
                    _ => left * right,
                }
            }
            _ => word.parse().ok()?,
        };
        stack.push(value);
    }
    let result = stack.pop()?;
    stack.is_empty().then_some(result)
}

fn main() {
    let text = io::read_to_string(io::stdin()).unwrap();
    match evaluate(&text) {
        Some(result) => println!("{result}"),
        None => println!("error"),
    }
}
