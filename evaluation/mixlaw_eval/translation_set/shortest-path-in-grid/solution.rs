use std::collections::{BTreeMap, HashMap, VecDeque};
use std::io;

type Cell = (i32, i32);

/// The cells that are not walls.
type Maze = BTreeMap<Cell, char>;

/// In alphabetical order, which makes the path found the first of the shortest.
const MOVES: [(char, Cell); 4] = [('D', (1, 0)), ('L', (0, -1)), ('R', (0, 1)), ('U', (-1, 0))];

fn parse(text: &str) -> Maze {
    let rows = (0..).zip(text.lines());
    rows.flat_map(|(row, line)| (0..).zip(line.chars()).map(move |(column, mark)| ((row, column), mark)))
        .filter(|&(_, mark)| mark != '#')
        .collect()
}

fn find(maze: &Maze, wanted: char) -> Option<Cell> {
    maze.iter().find(|(_, &mark)| mark == wanted).map(|(&cell, _)| cell)
}

fn shortest_path(maze: &Maze, start: Cell, end: Cell) -> Option<String> {
    let mut paths = HashMap::from([(start, String::new())]);
    let mut queue = VecDeque::from([start]);
    while let Some(cell) = queue.pop_front() {
        if cell == end {
            return paths.remove(&end);
        }
        for (name, (down, right)) in MOVES {
            let next = (cell.0 + down, cell.1 + right);
            if maze.contains_key(&next) && !paths.contains_key(&next) {
                let path = format!("{}{name}", paths[&cell]);
                paths.insert(next, path);
                queue.push_back(next);
            }
        }
    }
    None
}

fn main() -> io::Result<()> {
    let maze = parse(&io::read_to_string(io::stdin())?);
    match (find(&maze, 'S'), find(&maze, 'E')) {
        (Some(start), Some(end)) => match shortest_path(&maze, start, end) {
            Some(path) => println!("{} steps: {path}", path.len()),
            None => println!("no path"),
        },
        _ => println!("the maze needs S and E"),
    }
    Ok(())
}
