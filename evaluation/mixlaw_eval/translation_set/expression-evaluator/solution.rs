use std::io;

/// Recursive descent over one line; each method is a rule of the grammar.
struct Parser<'a> {
    text: &'a str,
    position: usize,
}

impl Parser<'_> {
    fn error<T>(&self, message: &str) -> Result<T, String> {
        Err(format!("{message} at {}", self.position + 1))
    }

    fn accept(&mut self, symbol: char) -> bool {
        let rest = self.text[self.position..].trim_start();
        self.position = self.text.len() - rest.len();
        let found = rest.starts_with(symbol);
        self.position += usize::from(found);
        found
    }

    fn sum(&mut self) -> Result<i64, String> {
        let mut value = self.product()?;
        loop {
            if self.accept('+') {
                value += self.product()?;
            } else if self.accept('-') {
                value -= self.product()?;
            } else {
                return Ok(value);
            }
        }
    }

    fn product(&mut self) -> Result<i64, String> {
        let mut value = self.factor()?;
        loop {
            if self.accept('*') {
                value *= self.factor()?;
            } else if self.accept('/') {
                let divisor = self.factor()?;
                value = value.checked_div(divisor).ok_or("division by zero")?;
            } else {
                return Ok(value);
            }
        }
    }

    fn factor(&mut self) -> Result<i64, String> {
        if self.accept('-') {
            return Ok(-self.factor()?);
        }
        if self.accept('(') {
            let value = self.sum()?;
            return if self.accept(')') { Ok(value) } else { self.error("expected ')'") };
        }
        let rest = &self.text[self.position..];
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        match rest[..end].parse() {
            Ok(value) => {
                self.position += end;
                Ok(value)
            }
            Err(_) => self.error("expected a number"),
        }
    }
}

fn evaluate(line: &str) -> Result<i64, String> {
    let mut parser = Parser { text: line, position: 0 };
    let value = parser.sum()?;
    if parser.position < line.len() {
        return parser.error("expected an operator");
    }
    Ok(value)
}

fn main() {
    for line in io::stdin().lines() {
        match evaluate(&line.unwrap()) {
            Ok(value) => println!("{value}"),
            Err(message) => println!("error: {message}"),
        }
    }
}
