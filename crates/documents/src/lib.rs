//! Letters as text and HTML.
