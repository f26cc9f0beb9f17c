use std::collections::HashSet;
use std::io;

const ARROWS: [char; 4] = ['^', '>', 'v', '<'];

struct Robot<'a> {
    grid: Vec<&'a str>,
    place: (usize, usize),
    facing: usize,
    visited: HashSet<(usize, usize)>,
    bumps: u32,
}

impl<'a> Robot<'a> {
    fn find(grid: Vec<&'a str>) -> Option<Self> {
        let place = grid
            .iter()
            .enumerate()
            .find_map(|(row, line)| line.find(ARROWS).map(|column| (row, column)))?;
        let arrow = grid[place.0].chars().nth(place.1)?;
        let facing = ARROWS.iter().position(|&a| a == arrow)?;
        Some(Robot {
            grid,
            place,
            facing,
            visited: HashSet::from([place]),
            bumps: 0,
        })
    }

    /// The place ahead, unless something is in the way.
    fn ahead(&self) -> Option<(usize, usize)> {
        let (row, column) = self.place;
        let (row, column) = match ARROWS[self.facing] {
            '^' => (row.checked_sub(1)?, column),
            '>' => (row, column + 1),
            'v' => (row + 1, column),
            _ => (row, column.checked_sub(1)?),
        };
        let sign = self.grid.get(row)?.chars().nth(column)?;
        (sign != '#').then_some((row, column))
    }

    fn walk(&mut self, steps: u32) {
        for _ in 0..steps {
            let Some(place) = self.ahead() else {
                self.bumps += 1;
                return;
            };
            self.place = place;
            self.visited.insert(place);
        }
    }

    fn execute(&mut self, instruction: &str) {
        match (instruction, instruction.parse()) {
            ("L", _) => self.facing = (self.facing + 3) % 4,
            ("R", _) => self.facing = (self.facing + 1) % 4,
            (_, Ok(steps)) => self.walk(steps),
            _ => println!("ignored: {instruction}"),
        }
    }
}

fn main() {
    let text = io::read_to_string(io::stdin()).unwrap();
    let mut lines = text.lines();
    let grid = lines.by_ref().take_while(|line| !line.is_empty()).collect();
    let Some(mut robot) = Robot::find(grid) else {
        println!("no robot");
        return;
    };
    for instruction in lines.flat_map(str::split_whitespace) {
        robot.execute(instruction);
    }
    let (row, column) = robot.place;
    println!(
        "row {row}, column {column}, facing {}",
        ARROWS[robot.facing]
    );
    println!("visited {}, bumped {}", robot.visited.len(), robot.bumps);
}
