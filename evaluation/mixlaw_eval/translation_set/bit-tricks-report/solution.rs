use std::io;
use std::iter::successors;

fn gray_code(n: u32) -> u32 {
    n ^ n >> 1
}

/// Undoes `gray_code`: every bit is the parity of the code's bits from it upwards.
fn from_gray_code(code: u32) -> u32 {
    (0..u32::BITS).fold(0, |n, shift| n ^ code >> shift)
}

/// How many one bits stand side by side at most.
fn longest_run(n: u32) -> usize {
    successors(Some(n), |n| Some(n & n << 1))
        .take_while(|&n| n != 0)
        .count()
}

fn highest_bit(n: u32) -> String {
    match n {
        0 => "none".to_string(),
        _ => (u32::BITS - 1 - n.leading_zeros()).to_string(),
    }
}

fn report(n: u32) -> String {
    format!(
        "ones {}, highest {}, reversed {}, gray {}, ungray {}, run {}",
        n.count_ones(),
        highest_bit(n),
        n.reverse_bits(),
        gray_code(n),
        from_gray_code(n),
        longest_run(n),
    )
}

fn main() {
    let text = io::read_to_string(io::stdin()).unwrap();
    let mut total = 0;
    for word in text.split_whitespace() {
        match word.parse() {
            Ok(n) => {
                println!("{word}: {}", report(n));
                total ^= n;
            }
            Err(_) => println!("{word}: not an unsigned number of 32 bits"),
        }
    }
    println!("exclusive or of all: {total:08x}");
}
