//! A form that brings files (multipart/form-data, RFC 7578), read piece by piece: no more than a frame of the connection is ever held.
//!
//! The parsers that are at hand take in whatever the connection has ready before they look at it, which for a fast sender is the whole file.

mod head;

use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use axum::body::{Body, HttpBody};

use head::read_head;
pub(crate) use head::{Part, boundary};

/// The longest head of a part, in bytes: a name, a file name and a type.
const LONGEST_HEAD: usize = 16 * 1024;
/// A sender that is silent for so long has gone.
const SILENCE: Duration = Duration::from_secs(30);

/// Why a form cannot be read further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Broken {
    /// It ended before its end, or its sender fell silent.
    CutShort,
    /// It is not what it says it is.
    Misshapen,
    /// More came than anybody needs to send.
    TooMuch,
}

/// A form on its way in.
pub(crate) struct Multipart {
    body: Body,
    held: Vec<u8>,
    /// What stands before every part but the first, and behind the last.
    delimiter: Vec<u8>,
    inside: Inside,
    /// How many bytes may still come.
    left: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    /// Before a delimiter, in what nobody reads.
    Nothing,
    /// Behind a delimiter.
    Delimiter,
    /// In the contents of a part.
    Part,
    /// Behind the last part.
    End,
}

impl Multipart {
    /// A form of which no more than `most` bytes are read.
    pub(crate) fn new(body: Body, boundary: &str, most: u64) -> Multipart {
        Multipart {
            body,
            // The first delimiter has no line before it: this stands for it.
            held: b"\r\n".to_vec(),
            delimiter: format!("\r\n--{boundary}").into_bytes(),
            inside: Inside::Nothing,
            left: most,
        }
    }

    /// The next part; what was not read of the one before is passed over. Nothing after the last.
    ///
    /// # Errors
    /// Why there is no next part.
    pub(crate) async fn next_part(&mut self) -> Result<Option<Part>, Broken> {
        if self.delimiter.len() == b"\r\n--".len() {
            return Err(Broken::Misshapen);
        }
        while matches!(self.inside, Inside::Nothing | Inside::Part) {
            self.next_bytes().await?;
        }
        if self.inside == Inside::End {
            return Ok(None);
        }
        self.hold(2).await?;
        if self.held.starts_with(b"--") {
            self.inside = Inside::End;
            return Ok(None);
        }
        let head = self.head().await?;
        self.inside = Inside::Part;
        Ok(Some(head))
    }

    /// The next bytes of the part; nothing after its last.
    ///
    /// # Errors
    /// Why they do not come.
    pub(crate) async fn next_bytes(&mut self) -> Result<Option<Vec<u8>>, Broken> {
        loop {
            if matches!(self.inside, Inside::Delimiter | Inside::End) {
                return Ok(None);
            }
            let ready = match find(&self.held, &self.delimiter) {
                Some(0) => {
                    self.held.drain(..self.delimiter.len());
                    self.inside = Inside::Delimiter;
                    return Ok(None);
                }
                Some(at) => at,
                // The delimiter may have begun at the very end.
                None => self.held.len().saturating_sub(self.delimiter.len() - 1),
            };
            if ready > 0 {
                return Ok(Some(self.held.drain(..ready).collect()));
            }
            self.more().await?;
        }
    }

    /// What was held back of a part that was cut short, in case a delimiter had begun there.
    pub(crate) fn rest(&mut self) -> Vec<u8> {
        let held = std::mem::take(&mut self.held);
        let begun = (0..=held.len()).find(|at| self.delimiter.starts_with(&held[*at..]));
        held[..begun.unwrap_or(held.len())].to_vec()
    }

    /// Passes over everything that is left, so that the answer is read by a browser that first sends all it has.
    pub(crate) async fn pass_over(mut self) {
        self.inside = Inside::Nothing;
        loop {
            self.held.clear();
            if self.more().await.is_err() {
                return;
            }
        }
    }

    async fn head(&mut self) -> Result<Part, Broken> {
        loop {
            if let Some(end) = find(&self.held, b"\r\n\r\n") {
                let head: Vec<u8> = self.held.drain(..end + 4).collect();
                return read_head(&head);
            }
            if self.held.len() > LONGEST_HEAD {
                return Err(Broken::Misshapen);
            }
            self.more().await?;
        }
    }

    async fn hold(&mut self, length: usize) -> Result<(), Broken> {
        while self.held.len() < length {
            self.more().await?;
        }
        Ok(())
    }

