use std::collections::HashMap;
use std::io;

#[derive(Default)]
struct Settings<'a> {
    parents: HashMap<&'a str, Option<&'a str>>,
    values: HashMap<(&'a str, &'a str), &'a str>,
    current: Option<&'a str>,
}

fn cut(text: &str, separator: char) -> (&str, Option<&str>) {
    match text.split_once(separator) {
        Some((before, after)) => (before.trim(), Some(after.trim())),
        None => (text.trim(), None),
    }
}

impl<'a> Settings<'a> {
    fn parent(&self, name: &str) -> Result<Option<&str>, String> {
        let parent = self.parents.get(name);
        parent.copied().ok_or_else(|| format!("no section {name}"))
    }

    /// The value of the key, in the section or in the nearest one that it inherits from.
    fn find(&self, name: &str, key: &str) -> Result<String, String> {
        let parent = self.parent(name)?;
        match (self.values.get(&(name, key)), parent) {
            (Some(value), _) => Ok(format!("{value} (from {name})")),
            (None, Some(parent)) => self.find(parent, key),
            (None, None) => Ok("not set".to_string()),
        }
    }

    fn open(&mut self, heading: &'a str) -> Result<(), String> {
        let (name, parent) = cut(heading, ':');
        self.current = None;
        if self.parents.contains_key(name) {
            return Err(format!("section {name} again"));
        }
        if let Some(parent) = parent {
            self.parent(parent)?;
        }
        self.parents.insert(name, parent);
        self.current = Some(name);
        Ok(())
    }

    fn read(&mut self, line: &'a str) -> Result<(), String> {
        if line.is_empty() || line.starts_with(['#', ';']) {
            return Ok(());
        }
        if let Some(query) = line.strip_prefix('?').map(str::trim) {
            let (name, key) = cut(query, '.');
            println!("{query}: {}", self.find(name, key.unwrap_or(""))?);
            return Ok(());
        }
        if let Some(heading) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            return self.open(heading);
        }
        let (Some(section), (key, Some(value))) = (self.current, cut(line, '=')) else {
            return Err("not understood".to_string());
        };
        self.values.insert((section, key), value);
        Ok(())
    }
}

fn main() {
    let input = io::read_to_string(io::stdin()).unwrap();
    let mut settings = Settings::default();
    for (i, line) in input.lines().enumerate() {
        if let Err(message) = settings.read(line.trim()) {
            println!("line {}: {message}", i + 1);
        }
    }
}
