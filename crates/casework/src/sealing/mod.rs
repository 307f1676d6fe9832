//! Complaints about a member of staff that leave what the office shares: handed over to a line manager, sealed once their mail server has the
//! letter, read and reported on by links (R33 to R36, A14 to A17).

pub mod accept;
pub mod added;
pub mod enclose;
pub mod glass;
pub mod hand_over;
pub mod link;
pub mod record;
pub mod register;
pub mod suggest;
pub mod view;
