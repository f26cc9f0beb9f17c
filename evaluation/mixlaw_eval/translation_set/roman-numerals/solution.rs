use std::io;

const SYMBOLS: [(i32, &str); 13] = [
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
];

fn to_roman(mut number: i32) -> Option<String> {
    if !(1..=3999).contains(&number) {
        return None;
    }
    let mut numeral = String::new();
    for (value, symbol) in SYMBOLS {
        while number >= value {
            numeral += symbol;
            number -= value;
        }
    }
    Some(numeral)
}

fn from_roman(numeral: &str) -> Option<i32> {
    let mut total = 0;
    let mut rest = numeral;
    for (value, symbol) in SYMBOLS {
        while let Some(tail) = rest.strip_prefix(symbol) {
            total += value;
            rest = tail;
        }
    }
    // Only one spelling of a number is right: IIII and VX are not numerals.
    (to_roman(total)? == numeral).then_some(total)
}

fn convert(text: &str) -> Result<String, &'static str> {
    match text.parse() {
        Ok(number) => to_roman(number).ok_or("out of range"),
        Err(_) => from_roman(&text.to_uppercase())
            .map(|number| number.to_string())
            .ok_or("not a numeral"),
    }
}

fn main() {
    let input = io::read_to_string(io::stdin()).unwrap();
    let (mut converted, mut rejected) = (0, 0);
    for text in input.split_whitespace() {
        match convert(text) {
            Ok(result) => {
                println!("{text} = {result}");
                converted += 1;
            }
            Err(reason) => {
                println!("{text}: {reason}");
                rejected += 1;
            }
        }
    }
    println!("{converted} converted, {rejected} rejected");
}
