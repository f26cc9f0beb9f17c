use std::io;

const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

struct Event {
    name: String,
    first: u32,
    last: u32,
}

fn month_days(year: u32, month: u32) -> u32 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    }
}

/// The number of days since Monday, 1 January of the year 1.
fn parse_date(text: &str) -> Option<u32> {
    if text.len() != "2000-01-01".len() {
        return None;
    }
    let parts: Result<Vec<u32>, _> = text.split('-').map(str::parse).collect();
    match parts.ok()?[..] {
        [year @ 1..=9999, month @ 1..=12, day] if (1..=month_days(year, month)).contains(&day) => {
            let past = year - 1;
            let months: u32 = (1..month).map(|m| month_days(year, m)).sum();
            Some(past * 365 + past / 4 - past / 100 + past / 400 + months + day - 1)
        }
        _ => None,
    }
}

fn parse_event(line: &str) -> Result<Event, String> {
    let words: Vec<&str> = line.split(' ').collect();
    if let [first, last, name] = words[..] {
        if let (Some(first), Some(last)) = (parse_date(first), parse_date(last)) {
            return match first <= last {
                true => Ok(Event {
                    name: name.to_string(),
                    first,
                    last,
                }),
                false => Err(format!("{name} ends before it begins")),
            };
        }
    }
    Err(format!("bad event: {line}"))
}

fn main() {
    let mut events: Vec<Event> = Vec::new();
    for line in io::stdin().lines().map(Result::unwrap) {
        match parse_event(&line) {
            Ok(event) => {
                let weekday = WEEKDAYS[event.first as usize % 7];
                println!(
                    "{}: {weekday}, days: {}",
                    event.name,
                    event.last - event.first + 1
                );
                events.push(event);
            }
            Err(message) => println!("{message}"),
        }
    }
    events.sort_by_key(|event| event.first);
    let mut clashes = 0;
    for (i, a) in events.iter().enumerate() {
        for b in events[i + 1..].iter().filter(|b| b.first <= a.last) {
            let shared = a.last.min(b.last) - b.first + 1;
            println!("{} and {} share days: {shared}", a.name, b.name);
            clashes += 1;
        }
    }
    println!("clashes: {clashes}");
}
