use std::cmp::Reverse;
use std::io;

/// How often each letter of the alphabet occurs in a thousand letters of English text.
const WEIGHTS: [u32; 26] = [
    82, 15, 28, 43, 127, 22, 20, 61, 70, 2, 8, 40, 24, //
    67, 75, 19, 1, 60, 63, 91, 28, 10, 24, 2, 20, 1,
];

fn rotate(letter: u8, first: u8, shift: u8) -> u8 {
    first + (letter - first + 26 - shift) % 26
}

fn decode(text: &str, shift: u8) -> String {
    let decode_char = |c: char| match c {
        'a'..='z' => rotate(c as u8, b'a', shift).into(),
        'A'..='Z' => rotate(c as u8, b'A', shift).into(),
        _ => c,
    };
    text.chars().map(decode_char).collect()
}

fn score(letters: &[u8], shift: u8) -> u32 {
    letters
        .iter()
        .map(|&letter| WEIGHTS[usize::from(rotate(letter, 0, shift))])
        .sum()
}

/// The text moved back by the shift that looks most like English; the smallest one of a tie.
fn solve(text: &str) -> String {
    let letters: Vec<u8> = text
        .bytes()
        .filter(u8::is_ascii_alphabetic)
        .map(|c| c.to_ascii_lowercase() - b'a')
        .collect();
    if letters.is_empty() {
        return "no letters".to_string();
    }
    let mut ranked: Vec<(u32, u8)> = (0..26).map(|shift| (score(&letters, shift), shift)).collect();
    ranked.sort_by_key(|&(score, shift)| (Reverse(score), shift));
    let (best, shift) = ranked[0];
    let (second, _) = ranked[1];
    format!("shift {shift}, lead {}: {}", best - second, decode(text, shift))
}

fn main() {
    for line in io::stdin().lines() {
        println!("{}", solve(&line.unwrap()));
    }
}
