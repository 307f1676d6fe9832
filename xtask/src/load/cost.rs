//! What a process costs: the time that it spent on the processors, from its own account.

use std::time::Duration;

use crate::shell::{Failure, Outcome};

/// Of a second: what the kernel counts in, on every architecture that we build for.
const TICKS: f64 = 100.0;

/// The time that a process spent on all processors so far; `"self"` is this one.
///
/// # Errors
/// When the kernel keeps no such account.
pub(crate) fn processor_time(process: &str) -> Outcome<Duration> {
    let path = format!("/proc/{process}/stat");
    let account = std::fs::read_to_string(&path).map_err(Failure::during(path.as_str()))?;
    // The name of the program stands in brackets and may hold anything; user and system time are the 12th and 13th field after it.
    let fields = account.rsplit_once(')').map(|(_, fields)| fields).unwrap_or_default();
    let ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<u64>);
    let ticks: u64 = ticks.sum::<Result<u64, _>>().map_err(Failure::during(path.as_str()))?;
    Ok(Duration::from_secs_f64(ticks as f64 / TICKS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_that_works_has_spent_time() {
        let before = processor_time("self").expect("our own account");
        let mut sum = 0_u64;
        while processor_time("self").expect("our own account") < before + Duration::from_millis(20) {
            sum = (0..100_000_u64).fold(sum, |sum, number| sum.wrapping_add(number * number));
        }
        assert!(sum > 0);
        assert!(processor_time("0").is_err(), "there is no such process");
    }
}
