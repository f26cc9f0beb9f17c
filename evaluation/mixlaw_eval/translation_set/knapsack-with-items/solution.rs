use std::io;

struct Item<'a> {
    name: &'a str,
    weight: usize,
    value: usize,
}

fn parse_item(line: &str) -> Option<Item<'_>> {
    let mut fields = line.split(' ');
    let name = fields.next()?;
    let weight = fields.next()?.parse().ok()?;
    let value = fields.next()?.parse().ok()?;
    fields.next().is_none().then_some(Item { name, weight, value })
}

/// The best selection; an item is left behind where it makes no difference.
fn pack<'a>(items: &'a [Item<'a>], capacity: usize) -> Vec<&'a Item<'a>> {
    let mut best = vec![vec![0; capacity + 1]; items.len() + 1];
    for (i, item) in items.iter().enumerate().rev() {
        for room in 0..=capacity {
            let without = best[i + 1][room];
            best[i][room] = match room.checked_sub(item.weight) {
                Some(rest) => without.max(best[i + 1][rest] + item.value),
                None => without,
            };
        }
    }
    let mut room = capacity;
    let mut chosen = Vec::new();
    for (item, rows) in items.iter().zip(best.windows(2)) {
        if rows[0][room] > rows[1][room] {
            chosen.push(item);
            room -= item.weight;
        }
    }
    chosen
}

fn report(text: &str) -> Result<String, String> {
    let mut lines = text.lines();
    let capacity = lines.next().and_then(|line| line.parse().ok()).ok_or("bad capacity")?;
    let items = lines
        .map(|line| parse_item(line).ok_or_else(|| format!("bad item: {line}")))
        .collect::<Result<Vec<_>, _>>()?;
    let chosen = pack(&items, capacity);
    let value: usize = chosen.iter().map(|item| item.value).sum();
    let weight: usize = chosen.iter().map(|item| item.weight).sum();
    let names = match chosen.iter().map(|item| item.name).collect::<Vec<_>>() {
        names if names.is_empty() => "nothing".to_string(),
        names => names.join(" "),
    };
    Ok(format!("value {value}, weight {weight}\n{names}"))
}

fn main() -> io::Result<()> {
    let text = io::read_to_string(io::stdin())?;
    println!("{}", report(&text).unwrap_or_else(|message| message));
    Ok(())
}
