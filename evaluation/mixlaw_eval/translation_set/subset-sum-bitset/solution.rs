use std::io;

/// Bit s is set when some of the values add up to s.
struct BitSet(Vec<u64>);

impl BitSet {
    fn reachable_sums(values: &[usize]) -> Self {
        let total: usize = values.iter().sum();
        let mut set = BitSet(vec![0; total / 64 + 1]);
        set.0[0] = 1;
        for &value in values {
            set.or_shifted(value);
        }
        set
    }

    /// Adds every member plus the shift; words are visited downwards, so each is read before it changes.
    fn or_shifted(&mut self, shift: usize) {
        let (words, bits) = (shift / 64, shift % 64);
        for i in (words..self.0.len()).rev() {
            let mut moved = self.0[i - words] << bits;
            if bits > 0 && i > words {
                moved |= self.0[i - words - 1] >> (64 - bits);
            }
            self.0[i] |= moved;
        }
    }

    fn contains(&self, sum: usize) -> bool {
        self.0
            .get(sum / 64)
            .is_some_and(|word| word >> (sum % 64) & 1 == 1)
    }

    fn len(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// The member nearest to the target; of two as near, the smaller.
    fn nearest(&self, target: usize) -> usize {
        (0..)
            .flat_map(|distance| [target.checked_sub(distance), Some(target + distance)])
            .flatten()
            .find(|&sum| self.contains(sum))
            .unwrap()
    }
}

fn main() {
    let text = io::read_to_string(io::stdin()).unwrap();
    let (first, queries) = text.split_once('\n').unwrap_or((&text, ""));
    let values: Vec<usize> = first
        .split_whitespace()
        .map(|word| word.parse().unwrap())
        .collect();
    let total: usize = values.iter().sum();
    let sums = BitSet::reachable_sums(&values);
    let half = sums.nearest(total / 2);
    println!("{} sums up to {total}", sums.len());
    println!("fairest split: {half} and {}", total - half);
    for word in queries.split_whitespace() {
        match word.parse() {
            Ok(target) if sums.contains(target) && target <= 10_000 => {
                println!("{word}: reachable")
            }
            Ok(target) if target <= 10_000 => {
                println!("{word}: nearest is {}", sums.nearest(target))
            }
            _ => println!("{word}: not a target from 0 to 10000"),
        }
    }
}
