//! How functions are cut: their length, and how much a caller must hand in.

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{FnArg, Signature, Type, Visibility};

use super::finding::{Finding, Weight};
use super::tree::{Tree, is_test};

/// Lines from the signature to the closing brace.
const MOST_LINES: usize = 70;
/// Beyond five, a struct with names reads better; `clippy.toml` says the same.
const MOST_PARAMETERS: usize = 5;

/// Reads every Rust file and measures its functions.
pub fn check(tree: &Tree) -> Vec<Finding> {
    tree.ending(&[".rs"])
        .flat_map(|(path, text)| file(path, text))
        .collect()
}

fn file(path: &str, text: &str) -> Vec<Finding> {
    let parsed = match syn::parse_file(text) {
        Ok(parsed) => parsed,
        Err(error) => {
            let line = error.span().start().line;
            return vec![Finding::broken("syntax", path, format!("cannot be read: {error}")).at(line)];
        }
    };
    let mut reader = Reader {
        path,
        found: Vec::new(),
    };
    reader.visit_file(&parsed);
    reader.found
}

struct Reader<'a> {
    path: &'a str,
    found: Vec<Finding>,
}

/// Whose choice a signature is, and who has to read its calls.
enum Shape {
    /// Ours, and called from its own file only.
    Private,
    /// Ours, and called from elsewhere.
    Shared,
    /// A method of a trait that may belong to somebody else.
    Given,
}

impl Shape {
    fn of(visibility: &Visibility) -> Shape {
        match visibility {
            Visibility::Inherited => Shape::Private,
            _ => Shape::Shared,
        }
    }
}

impl Reader<'_> {
    fn function(&mut self, signature: &Signature, body: Span, shape: Shape) {
        let first = signature.span().start().line;
        let name = &signature.ident;
        let lines = body.end().line + 1 - first;
        if lines > MOST_LINES && !is_test(self.path) {
            self.add(
                "function-length",
                first,
                format!("`{name}` has {lines} lines; {MOST_LINES} at most"),
            );
        }
        let flag_weight = match shape {
            Shape::Given => return,
            Shape::Shared => Weight::Broken,
            // Its callers stand beside it: the names are in sight.
            Shape::Private => Weight::Warning,
        };
        let parameters = signature.inputs.len();
        if parameters > MOST_PARAMETERS {
            self.add(
                "parameters",
                first,
                format!("`{name}` takes {parameters}; {MOST_PARAMETERS} at most"),
            );
        }
        if signature.inputs.iter().any(is_bool) && !is_test(self.path) {
            let what = format!("`{name}` takes a bool: an enum would say what it means");
            let finding = Finding::broken("bool-parameter", self.path, what).at(first);
            self.found.push(Finding {
                weight: flag_weight,
                ..finding
            });
        }
    }

    fn add(&mut self, rule: &'static str, line: usize, what: String) {
        self.found.push(Finding::broken(rule, self.path, what).at(line));
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.function(&item.sig, item.block.span(), Shape::of(&item.vis));
        visit::visit_item_fn(self, item);
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        for inside in &item.items {
            if let syn::ImplItem::Fn(method) = inside {
                let shape = if item.trait_.is_some() {
                    Shape::Given
                } else {
                    Shape::of(&method.vis)
                };
                self.function(&method.sig, method.block.span(), shape);
            }
        }
        visit::visit_item_impl(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        let body = item.default.as_ref().map_or_else(|| item.sig.span(), Spanned::span);
        self.function(&item.sig, body, Shape::Shared);
        visit::visit_trait_item_fn(self, item);
    }
}

fn is_bool(input: &FnArg) -> bool {
    match input {
        FnArg::Typed(typed) => matches!(&*typed.ty, Type::Path(path) if path.path.is_ident("bool")),
        FnArg::Receiver(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules_broken_by(text: &str) -> Vec<&'static str> {
        check(&Tree::of(&[("a.rs", text)]))
            .into_iter()
            .map(|finding| finding.rule)
            .collect()
    }

    fn with_lines(count: usize) -> String {
        format!("fn long() {{\n{}}}\n", "    step();\n".repeat(count - 2))
    }

    #[test]
    fn a_function_of_71_lines_is_broken_and_one_of_70_is_not() {
        assert_eq!(rules_broken_by(&with_lines(71)), ["function-length"]);
        assert_eq!(rules_broken_by(&with_lines(70)), [""; 0]);
    }

    #[test]
    fn the_documentation_of_a_function_does_not_count() {
        let text = format!("{}{}", "/// Words.\n".repeat(40), with_lines(60));
        assert_eq!(rules_broken_by(&text), [""; 0]);
    }

    #[test]
    fn methods_are_measured_too() {
        let text = format!("impl A {{\n{}}}\n", with_lines(71));
        assert_eq!(rules_broken_by(&text), ["function-length"]);
    }

    #[test]
    fn six_parameters_are_broken_and_five_are_not() {
        assert_eq!(
            rules_broken_by("fn f(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8) {}"),
            ["parameters"]
        );
        assert_eq!(rules_broken_by("fn f(a: u8, b: u8, c: u8, d: u8, e: u8) {}"), [""; 0]);
    }

    #[test]
    fn a_bool_parameter_is_broken_unless_a_trait_asks_for_it() {
        assert_eq!(rules_broken_by("pub fn f(on: bool) {}"), ["bool-parameter"]);
        assert_eq!(
            rules_broken_by("impl A { pub(crate) fn f(&self, on: bool) {} }"),
            ["bool-parameter"]
        );
        assert_eq!(
            rules_broken_by("impl Visit for A { fn f(&self, on: bool) {} }"),
            [""; 0]
        );
    }

    #[test]
    fn a_bool_that_only_the_same_file_hands_over_is_a_warning() {
        let found = check(&Tree::of(&[("a.rs", "fn f(on: bool) {}")]));
        assert_eq!(
            found.iter().map(|finding| finding.weight).collect::<Vec<_>>(),
            [Weight::Warning]
        );
    }

    #[test]
    fn a_file_that_is_not_rust_is_broken() {
        assert_eq!(rules_broken_by("fn {"), ["syntax"]);
    }
}
