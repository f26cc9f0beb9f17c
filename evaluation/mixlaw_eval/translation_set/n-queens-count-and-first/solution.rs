use std::io;

const LARGEST: usize = 10;

#[derive(Default)]
struct Search {
    columns: Vec<usize>,
    first: Option<Vec<usize>>,
    count: usize,
}

impl Search {
    /// Tries the columns of the next row from left to right; all rows above have their queens.
    fn place(&mut self, size: usize) {
        if self.columns.len() == size {
            self.count += 1;
            self.first.get_or_insert_with(|| self.columns.clone());
            return;
        }
        for column in 0..size {
            if self.is_safe(column) {
                self.columns.push(column);
                self.place(size);
                self.columns.pop();
            }
        }
    }

    fn is_safe(&self, column: usize) -> bool {
        let nearest_first = self.columns.iter().rev();
        nearest_first.zip(1..).all(|(&other, rows)| other != column && other.abs_diff(column) != rows)
    }
}

fn draw(columns: &[usize]) -> String {
    let line = |&column: &usize| {
        let right = columns.len() - column - 1;
        format!("\n{}Q{}", ".".repeat(column), ".".repeat(right))
    };
    columns.iter().map(line).collect()
}

fn report(word: &str) -> String {
    let size = match word.parse() {
        Ok(size @ 1..=LARGEST) => size,
        _ => return format!("{word}: not a size from 1 to {LARGEST}"),
    };
    let mut search = Search::default();
    search.place(size);
    match search.first {
        Some(columns) => format!("{size}: {}{}", search.count, draw(&columns)),
        None => format!("{size}: no solution"),
    }
}

fn main() -> io::Result<()> {
    let text = io::read_to_string(io::stdin())?;
    let reports: Vec<String> = text.split_whitespace().map(report).collect();
    if reports.is_empty() {
        println!("no boards");
    } else {
        println!("{}", reports.join("\n"));
    }
    Ok(())
}
