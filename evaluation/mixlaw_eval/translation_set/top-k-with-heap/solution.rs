use std::cmp::Reverse;
use std::io;

/// Ordered so that the worst entry is the smallest: low scores, and late names among equal scores.
type Entry<'a> = (i64, Reverse<&'a str>);

/// A binary heap with the smallest item on top.
struct Heap<T> {
    items: Vec<T>,
}

impl<T: Ord> Heap<T> {
    fn push(&mut self, item: T) {
        self.items.push(item);
        let mut child = self.items.len() - 1;
        while child > 0 && self.items[child] < self.items[(child - 1) / 2] {
            self.items.swap(child, (child - 1) / 2);
            child = (child - 1) / 2;
        }
    }

    fn pop(&mut self) -> Option<T> {
        if self.items.is_empty() {
            return None;
        }
        let top = self.items.swap_remove(0);
        let mut place = 0;
        loop {
            let children = (2 * place + 1..=2 * place + 2).filter(|&child| child < self.items.len());
            match children.min_by_key(|&child| &self.items[child]) {
                Some(child) if self.items[child] < self.items[place] => {
                    self.items.swap(place, child);
                    place = child;
                }
                _ => return Some(top),
            }
        }
    }
}

fn main() -> io::Result<()> {
    let text = io::read_to_string(io::stdin())?;
    let mut words = text.split_whitespace();
    let size = words.next().and_then(|word| word.parse().ok()).unwrap_or(0);
    let mut podium: Heap<Entry> = Heap { items: Vec::new() };
    while let (Some(name), Some(score)) = (words.next(), words.next()) {
        let score = score.parse().expect("a score is an integer");
        podium.push((score, Reverse(name)));
        if podium.items.len() > size {
            podium.pop();
        }
    }
    let mut best: Vec<Entry> = std::iter::from_fn(|| podium.pop()).collect();
    best.reverse();
    for (place, (score, Reverse(name))) in (1..).zip(&best) {
        println!("{place}. {name} {score}");
    }
    if best.is_empty() {
        println!("nobody");
    }
    Ok(())
}
