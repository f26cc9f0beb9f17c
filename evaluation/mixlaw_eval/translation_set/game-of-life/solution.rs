use std::io;

/// A grid whose rows and columns go on at the other side.
#[derive(PartialEq)]
struct Torus {
    cells: Vec<Vec<bool>>,
}

impl Torus {
    fn parse(rows: &[&str]) -> Option<Self> {
        let width = rows.first()?.len();
        let regular =
            |row: &&str| row.len() == width && row.chars().all(|sign| "#.".contains(sign));
        let cells = rows
            .iter()
            .map(|row| row.chars().map(|sign| sign == '#').collect());
        rows.iter().all(regular).then(|| Torus {
            cells: cells.collect(),
        })
    }

    fn neighbours(&self, row: usize, column: usize) -> usize {
        let (height, width) = (self.cells.len(), self.cells[0].len());
        let rows = [height - 1, 0, 1].map(|down| &self.cells[(row + down) % height]);
        let columns = [width - 1, 0, 1].map(|right| (column + right) % width);
        let alive = rows
            .iter()
            .flat_map(|line| columns.map(|c| line[c]))
            .filter(|&alive| alive);
        alive.count() - usize::from(self.cells[row][column])
    }

    fn next(&self) -> Self {
        let lives = |r: usize, c: usize| match self.neighbours(r, c) {
            3 => true,
            2 => self.cells[r][c],
            _ => false,
        };
        let row = |r: usize| (0..self.cells[r].len()).map(|c| lives(r, c)).collect();
        Torus {
            cells: (0..self.cells.len()).map(row).collect(),
        }
    }

    fn print(&self) {
        for row in &self.cells {
            let line: String = row
                .iter()
                .map(|&alive| if alive { '#' } else { '.' })
                .collect();
            println!("{line}");
        }
        println!(
            "alive: {}",
            self.cells.iter().flatten().filter(|&&alive| alive).count()
        );
    }
}

fn main() {
    let text = io::read_to_string(io::stdin()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let generations = lines.first().and_then(|line| line.parse::<u32>().ok());
    let torus = lines.get(1..).and_then(Torus::parse);
    let (Some(generations), Some(mut torus)) = (generations, torus) else {
        println!("expected: number of generations, then rows of # and . of one length");
        return;
    };
    for generation in 0..generations {
        let following = torus.next();
        if following == torus {
            println!("still from generation {generation}");
            break;
        }
        torus = following;
    }
    torus.print();
}
