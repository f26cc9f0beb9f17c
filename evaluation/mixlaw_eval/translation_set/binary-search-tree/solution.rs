use std::io;

type Link = Option<Box<Node>>;

#[derive(Default)]
struct Node {
    key: i64,
    left: Link,
    right: Link,
}

/// The link that holds the key's node, or the empty one where it belongs.
fn find(link: &mut Link, key: i64) -> &mut Link {
    match link {
        Some(node) if key < node.key => find(&mut link.as_mut().unwrap().left, key),
        Some(node) if key > node.key => find(&mut link.as_mut().unwrap().right, key),
        _ => link,
    }
}

fn take_smallest(link: &mut Link) -> Option<i64> {
    if link.as_ref()?.left.is_some() {
        return take_smallest(&mut link.as_mut()?.left);
    }
    let node = link.take()?;
    *link = node.right;
    Some(node.key)
}

/// Empties the link's place; with two children, the node's successor takes it.
fn remove(link: &mut Link) {
    if let Some(mut node) = link.take() {
        *link = match (node.left.take(), node.right.take()) {
            (None, child) | (child, None) => child,
            (left, mut right) => {
                let key = take_smallest(&mut right).unwrap();
                Some(Box::new(Node { key, left, right }))
            }
        };
    }
}

fn in_order(link: &Link) -> String {
    link.as_ref().map_or(String::new(), |node| {
        format!(
            "{}{} {}",
            in_order(&node.left),
            node.key,
            in_order(&node.right)
        )
    })
}

fn height(link: &Link) -> usize {
    link.as_ref()
        .map_or(0, |node| 1 + height(&node.left).max(height(&node.right)))
}

fn main() {
    let mut root: Link = None;
    for line in io::stdin().lines().map(Result::unwrap) {
        let (command, word) = line.split_once(' ').unwrap_or((&line, ""));
        match (command, word.parse()) {
            ("insert", Ok(key)) => match find(&mut root, key) {
                Some(_) => println!("{key} is there already"),
                link => {
                    *link = Some(Box::new(Node {
                        key,
                        ..Node::default()
                    }))
                }
            },
            ("delete", Ok(key)) => match find(&mut root, key) {
                None => println!("{key} is not there"),
                link => remove(link),
            },
            ("show", _) if word.is_empty() => {
                println!("{}(height {})", in_order(&root), height(&root))
            }
            _ => println!("unknown command: {line}"),
        }
    }
}
