use std::collections::{BTreeMap, BTreeSet};
use std::io;

type Needs<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// Every line holds a task and the tasks it needs, which may have lines of their own.
fn parse(text: &str) -> Needs<'_> {
    let mut needs = Needs::new();
    for line in text.lines() {
        let mut words = line.split_whitespace();
        if let Some(task) = words.next() {
            let needed: Vec<&str> = words.collect();
            for name in &needed {
                needs.entry(name).or_default();
            }
            needs.entry(task).or_default().extend(needed);
        }
    }
    needs
}

/// Takes as many tasks as can be done out of the map, always the alphabetically first that is ready.
fn take_in_order<'a>(waiting: &mut Needs<'a>) -> Vec<&'a str> {
    let mut done = Vec::new();
    while let Some((&task, _)) = waiting.iter().find(|(_, needed)| needed.is_empty()) {
        done.push(task);
        waiting.remove(task);
        for needed in waiting.values_mut() {
            needed.remove(task);
        }
    }
    done
}

/// Follows the first need from the first waiting task until a task returns.
fn find_cycle<'a>(waiting: &Needs<'a>) -> Option<Vec<&'a str>> {
    let mut path = Vec::new();
    let mut task = *waiting.keys().next()?;
    loop {
        let seen = path.iter().position(|&name| name == task);
        path.push(task);
        if let Some(start) = seen {
            return Some(path.split_off(start));
        }
        task = waiting[task].iter().next()?;
    }
}

fn main() -> io::Result<()> {
    let text = io::read_to_string(io::stdin())?;
    let mut waiting = parse(&text);
    let done = take_in_order(&mut waiting);
    match find_cycle(&waiting) {
        Some(cycle) => println!("cycle: {}", cycle.join(" needs ")),
        None if done.is_empty() => println!("nothing to do"),
        None => println!("{}", done.join(" ")),
    }
    Ok(())
}
