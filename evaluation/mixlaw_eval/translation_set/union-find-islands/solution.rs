use std::collections::BTreeMap;
use std::io;

/// Disjoint sets of the numbers below a limit; a root's entry is None.
struct DisjointSets {
    parent: Vec<Option<usize>>,
    size: Vec<usize>,
}

impl DisjointSets {
    fn new(count: usize) -> Self {
        DisjointSets { parent: vec![None; count], size: vec![1; count] }
    }

    fn find(&mut self, item: usize) -> usize {
        match self.parent[item] {
            None => item,
            Some(next) => {
                let root = self.find(next);
                self.parent[item] = Some(root);
                root
            }
        }
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        if a != b {
            self.parent[b] = Some(a);
            self.size[a] += self.size[b];
        }
    }
}

/// The sizes of every letter's regions; '.' is sea.
fn region_sizes(text: &str) -> BTreeMap<char, Vec<usize>> {
    let land: BTreeMap<(usize, usize), char> = text
        .lines()
        .enumerate()
        .flat_map(|(row, line)| line.chars().enumerate().map(move |(column, letter)| ((row, column), letter)))
        .filter(|&(_, letter)| letter != '.')
        .collect();
    let number: BTreeMap<(usize, usize), usize> = land.keys().copied().zip(0..).collect();
    let mut sets = DisjointSets::new(land.len());
    for (&(row, column), letter) in &land {
        for neighbour in [(row + 1, column), (row, column + 1)] {
            if land.get(&neighbour) == Some(letter) {
                sets.join(number[&(row, column)], number[&neighbour]);
            }
        }
    }
    let mut sizes: BTreeMap<char, Vec<usize>> = BTreeMap::new();
    for (item, &letter) in land.values().enumerate() {
        if sets.parent[item].is_none() {
            sizes.entry(letter).or_default().push(sets.size[item]);
        }
    }
    sizes
}

fn main() -> io::Result<()> {
    let sizes = region_sizes(&io::read_to_string(io::stdin())?);
    for (letter, regions) in &sizes {
        let largest = regions.iter().max().unwrap_or(&0);
        println!("{letter}: {} regions, the largest of {largest}", regions.len());
    }
    if sizes.is_empty() {
        println!("only sea");
    }
    Ok(())
}
