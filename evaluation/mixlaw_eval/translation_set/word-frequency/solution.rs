use std::cmp::Reverse;
use std::collections::HashMap;
use std::io;

fn main() {
    let text = io::read_to_string(io::stdin()).unwrap().to_lowercase();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in text.split_whitespace() {
        *counts.entry(word).or_insert(0) += 1;
    }

    let mut ordered: Vec<_> = counts.into_iter().collect();
    ordered.sort_by_key(|&(word, count)| (Reverse(count), word));
    for (word, count) in ordered {
        println!("{word} {count}");
    }
}
