//! Any bytes are a message, and both passes over it tell the same files.
#![no_main]

use std::io::Read;

use libfuzzer_sys::fuzz_target;
use mail::{Settings, read};

fuzz_target!(|bytes: &[u8]| {
    let settings = Settings {
        authserv_id: Some("mx.example".to_owned()),
        ..Settings::default()
    };
    let reading = read(bytes, &settings).expect("bytes in memory can be read");
    let mut attachments = reading.carried(bytes);
    let mut told = reading.message.carried.iter();
    while let Some(mut attachment) = attachments.next().expect("bytes in memory can be read") {
        let told = told.next().expect("the first pass told of it");
        let mut given = Vec::new();
        attachment.read_to_end(&mut given).expect("bytes in memory can be read");
        assert_eq!((told.part, told.size), (attachment.part, given.len() as u64));
    }
    assert!(told.next().is_none(), "the second pass gives everything");
    assert!(reading.message.words.whole.len() <= bytes.len() * 6 + 4000);
});
