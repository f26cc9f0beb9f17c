use std::io;

const END: &str = "end of input";

fn token_length(text: &str) -> usize {
    match text.strip_prefix('"').and_then(|tail| tail.split_once('"')) {
        Some((body, _)) if !body.contains(['\\', '\n']) => body.len() + 2,
        _ => text.find(|c: char| c != '-' && !c.is_alphanumeric()).unwrap_or(text.len()).max(1),
    }
}

fn is_string(token: &str) -> bool {
    token.len() > 1 && token.starts_with('"')
}

fn is_start(token: &str) -> bool {
    let known = matches!(token, "{" | "[" | "true" | "false" | "null");
    known || is_string(token) || token.parse::<i64>().is_ok()
}

/// Copies a value, every item to a line of its own.
struct Printer<'a> {
    rest: &'a str,
    taken: usize,
    pretty: String,
}

impl<'a> Printer<'a> {
    fn peek(&self) -> &'a str {
        self.rest.get(..token_length(self.rest)).unwrap_or(END)
    }

    fn expect(&mut self, name: &str, is_right: impl Fn(&str) -> bool) -> Result<&'a str, String> {
        let token = self.peek();
        if !is_right(token) {
            return Err(format!("token {}: expected {name}, found {token}", self.taken + 1));
        }
        self.taken += 1;
        if let Some(rest) = self.rest.strip_prefix(token) {
            self.rest = rest.trim_start();
            self.pretty += token;
        }
        Ok(token)
    }

    fn expect_token(&mut self, wanted: &str) -> Result<(), String> {
        self.expect(wanted, |token| token == wanted).map(|_| ())
    }

    fn value(&mut self, indent: &str) -> Result<(), String> {
        let close = match self.expect("a value", is_start)? {
            "{" => "}",
            "[" => "]",
            _ => return Ok(()),
        };
        if self.peek() != close {
            self.items(close == "}", &format!("{indent}  "))?;
            self.pretty += indent;
        }
        self.expect_token(close)
    }

    fn items(&mut self, keyed: bool, indent: &str) -> Result<(), String> {
        loop {
            self.pretty += indent;
            if keyed {
                self.expect("a key", is_string)?;
                self.expect_token(":")?;
                self.pretty.push(' ');
            }
            self.value(indent)?;
            if self.expect_token(",").is_err() {
                return Ok(());
            }
        }
    }
}

fn main() {
    let text = io::read_to_string(io::stdin()).unwrap();
    let mut printer = Printer { rest: text.trim(), taken: 0, pretty: String::new() };
    let outcome = printer.value("\n").and_then(|_| printer.expect_token(END));
    println!("{}", outcome.err().unwrap_or(printer.pretty));
}
