//! The digest that ties a file to a credential.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha384};

/// The subresource-integrity digest of `bytes`: `sha384-` and base64.
///
/// Spec: CRED-VCDM-11 (`digestSRI`).
#[must_use]
pub fn sri(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_the_one_browsers_compute_cred_vcdm_11() {
        // The example of the W3C recommendation "Subresource Integrity": `alert('Hello, world.');`.
        assert_eq!(
            sri(b"alert('Hello, world.');"),
            "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO"
        );
    }
}
