use serde_json::{Value, json};

use super::*;
use crate::multibase;

fn key() -> SigningKey {
    SigningKey::from_seed(&[7; 32])
}

#[test]
fn a_key_survives_each_of_its_spellings() {
    let public = key().public();
    assert_eq!(PublicKey::from_multikey(&public.to_multikey()), Ok(public.clone()));
    assert_eq!(PublicKey::from_jwk(&public.to_jwk()), Ok(public.clone()));
    let again = SigningKey::from_secret_multikey(&key().to_secret_multikey()).unwrap();
    assert_eq!(again.public(), public);
    assert!(public.to_multikey().starts_with("z6Mk"));
    assert!(key().to_secret_multikey().starts_with("z3u2"));
}

/// CRED-KEY-7.
#[test]
fn a_secret_with_its_public_half_is_read_and_another_half_is_refused() {
    let PublicKey::Ed25519(public) = key().public() else { panic!("not Ed25519") };
    let long = |public: &[u8]| {
        multibase::base58btc(&[&ED25519_SECRET, [7; 32].as_slice(), public].concat())
    };
    let read = SigningKey::from_secret_multikey(&long(public.as_bytes())).unwrap();
    assert_eq!(read.public(), key().public());
    let refused = |text: &str| SigningKey::from_secret_multikey(text).unwrap_err();
    assert_eq!(refused(&long(&[1; 32])), KeyError::OtherPublicHalf);
    assert_eq!(refused(&long(&[1; 31])), KeyError::Length);
    assert_eq!(refused(&multibase::base58btc(&ED25519_SECRET)), KeyError::Length);
    assert_eq!(refused(&key().public().to_multikey()), KeyError::UnknownType);
}

#[test]
fn a_secret_is_never_printed() {
    let printed = format!("{:?}", key());
    assert!(!printed.contains(key().to_secret_multikey().as_str()), "{printed}");
    assert!(!printed.contains('['), "{printed}");
}

