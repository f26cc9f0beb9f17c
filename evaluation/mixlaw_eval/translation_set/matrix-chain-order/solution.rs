use std::io;

/// Neighbouring matrices share a side, so a chain of n matrices has n + 1 sizes.
fn parse_sizes(text: &str) -> Result<Vec<u64>, String> {
    let mut sizes: Vec<u64> = Vec::new();
    for word in text.split_whitespace() {
        let bad = || format!("bad matrix: {word}");
        let (rows, columns) = word.split_once('x').ok_or_else(bad)?;
        let rows = rows.parse().map_err(|_| bad())?;
        let columns = columns.parse().map_err(|_| bad())?;
        match sizes.last() {
            None => sizes.push(rows),
            Some(&size) if size != rows => {
                return Err(format!("M{} and M{} do not fit", sizes.len() - 1, sizes.len()));
            }
            Some(_) => {}
        }
        sizes.push(columns);
    }
    if sizes.is_empty() {
        return Err("no matrices".to_string());
    }
    Ok(sizes)
}

/// The smallest cost of matrices `first..=last`, and after which to split; of equal splits the first.
fn cheapest_splits(sizes: &[u64]) -> Vec<Vec<(u64, usize)>> {
    let count = sizes.len() - 1;
    let mut best = vec![vec![(0, 0); count + 1]; count + 1];
    for first in (1..=count).rev() {
        for last in first + 1..=count {
            best[first][last] = (first..last)
                .map(|middle| {
                    let product = sizes[first - 1] * sizes[middle] * sizes[last];
                    (best[first][middle].0 + best[middle + 1][last].0 + product, middle)
                })
                .min()
                .unwrap_or_default();
        }
    }
    best
}

fn brackets(best: &[Vec<(u64, usize)>], first: usize, last: usize) -> String {
    if first == last {
        return format!("M{first}");
    }
    let middle = best[first][last].1;
    format!("({} {})", brackets(best, first, middle), brackets(best, middle + 1, last))
}

fn main() -> io::Result<()> {
    let text = io::read_to_string(io::stdin())?;
    match parse_sizes(&text) {
        Ok(sizes) => {
            let count = sizes.len() - 1;
            let best = cheapest_splits(&sizes);
            println!("cost {}\n{}", best[1][count].0, brackets(&best, 1, count));
        }
        Err(message) => println!("{message}"),
    }
    Ok(())
}
