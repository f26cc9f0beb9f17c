use std::fmt;
use std::io;

#[derive(Clone, Copy)]
struct Rational {
    top: i64,
    bottom: i64,
}

#[derive(Clone, Copy)]
enum Failure {
    ZeroDivision,
    Malformed,
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 {
        a.abs()
    } else {
        gcd(b, a % b)
    }
}

impl Rational {
    fn new(top: i64, bottom: i64) -> Result<Self, Failure> {
        if bottom == 0 {
            return Err(Failure::ZeroDivision);
        }
        let divisor = gcd(top, bottom) * bottom.signum();
        Ok(Rational {
            top: top / divisor,
            bottom: bottom / divisor,
        })
    }

    fn parse(word: &str, answer: Rational) -> Result<Self, Failure> {
        if word == "_" {
            return Ok(answer);
        }
        let number = |text: &str| text.parse::<i64>().map_err(|_| Failure::Malformed);
        let (top, bottom) = word.split_once('/').unwrap_or((word, "1"));
        Rational::new(number(top)?, number(bottom)?)
    }
}

impl fmt::Display for Rational {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.bottom {
            1 => write!(f, "{}", self.top),
            _ => write!(f, "{}/{}", self.top, self.bottom),
        }
    }
}

fn evaluate(line: &str, answer: Rational) -> Result<Rational, Failure> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [left, symbol @ ("+" | "-" | "*" | "/"), right] = words[..] else {
        return Err(Failure::Malformed);
    };
    let a = Rational::parse(left, answer)?;
    let b = Rational::parse(right, answer)?;
    match symbol {
        "+" => Rational::new(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom),
        "-" => Rational::new(a.top * b.bottom - b.top * a.bottom, a.bottom * b.bottom),
        "*" => Rational::new(a.top * b.top, a.bottom * b.bottom),
        _ => Rational::new(a.top * b.bottom, a.bottom * b.top),
    }
}

fn main() {
    let mut answer = Rational { top: 0, bottom: 1 };
    for line in io::stdin().lines().map(Result::unwrap) {
        match evaluate(&line, answer) {
            Ok(result) => {
                answer = result;
                println!("{answer}");
            }
            Err(Failure::ZeroDivision) => println!("division by zero"),
            Err(Failure::Malformed) => println!("malformed line"),
        }
    }
}
