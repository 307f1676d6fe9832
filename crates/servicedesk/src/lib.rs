//! Job systems beside the built-in register.
