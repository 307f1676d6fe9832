//! The new words of any text.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let new = mail::reply::new_words(text);
    assert!(new.len() <= text.len() + 1);
});
