use std::io;

const SMALL: [&str; 20] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];
const SCALES: [(u64, &str); 4] = [
    (1_000_000_000, "billion"),
    (1_000_000, "million"),
    (1_000, "thousand"),
    (100, "hundred"),
];

fn below_hundred(number: u64) -> String {
    let number = number as usize;
    match (number / 10, number % 10) {
        (0 | 1, _) => SMALL[number].to_string(),
        (tens, 0) => TENS[tens - 2].to_string(),
        (tens, ones) => format!("{}-{}", TENS[tens - 2], SMALL[ones]),
    }
}

fn in_words(mut number: u64) -> String {
    if number < 100 {
        return below_hundred(number);
    }
    let mut words = Vec::new();
    for (size, name) in SCALES {
        if number >= size {
            words.push(format!("{} {name}", in_words(number / size)));
            number %= size;
        }
    }
    if number > 0 {
        words.push(format!("and {}", below_hundred(number)));
    }
    words.join(" ")
}

fn answer(text: &str) -> String {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || digits.contains(|c: char| !c.is_ascii_digit()) {
        return format!("{text}: not a number");
    }
    match digits.parse() {
        Err(_) => format!("{text}: too large"),
        Ok(_) if digits.len() > 12 => format!("{text}: too large"),
        Ok(number) if number > 0 && text.starts_with('-') => format!("minus {}", in_words(number)),
        Ok(number) => in_words(number),
    }
}

fn main() {
    for line in io::stdin().lines() {
        println!("{}", answer(line.unwrap().trim()));
    }
}
