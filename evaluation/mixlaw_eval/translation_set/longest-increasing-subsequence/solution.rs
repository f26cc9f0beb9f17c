use std::io;
use std::iter::successors;

/// Indices of the subsequence, in O(n log n): `ends[k]` is where the run of k + 1 numbers with the smallest end ends.
fn longest_increasing(numbers: &[i64]) -> Vec<usize> {
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::new();
    for (index, &number) in numbers.iter().enumerate() {
        let place = ends.partition_point(|&end| numbers[end] < number);
        before.push(place.checked_sub(1).map(|previous| ends[previous]));
        if place == ends.len() {
            ends.push(index);
        } else {
            ends[place] = index;
        }
    }
    let mut chain: Vec<usize> = successors(ends.last().copied(), |&index| before[index]).collect();
    chain.reverse();
    chain
}

fn parse(text: &str) -> Result<Vec<i64>, String> {
    text.split_whitespace()
        .map(|word| word.parse().map_err(|_| format!("not an integer: {word}")))
        .collect()
}

fn join<T: ToString>(items: impl Iterator<Item = T>) -> String {
    items.map(|item| item.to_string()).collect::<Vec<_>>().join(" ")
}

fn main() -> io::Result<()> {
    let text = io::read_to_string(io::stdin())?;
    let numbers = match parse(&text) {
        Ok(numbers) => numbers,
        Err(message) => {
            println!("{message}");
            return Ok(());
        }
    };
    let chain = longest_increasing(&numbers);
    println!("{} of {}", chain.len(), numbers.len());
    if !chain.is_empty() {
        println!("values: {}", join(chain.iter().map(|&index| numbers[index])));
        println!("places: {}", join(chain.iter().map(|&index| index + 1)));
    }
    Ok(())
}
