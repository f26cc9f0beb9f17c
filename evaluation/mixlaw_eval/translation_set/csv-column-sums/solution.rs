use std::collections::HashSet;
use std::io;

/// The fields of a line; a quoted field may hold commas, and quotes written twice.
fn split_record(line: &str) -> Result<Vec<String>, String> {
    let mut fields = Vec::new();
    let mut field = String::new();
    let mut quoted = false;
    let mut previous = ' ';
    for symbol in line.chars() {
        match symbol {
            '"' => {
                if !quoted && previous == '"' {
                    field.push('"');
                }
                quoted = !quoted;
            }
            ',' if !quoted => fields.push(std::mem::take(&mut field).trim().to_string()),
            _ => field.push(symbol),
        }
        previous = symbol;
    }
    if quoted {
        return Err("a quote is not closed".to_string());
    }
    fields.push(field.trim().to_string());
    Ok(fields)
}

fn read_table(text: &str) -> Result<Vec<Vec<String>>, String> {
    let mut table: Vec<Vec<String>> = Vec::new();
    for (i, line) in text.lines().enumerate() {
        let record = split_record(line).map_err(|error| format!("line {}: {error}", i + 1))?;
        let wanted = table.first().map_or(record.len(), Vec::len);
        if record.len() != wanted {
            let found = record.len();
            return Err(format!("line {}: expected {wanted} fields, found {found}", i + 1));
        }
        table.push(record);
    }
    Ok(table)
}

fn summarize<'a>(values: impl Iterator<Item = &'a String>) -> String {
    let filled: Vec<_> = values.filter(|value| !value.is_empty()).collect();
    if filled.is_empty() {
        return "empty".to_string();
    }
    let numbers: Result<Vec<i64>, _> = filled.iter().map(|value| value.parse()).collect();
    match numbers {
        Ok(numbers) => format!("sum {} of {}", numbers.iter().sum::<i64>(), numbers.len()),
        Err(_) => format!("{} different texts", filled.iter().collect::<HashSet<_>>().len()),
    }
}

fn main() {
    let text = io::read_to_string(io::stdin()).unwrap();
    let table = match read_table(&text) {
        Ok(table) => table,
        Err(message) => return println!("{message}"),
    };
    let Some((header, rows)) = table.split_first() else {
        return println!("no header");
    };
    for (i, name) in header.iter().enumerate() {
        println!("{name}: {}", summarize(rows.iter().map(|row| &row[i])));
    }
}
