use std::io;

/// Runs as count and character; digits and backslashes are escaped with a backslash.
fn encode(text: &str) -> String {
    let mut code = String::new();
    let mut symbols = text.chars().peekable();
    while let Some(symbol) = symbols.next() {
        let mut count = 1;
        while symbols.next_if_eq(&symbol).is_some() {
            count += 1;
        }
        if count > 1 {
            code += &count.to_string();
        }
        if symbol.is_ascii_digit() || symbol == '\\' {
            code.push('\\');
        }
        code.push(symbol);
    }
    code
}

fn decode(code: &str) -> Result<String, String> {
    let mut text = String::new();
    let mut symbols = code.chars().peekable();
    while symbols.peek().is_some() {
        let mut digits = String::new();
        while let Some(digit) = symbols.next_if(char::is_ascii_digit) {
            digits.push(digit);
        }
        if digits.len() > 3 {
            return Err(format!("count {digits} is too large"));
        }
        symbols.next_if_eq(&'\\');
        let symbol = symbols.next().ok_or("the code ends too early")?;
        let count = digits.parse().unwrap_or(1);
        if count == 0 {
            return Err("a count is zero".to_string());
        }
        text.extend(std::iter::repeat(symbol).take(count));
    }
    Ok(text)
}

fn answer(line: &str) -> Result<String, String> {
    let (command, text) = line.split_once(' ').unwrap_or((line, ""));
    match command {
        "encode" => Ok(encode(text)),
        "decode" => decode(text),
        _ => Ok(format!("unknown command: {command}")),
    }
}

fn main() {
    for line in io::stdin().lines() {
        match answer(&line.unwrap()) {
            Ok(result) => println!("{result}"),
            Err(message) => println!("error: {message}"),
        }
    }
}
