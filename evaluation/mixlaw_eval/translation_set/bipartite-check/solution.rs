use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io;

type Quarrels<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// Every line holds two guests who quarrel, or a guest who quarrels with nobody.
fn parse(text: &str) -> Quarrels<'_> {
    let mut quarrels = Quarrels::new();
    for line in text.lines() {
        let mut guests = line.split_whitespace();
        let (first, second) = (guests.next(), guests.next());
        if let Some(a) = first {
            quarrels.entry(a).or_default().extend(second);
        }
        if let Some(b) = second {
            quarrels.entry(b).or_default().extend(first);
        }
    }
    quarrels
}

/// Spreads out from the alphabetically first guest of every circle, who sits at table 1; fails with an odd cycle.
fn seat<'a>(quarrels: &Quarrels<'a>) -> Result<BTreeMap<&'a str, u8>, Vec<&'a str>> {
    let mut tables = BTreeMap::new();
    let mut before = BTreeMap::new();
    for &first in quarrels.keys() {
        if tables.contains_key(first) {
            continue;
        }
        tables.insert(first, 1);
        let mut queue = VecDeque::from([first]);
        while let Some(guest) = queue.pop_front() {
            for &other in &quarrels[guest] {
                if !tables.contains_key(other) {
                    tables.insert(other, 3 - tables[guest]);
                    before.insert(other, guest);
                    queue.push_back(other);
                } else if tables[other] == tables[guest] {
                    return Err(close_cycle(&before, guest, other));
                }
            }
        }
    }
    Ok(tables)
}

/// Two guests of one rank who quarrel: the ways back to where they meet, as one way around.
fn close_cycle<'a>(before: &BTreeMap<&'a str, &'a str>, left: &'a str, right: &'a str) -> Vec<&'a str> {
    if left == right {
        return vec![left];
    }
    let inner = close_cycle(before, before[left], before[right]);
    [vec![left], inner, vec![right]].concat()
}

fn main() -> io::Result<()> {
    let text = io::read_to_string(io::stdin())?;
    match seat(&parse(&text)) {
        Ok(tables) => {
            for table in [1, 2] {
                let guests = tables.iter().filter(|(_, &place)| place == table);
                let names: String = guests.map(|(guest, _)| format!(" {guest}")).collect();
                println!("table {table}:{names}");
            }
        }
        Err(cycle) => println!("odd cycle: {}", cycle.join(" ")),
    }
    Ok(())
}
