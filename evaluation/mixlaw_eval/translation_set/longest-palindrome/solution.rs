use std::io;
use std::ops::Range;

const SHORTEST: usize = 3;

/// The widest palindrome that grows from an empty range or from one letter.
fn expand(letters: &[u8], start: usize, end: usize) -> Range<usize> {
    let before = letters[..start].iter().rev();
    let after = letters[end..].iter();
    let radius = before.zip(after).take_while(|(a, b)| a == b).count();
    start - radius..end + radius
}

/// The longest palindrome, and the first of several that are as long.
fn longest(letters: &[u8]) -> Range<usize> {
    let mut best = 0..0;
    for centre in 0..letters.len() {
        for end in [centre, centre + 1] {
            let found = expand(letters, centre, end);
            if found.len() > best.len() {
                best = found;
            }
        }
    }
    best
}

fn describe(line: &str) -> String {
    let (places, letters): (Vec<usize>, Vec<u8>) = line
        .bytes()
        .enumerate()
        .filter(|(_, c)| c.is_ascii_alphanumeric())
        .map(|(i, c)| (i, c.to_ascii_lowercase()))
        .unzip();
    let best = longest(&letters);
    if best.len() < SHORTEST {
        return "none".to_string();
    }
    let (first, last) = (places[best.start], places[best.end - 1]);
    format!("{} at {}: {}", best.len(), first + 1, &line[first..=last])
}

fn main() {
    for line in io::stdin().lines() {
        println!("{}", describe(&line.unwrap()));
    }
}
