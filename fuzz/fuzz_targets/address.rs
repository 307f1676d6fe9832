//! The mailboxes that any text names.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for one in mail::addresses(text) {
        assert!(one.address.contains('@') && one.address.len() <= 320);
    }
});
