use std::io;

fn primes_up_to(limit: usize) -> Vec<String> {
    let mut is_prime = vec![true; limit + 1];
    let mut primes = Vec::new();
    for n in 2..=limit {
        if !is_prime[n] {
            continue;
        }
        primes.push(n.to_string());
        for multiple in (n * n..=limit).step_by(n) {
            is_prime[multiple] = false;
        }
    }
    primes
}

fn main() {
    let mut line = String::new();
    io::stdin().read_line(&mut line).unwrap();
    let limit = line.trim().parse().unwrap();
    println!("{}", primes_up_to(limit).join(" "));
}
