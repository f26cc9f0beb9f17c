use std::collections::VecDeque;
use std::io;

/// Steps from the first cell to the last, or None; '#' is a wall.
fn shortest_path(grid: &[&[u8]]) -> Option<usize> {
    let (rows, columns) = (grid.len(), grid[0].len());
    if grid[0][0] == b'#' {
        return None;
    }
    let mut distance = vec![vec![None; columns]; rows];
    distance[0][0] = Some(0);
    let mut queue = VecDeque::from([(0usize, 0usize, 0usize)]);
    while let Some((row, column, steps)) = queue.pop_front() {
        // A wrapped subtraction lands outside the grid, where the check below stops it.
        let neighbours = [
            (row + 1, column),
            (row.wrapping_sub(1), column),
            (row, column + 1),
            (row, column.wrapping_sub(1)),
        ];
        for (r, c) in neighbours {
            if r < rows && c < columns && grid[r][c] != b'#' && distance[r][c].is_none() {
                distance[r][c] = Some(steps + 1);
                queue.push_back((r, c, steps + 1));
            }
        }
    }
    distance[rows - 1][columns - 1]
}

fn main() {
    let text = io::read_to_string(io::stdin()).unwrap();
    let grid: Vec<&[u8]> = text.split_whitespace().map(str::as_bytes).collect();
    match shortest_path(&grid) {
        Some(steps) => println!("{steps}"),
        None => println!("-1"),
    }
}
