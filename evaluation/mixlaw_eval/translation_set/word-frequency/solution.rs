use std::cmp::Reverse;
use std::collections::HashMap;
use std::io;

fn parse_header(line: &str) -> Option<(usize, usize)> {
    let (limit, shortest) = line.split_once(' ')?;
    Some((limit.parse().ok()?, shortest.parse().ok()?))
}

fn count_words(text: &str, shortest: usize) -> HashMap<&str, usize> {
    let mut counts = HashMap::new();
    let words = text
        .split(|c: char| !c.is_ascii_alphabetic() && c != '\'')
        .map(|word| word.trim_matches('\''))
        .filter(|word| !word.is_empty() && word.len() >= shortest);
    for word in words {
        *counts.entry(word).or_insert(0) += 1;
    }
    counts
}

/// The first words by count; those that tie with the last one are kept too.
fn most_common<'a>(counts: &HashMap<&'a str, usize>, limit: usize) -> Vec<(&'a str, usize)> {
    let mut ranked: Vec<_> = counts.iter().map(|(&word, &count)| (word, count)).collect();
    ranked.sort_by_key(|&(word, count)| (Reverse(count), word));
    let last = limit.min(ranked.len()).checked_sub(1);
    match last.map(|index| ranked[index].1) {
        Some(threshold) => ranked.retain(|&(_, count)| count >= threshold),
        None => ranked.clear(),
    }
    ranked
}

fn main() {
    let input = io::read_to_string(io::stdin()).unwrap().to_lowercase();
    let (header, text) = input.split_once('\n').unwrap_or((&input, ""));
    let Some((limit, shortest)) = parse_header(header) else {
        println!("expected: LIMIT SHORTEST");
        return;
    };
    let counts = count_words(text, shortest);
    let total: usize = counts.values().sum();
    for (word, count) in most_common(&counts, limit) {
        let share = count * 1000 / total;
        println!("{word} {count} {}.{}%", share / 10, share % 10);
    }
    println!("total {total}, distinct {}", counts.len());
}
