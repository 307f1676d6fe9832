//! What people and the worker do: one file per act, and the only writer.
