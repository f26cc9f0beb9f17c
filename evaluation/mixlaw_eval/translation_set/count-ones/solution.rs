use std::io;

fn main() {
    let text = io::read_to_string(io::stdin()).unwrap();
    let mut n: u32 = text.trim().parse().unwrap();
    let mut ones = 0;
    while n != 0 {
        n &= n - 1;
        ones += 1;
    }
    println!("{ones}");
}