/// RFC 8037 Appendix A.3.
#[test]
fn the_thumbprint_is_that_of_rfc_8037() {
    let jwk = json!({"kty": "OKP", "crv": "Ed25519", "kid": "ignored", "alg": "EdDSA",
        "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"});
    let key = PublicKey::from_jwk(&jwk).unwrap();
    assert_eq!(key.thumbprint(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
}

/// CRED-KEY-3, CRED-KEY-6.
#[test]
fn a_jwk_of_another_kind_is_refused_for_its_reason() {
    let change = |name: &str, value: Value| {
        let mut jwk = key().public().to_jwk();
        jwk[name] = value;
        PublicKey::from_jwk(&jwk)
    };
    assert_eq!(change("d", json!("AAAA")), Err(KeyError::SecretMember));
    assert_eq!(change("kty", json!("oct")), Err(KeyError::UnknownType));
    assert_eq!(change("crv", json!("Ed448")), Err(KeyError::UnknownType));
    assert_eq!(change("crv", json!(null)), Err(KeyError::Member("crv")));
    assert_eq!(change("alg", json!("ES256")), Err(KeyError::Member("alg")));
    assert_eq!(change("use", json!("enc")), Err(KeyError::Member("use")));
    assert_eq!(change("key_ops", json!(["sign"])), Err(KeyError::Member("key_ops")));
    assert_eq!(change("key_ops", json!("verify")), Err(KeyError::Member("key_ops")));
    assert!(change("key_ops", json!(["verify"])).is_ok());
    assert_eq!(change("x", json!("AAAA")), Err(KeyError::Length));
    assert_eq!(change("x", json!("AAAA=")), Err(KeyError::Member("x")));
    assert_eq!(PublicKey::from_jwk(&json!("x")), Err(KeyError::Member("kty")));
}

/// CRED-KEY-5.
#[test]
fn a_multikey_of_another_kind_is_refused_for_its_reason() {
    let multikey = |bytes: &[u8]| PublicKey::from_multikey(&multibase::base58btc(bytes));
    assert_eq!(multikey(&[0xec, 0x01, 0, 0]), Err(KeyError::UnknownType));
    assert_eq!(multikey(&[ED25519_PUBLIC.as_slice(), &[1; 31]].concat()), Err(KeyError::Length));
    assert_eq!(multikey(&[ED25519_PUBLIC.as_slice(), &[1; 33]].concat()), Err(KeyError::Length));
    let secret = PublicKey::from_multikey(&key().to_secret_multikey());
    assert_eq!(secret, Err(KeyError::SecretMember));
    assert_eq!(
        PublicKey::from_multikey("u7QEAAAA"),
        Err(KeyError::Multibase(MultibaseError::Base('u')))
    );
}

/// CRED-EDDSA-8: the neutral point, its spelling with y = p + 1, and its spelling with the sign bit set.
#[test]
fn points_of_small_order_and_second_spellings_are_no_keys() {
    let mut neutral = [0; 32];
    neutral[0] = 1;
    let mut above_p = [0xff; 32];
    (above_p[0], above_p[31]) = (0xee, 0x7f);
    let mut signed_zero = neutral;
    signed_zero[31] = 0x80;
    // y = 2 is on no point of the curve.
    let mut off_curve = [0; 32];
    off_curve[0] = 2;
    for raw in [neutral, above_p, signed_zero, off_curve, [0; 32]] {
        assert_eq!(PublicKey::from_ed25519_bytes(&raw), Err(KeyError::NotAPoint), "{raw:?}");
    }
    // y = p + 3 spells a point of full order, which has the better spelling y = 3.
    let mut second_spelling = [0xff; 32];
    (second_spelling[0], second_spelling[31]) = (0xf0, 0x7f);
    assert!(!VerifyingKey::from_bytes(&second_spelling).unwrap().is_weak());
    assert_eq!(PublicKey::from_ed25519_bytes(&second_spelling), Err(KeyError::NotAPoint));
    let mut first_spelling = [0; 32];
    first_spelling[0] = 3;
    assert!(PublicKey::from_ed25519_bytes(&first_spelling).is_ok());
}

/// CRED-EDDSA-8: R is the neutral point, and S = k·a, which the owner of a key can compute. Plain RFC 8032
/// verification accepts it; others do not, so two verifiers would differ about one badge.
#[test]
fn a_signature_with_a_point_of_small_order_is_refused() {
    let s = [
        0xb6, 0x1c, 0x6a, 0xe6, 0x6d, 0x1f, 0xd3, 0xa9, 0xf7, 0xc9, 0xbb, 0x7c, 0x5d, 0x5a, 0x5e,
        0xff, 0xdc, 0x4d, 0x5b, 0xaf, 0x30, 0x53, 0xd5, 0x99, 0xd0, 0x31, 0x37, 0xca, 0xf0, 0x47,
        0x9f, 0x01,
    ];
    let mut signature = [0; SIGNATURE_LENGTH];
    signature[0] = 1;
    signature[32..].copy_from_slice(&s);
    let PublicKey::Ed25519(key) = key().public() else { panic!("not Ed25519") };
    let plain = ed25519_dalek::Verifier::verify(&key, b"badge", &Signature::from_bytes(&signature));
    assert!(plain.is_ok());
    let strict = PublicKey::Ed25519(key).verify_strict(b"badge", &signature);
    assert_eq!(strict, Err(BadSignature));
}

#[test]
fn a_signature_fits_its_message_and_key_only() {
    let signature = key().sign(b"badge");
    assert_eq!(key().public().verify_strict(b"badge", &signature), Ok(()));
    assert_eq!(key().public().verify_strict(b"badgf", &signature), Err(BadSignature));
    assert_eq!(key().public().verify_strict(b"badge", &signature[..63]), Err(BadSignature));
    let other = SigningKey::from_seed(&[8; 32]).public();
    assert_eq!(other.verify_strict(b"badge", &signature), Err(BadSignature));
}

/// A scalar of the right width for P-256 and P-384 both, by the way its bytes are repeated.
fn p256_key() -> p256::ecdsa::SigningKey {
    p256::ecdsa::SigningKey::from_slice(&[7; 32]).unwrap()
}

fn p384_key() -> p384::ecdsa::SigningKey {
    p384::ecdsa::SigningKey::from_slice(&[7; 48]).unwrap()
}

fn ecdsa_keys() -> [PublicKey; 2] {
    [PublicKey::P256(*p256_key().verifying_key()), PublicKey::P384(*p384_key().verifying_key())]
}

/// CRED-ECDSA-2, CRED-DIDKEY-4, CRED-KEY-6.
#[test]
fn an_ecdsa_key_survives_each_of_its_spellings() {
    for (key, prefix) in ecdsa_keys().iter().zip(["zDn", "z82"]) {
        assert!(key.to_multikey().starts_with(prefix));
        assert_eq!(PublicKey::from_multikey(&key.to_multikey()), Ok(key.clone()));
        assert_eq!(PublicKey::from_jwk(&key.to_jwk()), Ok(key.clone()));
    }
}

/// CRED-ECDSA-1: fixed width, and no lower half of `s` is asked for. The other curve's key and the other encoding fail.
#[test]
fn an_ecdsa_signature_fits_its_message_and_key_only() {
    use p256::ecdsa::signature::Signer as _;

    let [p256, p384] = ecdsa_keys();
    let signature: p256::ecdsa::Signature = p256_key().sign(b"badge");
    let bytes = signature.to_bytes();
    assert_eq!(p256.verify_strict(b"badge", &bytes), Ok(()));
    assert_eq!(p256.verify_strict(b"badgf", &bytes), Err(BadSignature));
    assert_eq!(p384.verify_strict(b"badge", &bytes), Err(BadSignature));
    assert_eq!(p256.verify_strict(b"badge", &bytes[..63]), Err(BadSignature));
    assert_eq!(p256.verify_strict(b"badge", &[0; 64]), Err(BadSignature));
    // The other value of s, which the owner of no key is needed for: it is the same signature, and no forgery.
    let (r, s) = signature.split_scalars();
    let other = p256::ecdsa::Signature::from_scalars(r.to_bytes(), (-*s).to_bytes()).unwrap();
    assert_eq!(p256.verify_strict(b"badge", &other.to_bytes()), Ok(()));

    let signature: p384::ecdsa::Signature = p384_key().sign(b"badge");
    assert_eq!(p384.verify_strict(b"badge", &signature.to_bytes()), Ok(()));
    assert_eq!(p384.verify_strict(b"badgf", &signature.to_bytes()), Err(BadSignature));
}

/// CRED-ECDSA-2, CRED-KEY-3: another length, a point off the curve, another form of the point, a secret.
#[test]
fn an_ecdsa_multikey_of_another_form_is_refused_for_its_reason() {
    let multikey = |prefix: [u8; 2], raw: &[u8]| {
        PublicKey::from_multikey(&multibase::base58btc(&[prefix.as_slice(), raw].concat()))
    };
    let point = p256_key().verifying_key().to_sec1_point(false).as_bytes().to_vec();
    assert_eq!(multikey([0x80, 0x24], &point), Err(KeyError::Length));
    let mut compact = p256_key().verifying_key().to_sec1_point(true).as_bytes().to_vec();
    compact[0] = 0x05;
    assert_eq!(multikey([0x80, 0x24], &compact), Err(KeyError::NotAPoint));
    let mut off_curve = [0xff; 33];
    off_curve[0] = 2;
    assert_eq!(multikey([0x80, 0x24], &off_curve), Err(KeyError::NotAPoint));
    assert_eq!(multikey([0x81, 0x24], &compact), Err(KeyError::Length));
    assert_eq!(multikey([0x86, 0x26], &[7; 32]), Err(KeyError::SecretMember));
    assert_eq!(multikey([0xe7, 0x01], &compact), Err(KeyError::UnknownType));
    assert_eq!(multikey([0x82, 0x24], &[2; 67]), Err(KeyError::UnknownType));
}

/// CRED-KEY-6; RFC 7518, 6.2.1.2: coordinates in full.
#[test]
fn an_ec_jwk_of_another_kind_is_refused_for_its_reason() {
    let [p256, _] = ecdsa_keys();
    let change = |name: &str, value: Value| {
        let mut jwk = p256.to_jwk();
        jwk[name] = value;
        PublicKey::from_jwk(&jwk)
    };
    assert_eq!(change("alg", json!("ES256")), Ok(p256.clone()));
    assert_eq!(change("alg", json!("ES384")), Err(KeyError::Member("alg")));
    assert_eq!(change("alg", json!("HS256")), Err(KeyError::Member("alg")));
    assert_eq!(change("crv", json!("secp256k1")), Err(KeyError::UnknownType));
    assert_eq!(change("crv", json!("P-384")), Err(KeyError::Length));
    assert_eq!(change("y", p256.to_jwk()["x"].clone()), Err(KeyError::NotAPoint));
    assert_eq!(change("x", json!("AAAA")), Err(KeyError::Length));
    assert_eq!(change("d", json!("AAAA")), Err(KeyError::SecretMember));
}

/// CRED-JOSE-8: 2048 bits or more, and every number has an end.
#[test]
fn an_rsa_key_outside_the_bounds_is_refused() {
    let key = |bytes: usize, exponent: &[u8]| RsaKey::new(&vec![0xff; bytes], exponent);
    assert!(key(256, &[1, 0, 1]).is_ok());
    assert!(key(256, &[3]).is_ok());
    assert!(key(1024, &[1, 0, 1]).is_ok());
    for (bytes, exponent) in [
        (255, [1, 0, 1].as_slice()),
        (1025, &[1, 0, 1]),
        (256, &[1]),
        (256, &[2]),
        (256, &[1, 0, 0, 0, 1]),
    ] {
        assert_eq!(key(bytes, exponent), Err(KeyError::Strength), "{bytes} {exponent:?}");
    }
    let mut short = vec![0xff; 256];
    short[0] = 0x7f;
    assert_eq!(RsaKey::new(&short, &[1, 0, 1]), Err(KeyError::Strength));
    let mut even = vec![0xff; 256];
    even[255] = 0xfe;
    assert_eq!(RsaKey::new(&even, &[1, 0, 1]), Err(KeyError::Strength));
    let mut padded = vec![0xff; 257];
    padded[0] = 0;
    assert_eq!(RsaKey::new(&padded, &[1, 0, 1]), Err(KeyError::Length));
    let jwk = json!({"kty": "RSA", "n": "_w", "e": "AQAB"});
    assert_eq!(PublicKey::from_jwk(&jwk), Err(KeyError::Strength));
}

/// A key for another RSA algorithm is one we cannot check with, and not a broken one.
#[test]
fn an_rsa_key_for_another_algorithm_is_not_used() {
    use base64::Engine as _;
    let modulus = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode([0xff; 256]);
    let jwk = |alg: &str| {
        PublicKey::from_jwk(&json!({"kty": "RSA", "n": modulus, "e": "AQAB", "alg": alg}))
    };
    assert!(jwk("RS256").is_ok());
    assert_eq!(jwk("PS256"), Err(KeyError::UnknownType));
    assert_eq!(jwk("RS1"), Err(KeyError::Member("alg")));
}

/// OB2-KEY-4, OB2-KEY-5.
#[test]
fn a_pem_is_a_public_key_or_nothing() {
    let ed25519 = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n";
    let key = PublicKey::from_pem(ed25519).unwrap();
    assert!(matches!(key, PublicKey::Ed25519(_)));
    assert_eq!(
        PublicKey::from_pem(&ed25519.replace("PUBLIC", "PRIVATE")),
        Err(KeyError::SecretMember)
    );
    assert_eq!(
        PublicKey::from_pem(&ed25519.replace("PUBLIC KEY", "CERTIFICATE")),
        Err(KeyError::Pem)
    );
    assert_eq!(PublicKey::from_pem("MCow"), Err(KeyError::Pem));
    assert_eq!(PublicKey::from_pem(&" ".repeat(1 << 20)), Err(KeyError::Pem));
}
