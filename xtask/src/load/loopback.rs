//! An address of this machine's own loopback: no load is sent anywhere else.

use std::net::SocketAddr;
use std::str::FromStr;

use crate::shell::Failure;

/// An address that leads to this machine and nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Loopback(SocketAddr);

impl Loopback {
    /// The address, if it is one of the loopback.
    ///
    /// # Errors
    /// When it leads elsewhere.
    pub(crate) fn of(address: SocketAddr) -> Result<Loopback, Failure> {
        if address.ip().is_loopback() {
            return Ok(Loopback(address));
        }
        Err(Failure::new(format!(
            "{address} is no address of the loopback; load is sent to this machine only"
        )))
    }

    pub(crate) fn address(self) -> SocketAddr {
        self.0
    }
}

impl FromStr for Loopback {
    type Err = Failure;

    /// Digits only: a name may lead anywhere.
    fn from_str(text: &str) -> Result<Loopback, Failure> {
        Loopback::of(text.parse().map_err(Failure::during(text))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_loopback_is_an_address_of_the_loopback() {
        for fine in ["127.0.0.1:8080", "127.8.9.1:1", "[::1]:80"] {
            assert!(fine.parse::<Loopback>().is_ok(), "{fine}");
        }
        for wrong in [
            "0.0.0.0:80",
            "10.0.0.1:80",
            "192.168.1.1:80",
            "203.0.113.5:80",
            "[::]:80",
            "[2001:db8::1]:80",
            "[::ffff:10.0.0.1]:80",
            "localhost:80",
            "127.0.0.1",
            "",
        ] {
            assert!(wrong.parse::<Loopback>().is_err(), "{wrong}");
        }
    }
}
