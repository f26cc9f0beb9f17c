use std::io;

type Parts<'a> = Vec<&'a str>;

/// The parts of an absolute path without `.` and `..`, and how often `..` was above the root.
fn normalise(path: &str) -> (Parts<'_>, usize) {
    let mut parts = Vec::new();
    let mut above = 0;
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if parts.pop().is_none() {
                    above += 1;
                }
            }
            _ => parts.push(part),
        }
    }
    (parts, above)
}

fn common_start<'a>(first: Parts<'a>, second: Parts<'a>) -> Parts<'a> {
    first
        .into_iter()
        .zip(second)
        .take_while(|(a, b)| a == b)
        .map(|(part, _)| part)
        .collect()
}

fn join(parts: &Parts<'_>) -> String {
    format!("/{}", parts.join("/"))
}

fn main() {
    let input = io::read_to_string(io::stdin()).unwrap();
    let mut found = Vec::new();
    for line in input.lines() {
        if !line.starts_with('/') {
            println!("not absolute: {line}");
            continue;
        }
        let (parts, above) = normalise(line);
        print!("{}", join(&parts));
        if above > 0 {
            print!(" (above the root: {above})");
        }
        println!();
        found.push(parts);
    }
    match found.into_iter().reduce(common_start) {
        Some(common) => println!("common: {}", join(&common)),
        None => println!("no paths"),
    }
}
