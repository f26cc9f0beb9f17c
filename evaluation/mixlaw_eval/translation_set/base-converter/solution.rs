use std::io;

const LIMIT: u64 = (1 << 53) - 1;

fn parse_base(word: &str) -> Result<u32, String> {
    match word.parse() {
        Ok(base) if (2..=36).contains(&base) => Ok(base),
        _ => Err(format!("base {word} is not from 2 to 36")),
    }
}

fn to_number(text: &str, base: u32) -> Result<u64, String> {
    if text.is_empty() {
        return Err("no digits".to_string());
    }
    text.chars().try_fold(0, |number, letter| {
        let digit = letter
            .to_digit(base)
            .ok_or_else(|| format!("{letter} is not a digit of base {base}"))?;
        let next = number * u64::from(base) + u64::from(digit);
        if next > LIMIT {
            return Err("too large".to_string());
        }
        Ok(next)
    })
}

fn to_text(mut number: u64, base: u32) -> String {
    let mut digits = Vec::new();
    loop {
        let digit = (number % u64::from(base)) as u32;
        digits.push(char::from_digit(digit, base).unwrap());
        number /= u64::from(base);
        if number == 0 {
            return digits.iter().rev().collect();
        }
    }
}

fn convert(line: &str) -> Result<String, String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [text, source, target] = words[..] else {
        return Err("expected: digits, base, base".to_string());
    };
    let (source, target) = (parse_base(source)?, parse_base(target)?);
    let number = to_number(text.strip_prefix('-').unwrap_or(text), source)?;
    let sign = if text.starts_with('-') && number > 0 {
        "-"
    } else {
        ""
    };
    Ok(sign.to_string() + &to_text(number, target))
}

fn main() {
    for line in io::stdin().lines() {
        match convert(&line.unwrap()) {
            Ok(text) => println!("{text}"),
            Err(message) => println!("error: {message}"),
        }
    }
}
