//! Looking for short patterns in bytes that arrive in pieces, without keeping more than the edge between two pieces.

/// A window over the end of what came before and the piece that just came.
#[derive(Debug, Default)]
pub(super) struct Window {
    held: Vec<u8>,
    /// Where `held` begins in the whole file.
    begins: u64,
}

/// The largest pattern that is looked for, in bytes: the header of an entry in a package with its name.
pub(super) const REACH: usize = 512;

impl Window {
    /// Adds a piece and shows `see` every place at which a pattern of up to [`REACH`] bytes can now be judged.
    pub(super) fn take(&mut self, piece: &[u8], mut see: impl FnMut(u64, &[u8])) {
        self.held.extend_from_slice(piece);
        let judged = self.held.len().saturating_sub(REACH);
        if judged == 0 {
            return;
        }
        see(self.begins, &self.held);
        self.held.drain(..judged);
        self.begins += judged as u64;
    }

    /// The rest, when no more will come.
    pub(super) fn end(&mut self, mut see: impl FnMut(u64, &[u8])) {
        see(self.begins, &self.held);
        self.held.clear();
    }
}

/// Every place at which a byte stands.
pub(super) fn places(bytes: &[u8], byte: u8) -> impl Iterator<Item = usize> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let found = bytes[from..].iter().position(|b| *b == byte)? + from;
        from = found + 1;
        Some(found)
    })
}
