use std::error::Error;
use std::io;

fn median_of_three(a: i64, b: i64, c: i64) -> i64 {
    a.min(b).max(a.max(b).min(c))
}

/// The number that would stand at place `rank` (from 0) if the numbers were sorted.
fn quick_select(numbers: &[i64], rank: usize) -> i64 {
    let (first, last) = (numbers[0], numbers[numbers.len() - 1]);
    let pivot = median_of_three(first, numbers[numbers.len() / 2], last);
    let (smaller, others): (Vec<i64>, Vec<i64>) = numbers.iter().partition(|&&number| number < pivot);
    if rank < smaller.len() {
        return quick_select(&smaller, rank);
    }
    let larger: Vec<i64> = others.into_iter().filter(|&number| number > pivot).collect();
    let at_most = numbers.len() - larger.len();
    if rank < at_most {
        pivot
    } else {
        quick_select(&larger, rank - at_most)
    }
}

/// The smallest number that at least `percent` in a hundred do not exceed.
fn percentile(numbers: &[i64], percent: usize) -> i64 {
    let rank = (percent * numbers.len() + 99) / 100;
    quick_select(numbers, rank.saturating_sub(1))
}

fn parse_numbers(text: &str) -> Result<Vec<i64>, std::num::ParseIntError> {
    text.split_whitespace().map(str::parse).collect()
}

fn main() -> Result<(), Box<dyn Error>> {
    let text = io::read_to_string(io::stdin())?;
    let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
    let numbers = parse_numbers(rest)?;
    if numbers.is_empty() {
        println!("no numbers");
        return Ok(());
    }
    for percent in parse_numbers(first)? {
        match usize::try_from(percent) {
            Ok(valid @ 0..=100) => println!("p{valid} = {}", percentile(&numbers, valid)),
            _ => println!("p{percent} is out of range"),
        }
    }
    Ok(())
}
