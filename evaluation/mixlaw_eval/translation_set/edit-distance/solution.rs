use std::io;

fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut previous: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.chars().enumerate() {
        let mut current = vec![i + 1];
        for (j, &right) in b.iter().enumerate() {
            let substitution = previous[j] + usize::from(left != right);
            let edit = previous[j + 1].min(current[j]) + 1;
            current.push(edit.min(substitution));
        }
        previous = current;
    }
    previous[b.len()]
}

fn main() {
    let text = io::read_to_string(io::stdin()).unwrap();
    let mut lines = text.lines();
    let first = lines.next().unwrap();
    let second = lines.next().unwrap();
    println!("{}", edit_distance(first, second));
}
