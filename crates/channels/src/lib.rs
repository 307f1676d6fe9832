//! The post room: what goes out to people and what comes back.

pub mod back_off;
pub mod email;
pub mod pace;
pub mod post_room;
