use std::cmp::Reverse;
use std::io;

/// The smallest number of coins for every amount up to the limit; None where no coins pay it.
fn fewest_coins(coins: &[usize], limit: usize) -> Vec<Option<usize>> {
    let mut fewest = vec![Some(0)];
    for amount in 1..=limit {
        let counts = coins.iter().filter_map(|&coin| fewest[amount.checked_sub(coin)?]);
        let best = counts.min().map(|count| count + 1);
        fewest.push(best);
    }
    fewest
}

/// Always takes the largest coin that leaves an amount of one coin less.
fn pay(amount: usize, coins: &[usize], fewest: &[Option<usize>]) -> String {
    let Some(count) = fewest[amount] else {
        return format!("{amount} is impossible");
    };
    if count == 0 {
        return format!("{amount} = nothing");
    }
    let mut rest = amount;
    let mut paid = Vec::new();
    for left in (0..count).rev() {
        let fits = |&&coin: &&usize| coin <= rest && fewest[rest - coin] == Some(left);
        let coin = *coins.iter().find(fits).expect("the table says that a coin fits");
        paid.push(coin.to_string());
        rest -= coin;
    }
    format!("{amount} = {}", paid.join(" + "))
}

fn parse(word: &str, smallest: usize) -> Result<usize, String> {
    match word.parse() {
        Ok(number) if number >= smallest => Ok(number),
        _ => Err(format!("bad number: {word}")),
    }
}

fn run(text: &str) -> Result<(), String> {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let mut coins = first.split_whitespace().map(|word| parse(word, 1)).collect::<Result<Vec<_>, _>>()?;
    coins.sort_by_key(|&coin| Reverse(coin));
    let amounts = rest.split_whitespace().map(|word| parse(word, 0)).collect::<Result<Vec<_>, _>>()?;
    let fewest = fewest_coins(&coins, amounts.iter().copied().max().unwrap_or(0));
    for &amount in &amounts {
        println!("{}", pay(amount, &coins, &fewest));
    }
    println!("amounts: {}", amounts.len());
    Ok(())
}

fn main() -> io::Result<()> {
    let text = io::read_to_string(io::stdin())?;
    if let Err(message) = run(&text) {
        println!("{message}");
    }
    Ok(())
}
