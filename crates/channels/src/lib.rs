//! The post room: what goes out to people and what comes back.

pub mod back_off;
pub mod email;
pub mod mail_room;
pub mod pace;
mod pipe;
pub mod post_room;
pub mod scan;
pub mod trial;
