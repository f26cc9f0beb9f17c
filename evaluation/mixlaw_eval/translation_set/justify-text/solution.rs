use std::io;

/// Greedy lines of words; a word longer than the width gets a line of its own.
fn break_lines<'a>(words: &[&'a str], width: usize) -> Vec<Vec<&'a str>> {
    let mut lines: Vec<Vec<&str>> = Vec::new();
    let mut length = 0;
    for &word in words {
        match lines.last_mut() {
            Some(line) if length + 1 + word.len() <= width => {
                line.push(word);
                length += 1 + word.len();
            }
            _ => {
                lines.push(vec![word]);
                length = word.len();
            }
        }
    }
    lines
}

/// Fills the line with spaces; the wider gaps come first, or last if `from_right`.
fn spread(words: &[&str], width: usize, from_right: bool) -> String {
    let gaps = words.len() - 1;
    if gaps == 0 {
        return words[0].to_string();
    }
    let spaces = width - words.iter().map(|word| word.len()).sum::<usize>();
    let (small, wider) = (spaces / gaps, spaces % gaps);
    let mut line = words[0].to_string();
    for (i, word) in words[1..].iter().enumerate() {
        let is_wider = if from_right { i >= gaps - wider } else { i < wider };
        line += &" ".repeat(small + usize::from(is_wider));
        line += word;
    }
    line
}

fn justify(words: &[&str], width: usize) -> Option<String> {
    let lines = break_lines(words, width);
    let (last, full) = lines.split_last()?;
    // The side of the wider gaps alternates, or they would form rivers of white.
    let full = full.iter().enumerate().map(|(i, line)| spread(line, width, i % 2 == 1));
    let justified: Vec<String> = full.chain([last.join(" ")]).collect();
    Some(justified.join("\n"))
}

fn main() {
    let input = io::read_to_string(io::stdin()).unwrap();
    let (header, text) = input.split_once('\n').unwrap_or((&input, ""));
    let Ok(width) = header.parse() else {
        println!("the first line must be the width");
        return;
    };
    let paragraphs: Vec<String> = text
        .split("\n\n")
        .filter_map(|part| justify(&part.split_whitespace().collect::<Vec<_>>(), width))
        .collect();
    match paragraphs.as_slice() {
        [] => println!("no text"),
        paragraphs => println!("{}", paragraphs.join("\n\n")),
    }
}