    /// One more frame of the connection.
    async fn more(&mut self) -> Result<(), Broken> {
        loop {
            let next = poll_fn(|context| Pin::new(&mut self.body).poll_frame(context));
            let Ok(Some(Ok(frame))) = tokio::time::timeout(SILENCE, next).await else {
                return Err(Broken::CutShort);
            };
            let Ok(data) = frame.into_data() else { continue };
            self.left = self.left.checked_sub(data.len() as u64).ok_or(Broken::TooMuch)?;
            self.held.extend_from_slice(&data);
            return Ok(());
        }
    }
}

/// Where a pattern stands first.
fn find(bytes: &[u8], pattern: &[u8]) -> Option<usize> {
    let first = *pattern.first()?;
    let mut from = 0;
    while let Some(at) = bytes[from..].iter().position(|byte| *byte == first) {
        let at = from + at;
        if bytes[at..].starts_with(pattern) {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &[u8], most: u64) -> Multipart {
        Multipart::new(Body::from(text.to_vec()), "XX", most)
    }

    async fn whole(mut form: Multipart) -> Result<Vec<(Part, Vec<u8>)>, Broken> {
        let mut parts = Vec::new();
        while let Some(part) = form.next_part().await? {
            let mut bytes = Vec::new();
            while let Some(more) = form.next_bytes().await? {
                bytes.extend(more);
            }
            parts.push((part, bytes));
        }
        Ok(parts)
    }

    fn part(name: &str, file: Option<&str>) -> Part {
        Part {
            name: name.to_owned(),
            file: file.map(str::to_owned),
        }
    }

    const USUAL: &[u8] = b"--XX\r\nContent-Disposition: form-data; name=\"what\"\r\n\r\nIt broke\r\n\
        --XX\r\ncontent-disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nx\r\n--X\r\n\r\n\
        --XX--\r\n";

    #[tokio::test]
    async fn fields_and_files_come_in_order_and_what_looks_like_a_boundary_is_contents() {
        let parts = whole(form(USUAL, 10_000)).await.unwrap();
        assert_eq!(
            parts,
            [
                (part("what", None), b"It broke".to_vec()),
                (part("files", Some("a.txt")), b"x\r\n--X\r\n".to_vec())
            ]
        );
    }

    #[tokio::test]
    async fn a_form_may_be_torn_between_any_two_bytes() {
        let expected = whole(form(USUAL, 10_000)).await.unwrap();
        for at in 0..USUAL.len() {
            let mut torn = form(&[], 10_000);
            torn.body = torn_body(&USUAL[..at], &USUAL[at..]);
            assert_eq!(whole(torn).await.unwrap(), expected, "torn at {at}");
        }
    }

    /// A body of two frames.
    fn torn_body(first: &[u8], second: &[u8]) -> Body {
        struct Two(Vec<Vec<u8>>);
        impl HttpBody for Two {
            type Data = axum::body::Bytes;
            type Error = std::convert::Infallible;
            fn poll_frame(
                mut self: Pin<&mut Self>,
                _: &mut std::task::Context<'_>,
            ) -> std::task::Poll<Option<Result<http_body::Frame<Self::Data>, Self::Error>>> {
                let frame = self.0.pop().map(|bytes| Ok(http_body::Frame::data(bytes.into())));
                std::task::Poll::Ready(frame)
            }
        }
        Body::new(Two(vec![second.to_vec(), first.to_vec()]))
    }

    #[tokio::test]
    async fn a_form_that_ends_too_soon_is_told_from_one_that_is_none() {
        for at in 0..USUAL.len() - 4 {
            assert_eq!(
                whole(form(&USUAL[..at], 10_000)).await,
                Err(Broken::CutShort),
                "cut at {at}"
            );
        }
        assert_eq!(
            whole(form(b"words without a boundary", 10_000)).await,
            Err(Broken::CutShort)
        );
        assert_eq!(whole(form(b"--XXYY\r\n\r\n", 10_000)).await, Err(Broken::Misshapen));
        assert_eq!(
            whole(form(b"--XX\r\nNo-Disposition: x\r\n\r\n", 10_000)).await,
            Err(Broken::Misshapen)
        );
        let endless = [b"--XX\r\n".to_vec(), vec![b'h'; 20_000]].concat();
        assert_eq!(whole(form(&endless, 100_000)).await, Err(Broken::Misshapen));
        assert_eq!(whole(form(USUAL, 50)).await, Err(Broken::TooMuch));
    }
}
