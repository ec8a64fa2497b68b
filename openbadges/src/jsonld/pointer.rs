//! Where we are in a document: a path that is only written out when something is wrong there.

use std::fmt::Write;

/// A place in a document, as a chain of steps kept on the stack.
#[derive(Clone, Copy)]
pub(super) struct Place<'p> {
    step: Option<(&'p Self, Step<'p>)>,
    depth: usize,
}

#[derive(Clone, Copy)]
enum Step<'p> {
    Member(&'p str),
    Item(usize),
}

impl<'p> Place<'p> {
    /// The whole document.
    pub(super) const ROOT: Place<'static> = Place { step: None, depth: 0 };

    pub(super) fn member(&'p self, name: &'p str) -> Self {
        Self { step: Some((self, Step::Member(name))), depth: self.depth + 1 }
    }

    pub(super) fn item(&'p self, index: usize) -> Self {
        Self { step: Some((self, Step::Item(index))), depth: self.depth + 1 }
    }

    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// The place as a JSON pointer (RFC 6901).
    pub(super) fn pointer(&self) -> String {
        let Some((parent, step)) = self.step else { return String::new() };
        let mut text = parent.pointer();
        text.push('/');
        match step {
            Step::Member(name) => text.push_str(&name.replace('~', "~0").replace('/', "~1")),
            Step::Item(index) => {
                let written = write!(text, "{index}");
                debug_assert!(written.is_ok(), "writing to a string cannot fail");
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_written_as_rfc_6901_has_it() {
        let root = Place::ROOT;
        let first = root.member("a/b~c");
        assert_eq!(first.item(3).pointer(), "/a~1b~0c/3");
        assert_eq!(root.pointer(), "");
    }
}
