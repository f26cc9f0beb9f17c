use std::collections::BTreeSet;
use std::io;

/// Entry [i][j] is the length of the longest common subsequence of a[i..] and b[j..].
fn suffix_lengths(a: &[u8], b: &[u8]) -> Vec<Vec<usize>> {
    let mut lengths = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            lengths[i][j] = if a[i] == b[j] {
                lengths[i + 1][j + 1] + 1
            } else {
                lengths[i + 1][j].max(lengths[i][j + 1])
            };
        }
    }
    lengths
}

/// The smallest in character order of all longest common subsequences.
fn first_common_subsequence(a: &str, b: &str) -> String {
    let lengths = suffix_lengths(a.as_bytes(), b.as_bytes());
    let alphabet: BTreeSet<char> = a.chars().filter(|&c| b.contains(c)).collect();
    let (mut i, mut j) = (0, 0);
    let mut found = String::new();
    while lengths[i][j] > 0 {
        let missing = lengths[i][j];
        let next = alphabet.iter().find_map(|&c| {
            let p = i + a[i..].find(c)?;
            let q = j + b[j..].find(c)?;
            (lengths[p][q] == missing).then_some((c, p, q))
        });
        let Some((c, p, q)) = next else { break };
        found.push(c);
        (i, j) = (p + 1, q + 1);
    }
    found
}

fn main() -> io::Result<()> {
    let text = io::read_to_string(io::stdin())?;
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    let second = lines.next().unwrap_or_default();
    match first_common_subsequence(first, second).as_str() {
        "" => println!("nothing in common"),
        common => println!("{}: {common}", common.len()),
    }
    Ok(())
}
