use std::collections::{BTreeMap, HashMap};
use std::io;

fn read_values(head: &str) -> Result<HashMap<&str, &str>, String> {
    head.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(i, line)| match line.split_once('=') {
            Some((name, value)) if !name.trim().is_empty() => Ok((name.trim(), value.trim())),
            _ => Err(format!("line {}: expected name=value", i + 1)),
        })
        .collect()
}

struct Filler<'a> {
    values: HashMap<&'a str, &'a str>,
    missing: BTreeMap<&'a str, usize>,
}

impl<'a> Filler<'a> {
    /// Replaces {{name}} and {{name|default}}, and counts the names that have neither value.
    fn fill(&mut self, template: &'a str) -> String {
        let mut text = String::new();
        let mut rest = template;
        while let Some((before, tail)) = rest.split_once("{{") {
            let Some((body, after)) = tail.split_once("}}") else {
                break;
            };
            text += before;
            text += &self.replacement(body);
            rest = after;
        }
        text + rest
    }

    fn replacement(&mut self, body: &'a str) -> String {
        let (name, default) = match body.split_once('|') {
            Some((name, default)) => (name.trim(), Some(default.trim())),
            None => (body.trim(), None),
        };
        match self.values.get(name).copied().or(default) {
            Some(value) => value.to_string(),
            None => {
                *self.missing.entry(name).or_default() += 1;
                format!("<{name}>")
            }
        }
    }
}

fn main() {
    let input = io::read_to_string(io::stdin()).unwrap();
    let Some((head, template)) = input.split_once("---\n") else {
        return println!("no template");
    };
    match read_values(head) {
        Ok(values) => {
            let mut filler = Filler { values, missing: BTreeMap::new() };
            print!("{}", filler.fill(template));
            for (name, count) in &filler.missing {
                println!("missing {name}: {count}");
            }
        }
        Err(message) => println!("{message}"),
    }
}
