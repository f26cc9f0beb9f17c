use std::io;

fn main() {
    let text = io::read_to_string(io::stdin()).unwrap();
    let mut numbers = text.split_whitespace().map(|word| word.parse().unwrap());
    let mut a: i64 = numbers.next().unwrap();
    let mut b: i64 = numbers.next().unwrap();
    while b != 0 {
        (a, b) = (b, a % b);
    }
    println!("{}", a.abs());
}
