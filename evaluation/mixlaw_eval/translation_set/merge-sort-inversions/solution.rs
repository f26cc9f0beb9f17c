use std::error::Error;
use std::io;

/// Merges two sorted runs and counts the pairs in which the right member is the smaller one.
fn merge(left: &[i64], right: &[i64]) -> (Vec<i64>, usize) {
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let mut rest = left;
    let mut inversions = 0;
    for &number in right {
        let (smaller, larger) = rest.split_at(rest.partition_point(|&other| other <= number));
        merged.extend_from_slice(smaller);
        merged.push(number);
        inversions += larger.len();
        rest = larger;
    }
    merged.extend_from_slice(rest);
    (merged, inversions)
}

fn merge_sort(numbers: &[i64]) -> (Vec<i64>, usize) {
    if numbers.len() < 2 {
        return (numbers.to_vec(), 0);
    }
    let (left, right) = numbers.split_at(numbers.len() / 2);
    let (left, in_left) = merge_sort(left);
    let (right, in_right) = merge_sort(right);
    let (merged, across) = merge(&left, &right);
    (merged, in_left + in_right + across)
}

fn main() -> Result<(), Box<dyn Error>> {
    let text = io::read_to_string(io::stdin())?;
    let mut counts = Vec::new();
    for line in text.lines() {
        let numbers = line.split_whitespace().map(str::parse).collect::<Result<Vec<i64>, _>>()?;
        let (sorted, inversions) = merge_sort(&numbers);
        counts.push(inversions);
        let words: String = sorted.iter().map(|number| format!(" {number}")).collect();
        println!("{inversions}:{words}");
    }
    match (0..counts.len()).min_by_key(|&line| counts[line]) {
        Some(line) => println!("best sorted: line {}", line + 1),
        None => println!("no lines"),
    }
    Ok(())
}
