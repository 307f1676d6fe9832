//! What a message says: bytes in, facts out. No network, no disk, no clock.
