//! The counter (public) and the office (staff).
