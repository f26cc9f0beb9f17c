use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::io;

/// The phrase in small letters, with single spaces.
fn tidy(line: &str) -> String {
    let words: Vec<_> = line.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// The letters in order, which all anagrams have in common.
fn signature(phrase: &str) -> String {
    let mut letters: Vec<char> = phrase.chars().filter(char::is_ascii_lowercase).collect();
    letters.sort_unstable();
    letters.into_iter().collect()
}

fn group(phrases: BTreeSet<String>) -> HashMap<String, Vec<String>> {
    let mut groups: HashMap<_, Vec<_>> = HashMap::new();
    for phrase in phrases {
        let letters = signature(&phrase);
        if !letters.is_empty() {
            groups.entry(letters).or_default().push(phrase);
        }
    }
    groups
}

fn main() {
    let input = io::read_to_string(io::stdin()).unwrap();
    let groups = group(input.lines().map(tidy).collect());
    let mut anagrams: Vec<_> = groups
        .iter()
        .filter(|(_, members)| members.len() > 1)
        .collect();
    anagrams.sort_by_key(|&(_, members)| (Reverse(members.len()), &members[0]));
    for (letters, members) in &anagrams {
        let count = members.len();
        println!("{count} of {} letters: {}", letters.len(), members.join(", "));
    }
    println!("groups: {}, alone: {}", anagrams.len(), groups.len() - anagrams.len());
}
