use std::io;

fn distance_table(a: &[u8], b: &[u8]) -> Vec<Vec<usize>> {
    let mut table: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for (i, left) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, right) in b.iter().enumerate() {
            let swap = table[i][j] + usize::from(left != right);
            row.push(swap.min(table[i][j + 1] + 1).min(row[j] + 1));
        }
        table.push(row);
    }
    table
}

/// Walks back from the corner: replacing is preferred to deleting, and deleting to inserting.
fn edits(a: &[u8], b: &[u8]) -> Vec<String> {
    let table = distance_table(a, b);
    let (mut i, mut j) = (a.len(), b.len());
    let mut steps = Vec::new();
    while i > 0 || j > 0 {
        let same = i > 0 && j > 0 && a[i - 1] == b[j - 1];
        if i > 0 && j > 0 && table[i][j] == table[i - 1][j - 1] + usize::from(!same) {
            i -= 1;
            j -= 1;
            if !same {
                steps.push(format!("replace '{}' by '{}' at {i}", a[i] as char, b[j] as char));
            }
        } else if i > 0 && table[i][j] == table[i - 1][j] + 1 {
            i -= 1;
            steps.push(format!("delete '{}' at {i}", a[i] as char));
        } else {
            j -= 1;
            steps.push(format!("insert '{}' at {i}", b[j] as char));
        }
    }
    steps.reverse();
    steps
}

fn main() -> io::Result<()> {
    let text = io::read_to_string(io::stdin())?;
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    let second = lines.next().unwrap_or_default();
    let steps = edits(first.as_bytes(), second.as_bytes());
    println!("distance {}", steps.len());
    for step in &steps {
        println!("{step}");
    }
    Ok(())
}
