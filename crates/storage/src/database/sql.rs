//! Statements kept in a register, so that a test can prepare each on every engine, and arguments that grow.

use super::Param;

/// Declares the statements of a record file as constants and lists them in `STATEMENTS`.
macro_rules! statements {
    ($($name:ident = $text:expr;)+) => {
        $(const $name: &str = $text;)+
        /// Every fixed statement of this file, for the test that prepares them all.
        pub(crate) const STATEMENTS: &[(&str, &str)] = &[$((stringify!($name), $name)),+];
    };
}
pub(crate) use statements;

/// Arguments of a statement whose text is put together from parts.
#[derive(Default)]
pub(crate) struct Arguments {
    values: Vec<Box<dyn Param + Send>>,
}

impl Arguments {
    /// Adds a value and gives the placeholder that stands for it.
    pub(crate) fn add(&mut self, value: impl Param + Send + 'static) -> String {
        self.values.push(Box::new(value));
        format!("${}", self.values.len())
    }

    /// The values in the order of their placeholders.
    pub(crate) fn values(&self) -> Vec<&dyn Param> {
        self.values.iter().map(|value| &**value as &dyn Param).collect()
    }
}
