//! The directory at work: read when its time has come, kept when it is down, asked for line managers, and a source of VIPs.

mod kept;
mod line_managers;
mod vips;
