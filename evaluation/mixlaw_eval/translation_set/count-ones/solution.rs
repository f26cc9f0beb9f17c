use std::io;

fn count_ones(mut n: u32) -> u32 {
    let mut count = 0;
    while n != 0 {
        n &= n - 1;
        count += 1;
    }
    count
}

fn main() {
    let text = io::read_to_string(io::stdin()).unwrap();
    for word in text.split_whitespace() {
        println!("{}", count_ones(word.parse().unwrap()));
    }
}
