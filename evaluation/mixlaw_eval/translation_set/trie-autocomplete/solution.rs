use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io;

const SHOWN: usize = 3;

#[derive(Default)]
struct Trie {
    count: usize,
    children: BTreeMap<char, Trie>,
}

impl Trie {
    fn add(&mut self, word: &str) {
        let mut node = self;
        for letter in word.chars() {
            node = node.children.entry(letter).or_default();
        }
        node.count += 1;
    }

    fn descend(&self, prefix: &str) -> Option<&Trie> {
        prefix
            .chars()
            .try_fold(self, |node, letter| node.children.get(&letter))
    }

    /// Collects the words below in alphabetical order, each with its count.
    fn collect(&self, prefix: &str, found: &mut Vec<(String, usize)>) {
        if self.count > 0 {
            found.push((prefix.to_string(), self.count));
        }
        for (letter, child) in &self.children {
            child.collect(&format!("{prefix}{letter}"), found);
        }
    }

    fn complete(&self, prefix: &str) -> Option<String> {
        let mut found = Vec::new();
        self.descend(prefix)?.collect(prefix, &mut found);
        found.sort_by_key(|&(_, count)| Reverse(count));
        let mut parts: Vec<String> = found
            .iter()
            .take(SHOWN)
            .map(|(word, count)| format!("{word} ({count})"))
            .collect();
        if found.len() > SHOWN {
            parts.push(format!("{} more", found.len() - SHOWN));
        }
        Some(parts.join(", "))
    }
}

fn main() {
    let mut root = Trie::default();
    for line in io::stdin().lines().map(Result::unwrap) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["add", first, ref rest @ ..] => {
                root.add(first);
                rest.iter().for_each(|word| root.add(word));
            }
            ["complete", prefix] => match root.complete(prefix) {
                Some(found) => println!("{prefix}: {found}"),
                None => println!("{prefix}: no words"),
            },
            _ => println!("cannot understand: {line}"),
        }
    }
}
