use std::cmp::Reverse;
use std::io;

const LIMIT: usize = 1_000_000;

/// The smallest prime factor of every number up to the limit.
fn smallest_factors() -> Vec<usize> {
    let mut smallest: Vec<usize> = (0..=LIMIT).collect();
    for n in (2..).take_while(|n| n * n <= LIMIT) {
        if smallest[n] == n {
            for multiple in (n * n..=LIMIT).step_by(n) {
                smallest[multiple] = smallest[multiple].min(n);
            }
        }
    }
    smallest
}

fn factorise(mut n: usize, smallest: &[usize]) -> Vec<(usize, u32)> {
    let mut powers: Vec<(usize, u32)> = Vec::new();
    while n > 1 {
        let prime = smallest[n];
        match powers.last_mut() {
            Some((last, power)) if *last == prime => *power += 1,
            _ => powers.push((prime, 1)),
        }
        n /= prime;
    }
    powers
}

fn product(powers: &[(usize, u32)]) -> String {
    if powers.is_empty() {
        return "1".to_string();
    }
    let terms: Vec<String> = powers
        .iter()
        .map(|&(prime, power)| match power {
            1 => prime.to_string(),
            _ => format!("{prime}^{power}"),
        })
        .collect();
    terms.join(" * ")
}

fn main() {
    let text = io::read_to_string(io::stdin()).unwrap();
    let smallest = smallest_factors();
    let mut best = None;
    for word in text.split_whitespace() {
        match word.parse() {
            Ok(n) if (1..=LIMIT).contains(&n) => {
                let powers = factorise(n, &smallest);
                let divisors: u32 = powers.iter().map(|(_, power)| power + 1).product();
                println!("{n} = {}, divisors: {divisors}", product(&powers));
                best = best.max(Some((divisors, Reverse(n))));
            }
            _ => println!("{word}: not a number from 1 to {LIMIT}"),
        }
    }
    match best {
        Some((_, Reverse(n))) => println!("most divisors: {n}"),
        None => println!("most divisors: none"),
    }
}
