use std::collections::HashMap;
use std::io;

/// The fields' order is the order of choice: cheap cables first, then by name.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Cable<'a> {
    price: i64,
    a: &'a str,
    b: &'a str,
}

impl<'a> Cable<'a> {
    fn parse(line: &'a str) -> Option<Self> {
        let mut fields = line.split(' ');
        let (first, second) = (fields.next()?, fields.next()?);
        let price = fields.next()?.parse().ok()?;
        Some(Cable { price, a: first.min(second), b: first.max(second) })
    }
}

/// Leads every house towards the leader of the part it belongs to.
#[derive(Default)]
struct Network<'a> {
    leader: HashMap<&'a str, &'a str>,
}

impl<'a> Network<'a> {
    fn find(&mut self, house: &'a str) -> &'a str {
        let next = *self.leader.entry(house).or_insert(house);
        if next == house {
            return house;
        }
        let root = self.find(next);
        self.leader.insert(house, root);
        root
    }

    /// Connects the houses; false if they were connected already.
    fn connect(&mut self, cable: &Cable<'a>) -> bool {
        let (a, b) = (self.find(cable.a), self.find(cable.b));
        self.leader.insert(a, b);
        a != b
    }
}

fn main() -> io::Result<()> {
    let text = io::read_to_string(io::stdin())?;
    let mut cables: Vec<Cable> = text.lines().filter_map(Cable::parse).collect();
    cables.sort();
    let mut network = Network::default();
    cables.retain(|cable| network.connect(cable));
    for Cable { price, a, b } in &cables {
        println!("{a}-{b} {price}");
    }
    let total: i64 = cables.iter().map(|cable| cable.price).sum();
    println!("total {total}, parts {}", network.leader.len() - cables.len());
    Ok(())
}
