use std::io;

fn is_balanced(text: &str) -> bool {
    let mut stack = Vec::new();
    for c in text.chars() {
        match c {
            '(' | '[' | '{' => stack.push(c),
            ')' if stack.pop() != Some('(') => return false,
            ']' if stack.pop() != Some('[') => return false,
            '}' if stack.pop() != Some('{') => return false,
            _ => {}
        }
    }
    stack.is_empty()
}

fn main() {
    let text = io::read_to_string(io::stdin()).unwrap();
    println!("{}", if is_balanced(&text) { "yes" } else { "no" });
}
