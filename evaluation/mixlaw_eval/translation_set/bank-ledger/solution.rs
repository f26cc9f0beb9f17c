use std::collections::BTreeMap;
use std::io;

#[derive(Default)]
struct Ledger {
    balances: BTreeMap<String, i64>, // in cents
}

fn parse_amount(word: &str) -> Result<i64, String> {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    word.split_once('.')
        .filter(|(whole, part)| (1..=12).contains(&whole.len()) && part.len() == 2)
        .filter(|(whole, part)| digits(whole) && digits(part))
        .and_then(|(whole, part)| format!("{whole}{part}").parse().ok())
        .filter(|&cents| cents > 0)
        .ok_or_else(|| format!("bad amount {word}"))
}

fn format_amount(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

impl Ledger {
    fn open(&mut self, name: &str) -> Result<(), String> {
        if self.balances.contains_key(name) {
            return Err(format!("account {name} exists"));
        }
        self.balances.insert(name.to_string(), 0);
        Ok(())
    }

    fn change(&mut self, name: &str, cents: i64) -> Result<(), String> {
        let balance = self
            .balances
            .get_mut(name)
            .ok_or_else(|| format!("no account {name}"))?;
        if *balance + cents < 0 {
            return Err(format!("{name} has only {}", format_amount(*balance)));
        }
        *balance += cents;
        Ok(())
    }

    fn execute(&mut self, line: &str) -> Result<(), String> {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["open", name] => self.open(name),
            ["deposit", name, amount] => self.change(name, parse_amount(amount)?),
            ["withdraw", name, amount] => self.change(name, -parse_amount(amount)?),
            ["transfer", source, target, amount] => {
                let cents = parse_amount(amount)?;
                self.change(target, 0)?;
                self.change(source, -cents)?;
                self.change(target, cents)
            }
            _ => Err("bad transaction".to_string()),
        }
    }
}

fn main() {
    let mut ledger = Ledger::default();
    for (index, line) in io::stdin().lines().enumerate() {
        if let Err(message) = ledger.execute(&line.unwrap()) {
            println!("line {}: {message}", index + 1);
        }
    }
    for (name, &cents) in &ledger.balances {
        println!("{name} {}", format_amount(cents));
    }
    println!("total {}", format_amount(ledger.balances.values().sum()));
}
