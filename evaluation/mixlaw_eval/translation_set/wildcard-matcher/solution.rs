use std::io;

/// Whether the pattern covers the name: `?` is any character, `*` any number of them.
fn matches(pattern: &[u8], name: &[u8]) -> bool {
    let (mut rest, mut text) = (pattern, name);
    let mut retry = None;
    while let Some((first, tail)) = text.split_first() {
        match rest {
            [b'*', after @ ..] => {
                rest = after;
                retry = Some((after, text));
            }
            [c, after @ ..] if *c == b'?' || c == first => {
                rest = after;
                text = tail;
            }
            _ => {
                // Let the last star take one character more.
                let Some((after, from)) = retry else {
                    return false;
                };
                rest = after;
                text = &from[1..];
                retry = Some((after, text));
            }
        }
    }
    rest.iter().all(|&c| c == b'*')
}

/// The last rule that matches decides; one that starts with `!` drops the name.
fn deciding_rule<'a>(rules: &[&'a str], name: &str) -> Option<&'a str> {
    rules.iter().rev().copied().find(|rule| {
        let pattern = rule.strip_prefix('!').unwrap_or(rule);
        matches(pattern.as_bytes(), name.as_bytes())
    })
}

fn main() {
    let input = io::read_to_string(io::stdin()).unwrap();
    let mut lines = input.lines();
    let rules: Vec<&str> = lines.by_ref().take_while(|line| !line.is_empty()).collect();
    let (mut kept, mut total) = (0, 0);
    for name in lines.filter(|line| !line.is_empty()) {
        total += 1;
        match deciding_rule(&rules, name) {
            None => println!("{name}: no rule"),
            Some(rule) if rule.starts_with('!') => println!("{name}: dropped by {rule}"),
            Some(rule) => {
                kept += 1;
                println!("{name}: kept by {rule}");
            }
        }
    }
    println!("kept {kept} of {total}");
}
