//! Messages as they come, and what is understood of them.

mod addresses;
mod authentic;
mod charsets;
mod fields;
mod files;
mod html;
mod parts;
mod properties;
mod seeds;
mod support;
mod tnef;
mod words;
