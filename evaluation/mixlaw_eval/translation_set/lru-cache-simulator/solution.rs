use std::collections::VecDeque;
use std::io;

struct LruCache {
    capacity: usize,
    entries: VecDeque<(String, String)>, // the most recently used first
    hits: u32,
    misses: u32,
}

impl LruCache {
    fn new(capacity: usize) -> Self {
        LruCache {
            capacity,
            entries: VecDeque::new(),
            hits: 0,
            misses: 0,
        }
    }

    fn take(&mut self, key: &str) -> Option<String> {
        let position = self.entries.iter().position(|(k, _)| k == key)?;
        self.entries.remove(position).map(|(_, value)| value)
    }

    fn get(&mut self, key: &str) -> String {
        match self.take(key) {
            Some(value) => {
                self.hits += 1;
                self.entries.push_front((key.to_string(), value.clone()));
                value
            }
            None => {
                self.misses += 1;
                "miss".to_string()
            }
        }
    }

    fn put(&mut self, key: &str, value: &str) -> String {
        let known = self.take(key).is_some();
        self.entries
            .push_front((key.to_string(), value.to_string()));
        if self.entries.len() > self.capacity {
            let oldest = self.entries.pop_back().map(|(key, _)| key);
            return format!("stored, evicted {}", oldest.unwrap_or_default());
        }
        if known { "replaced" } else { "stored" }.to_string()
    }

    fn execute(&mut self, line: &str) -> String {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["get", key] => self.get(key),
            ["put", key, value] => self.put(key, value),
            ["drop", key] => self.take(key).map_or("miss", |_| "dropped").to_string(),
            _ => format!("bad command: {line}"),
        }
    }
}

fn main() {
    let text = io::read_to_string(io::stdin()).unwrap();
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    let mut cache = match first.parse() {
        Ok(capacity) if capacity > 0 => LruCache::new(capacity),
        _ => return println!("bad capacity: {first}"),
    };
    for line in lines {
        println!("{}", cache.execute(line));
    }
    println!("hits {}, misses {}", cache.hits, cache.misses);
    let recent: Vec<String> = cache
        .entries
        .iter()
        .map(|(k, v)| format!("{k}={v}"))
        .collect();
    if recent.is_empty() {
        println!("cache: empty");
    } else {
        println!("cache: {}", recent.join(" "));
    }
}
