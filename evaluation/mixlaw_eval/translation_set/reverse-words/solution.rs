use std::io;

fn main() {
    let text = io::read_to_string(io::stdin()).unwrap();
    let words: Vec<&str> = text.split_whitespace().rev().collect();
    println!("{}", words.join(" "));
}
