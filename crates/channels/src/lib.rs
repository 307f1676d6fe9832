//! The post room: what goes out to people and what comes back.
