use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::io;

type Roads<'a> = HashMap<&'a str, Vec<(&'a str, u64)>>;

/// Every line holds two towns and the cost of the road between them, both ways.
fn parse_roads<'a>(lines: impl Iterator<Item = &'a str>) -> Result<Roads<'a>, String> {
    let mut roads = Roads::new();
    for line in lines {
        let fields: Vec<&str> = line.split(' ').collect();
        let (&[a, b, _], Some(Ok(cost))) = (&fields[..], fields.get(2).map(|field| field.parse())) else {
            return Err(format!("bad road: {line}"));
        };
        roads.entry(a).or_default().push((b, cost));
        roads.entry(b).or_default().push((a, cost));
    }
    Ok(roads)
}

/// Settles the towns by cost, then by name, which decides between routes of equal cost.
fn cheapest_route<'a>(roads: &Roads<'a>, start: &'a str, goal: &str) -> Option<(u64, Vec<&'a str>)> {
    let mut costs = HashMap::from([(start, 0)]);
    let mut queue = BinaryHeap::from([Reverse((0, start, vec![start]))]);
    while let Some(Reverse((cost, town, route))) = queue.pop() {
        if town == goal {
            return Some((cost, route));
        }
        if cost > costs[town] {
            continue;
        }
        for &(neighbour, length) in roads.get(town).into_iter().flatten() {
            let total = cost + length;
            if costs.get(neighbour).map_or(true, |&known| total < known) {
                costs.insert(neighbour, total);
                let longer = route.iter().copied().chain([neighbour]).collect();
                queue.push(Reverse((total, neighbour, longer)));
            }
        }
    }
    None
}

fn report(text: &str) -> Result<String, String> {
    let mut lines = text.lines();
    let (start, goal) = lines
        .next()
        .and_then(|line| line.split_once(' '))
        .ok_or("the first line must name two towns")?;
    let roads = parse_roads(lines)?;
    Ok(match cheapest_route(&roads, start, goal) {
        Some((cost, route)) => format!("cost {cost}: {}", route.join(" > ")),
        None => "no route".to_string(),
    })
}

fn main() -> io::Result<()> {
    let text = io::read_to_string(io::stdin())?;
    println!("{}", report(&text).unwrap_or_else(|message| message));
    Ok(())
}
