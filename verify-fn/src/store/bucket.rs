//! A published site in an S3 bucket, or in one of a host that speaks the same language.
//!
//! The client is made at the first question: most answers need no bucket, and a start must not wait for one. Everything has
//! a bound, and the reasons for having no file stay apart: only the bucket's own word that there is no such key makes a file
//! missing.

use std::error::Error;
use std::time::Duration;

use aws_config::BehaviorVersion;
use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_s3::Client;
use aws_sdk_s3::config::{Builder, Region};
use aws_sdk_s3::error::{ProvideErrorMetadata as _, SdkError};
use aws_sdk_s3::operation::get_object::{GetObjectError, GetObjectOutput};
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use bytes::{Bytes, BytesMut};
use openbadges::iri::BaseUrl;
use openbadges::verify::Unavailable;
use tokio::sync::{OnceCell, Semaphore};
use tokio::time::timeout;

use super::kept::{Asked, Copy, Kept};
use super::{BROKEN, BucketOptions, CATALOGUE, FILE_BYTES_MAX, Missing, address};

/// To a connection, its TLS included.
const CONNECT_TIME_MAX: Duration = Duration::from_secs(2);

/// To the head of one answer.
const ATTEMPT_TIME_MAX: Duration = Duration::from_secs(3);

/// To a whole file, its second try and the wait for a place included.
const FILE_TIME_MAX: Duration = Duration::from_secs(6);

/// How often a file is asked for, when the bucket had a moment of weakness.
const ATTEMPTS_MAX: u32 = 2;

/// The most files that are read at the same time.
const AT_ONCE_MAX: usize = 32;

#[derive(Debug)]
pub(super) struct Bucket {
    options: BucketOptions,
    client: OnceCell<Client>,
    base_url: OnceCell<BaseUrl>,
    kept: Kept,
    places: Semaphore,
}

impl Bucket {
    pub(super) fn new(options: BucketOptions) -> Self {
        Self {
            options,
            client: OnceCell::new(),
            base_url: OnceCell::new(),
            kept: Kept::default(),
            places: Semaphore::new(AT_ONCE_MAX),
        }
    }

    /// Where the site is published, once its catalogue could be read.
    pub(super) async fn base_url(&self) -> Option<&BaseUrl> {
        let read = async || {
            let catalogue = self.read(CATALOGUE).await.map_err(|_| ())?;
            address(&catalogue).ok_or(())
        };
        self.base_url.get_or_try_init(read).await.ok()
    }

    pub(super) async fn read(&self, path: &str) -> Result<Bytes, Missing> {
        let slot = self.kept.slot(path);
        let ask = async |mark: Option<&str>| {
            let asked = self.ask(path, mark).await;
            if let Ok(Asked::Read(copy)) = &asked {
                self.kept.weigh(path, copy.bytes.len());
            }
            asked
        };
        let too_slow = |_| Err(Missing::Unavailable(Unavailable::TooSlow));
        // The wait for one who asks the same is inside the bound.
        timeout(2 * FILE_TIME_MAX, slot.read(self.options.fresh_for, ask))
            .await
            .unwrap_or_else(too_slow)
    }

    async fn ask(&self, path: &str, mark: Option<&str>) -> Result<Asked, Missing> {
        let too_slow = |_| Err(Missing::Unavailable(Unavailable::TooSlow));
        timeout(FILE_TIME_MAX, self.get(path, mark)).await.unwrap_or_else(too_slow)
    }

    async fn get(&self, path: &str, mark: Option<&str>) -> Result<Asked, Missing> {
        let BucketOptions { bucket, prefix, .. } = &self.options;
        // It is never closed.
        let _place = self.places.acquire().await;
        let client = self.client.get_or_init(|| client(&self.options)).await;
        let get = client.get_object().bucket(bucket).key(format!("{prefix}{path}"));
        match get.set_if_none_match(mark.map(str::to_owned)).send().await {
            Ok(found) => Ok(Asked::Read(copy(found).await?)),
            Err(SdkError::ServiceError(refusal)) if refusal.raw().status().as_u16() == 304 => {
                Ok(Asked::Unchanged)
            }
            Err(error) => Err(missing(&error)),
        }
    }
}

/// A client with the credentials that this machine gives: its environment, its profile, its role.
async fn client(options: &BucketOptions) -> Client {
    let http = aws_smithy_http_client::Builder::new()
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .build_https();
    let times = TimeoutConfig::builder()
        .connect_timeout(CONNECT_TIME_MAX)
        .operation_attempt_timeout(ATTEMPT_TIME_MAX)
        .operation_timeout(FILE_TIME_MAX)
        .build();
    let shared = aws_config::defaults(BehaviorVersion::latest())
        .region(Region::new(options.region.clone()))
        .http_client(http)
        .timeout_config(times)
        .retry_config(RetryConfig::standard().with_max_attempts(ATTEMPTS_MAX))
        .load()
        .await;
    let mut builder = Builder::from(&shared);
    if let Some(endpoint) = &options.endpoint {
        builder = builder.endpoint_url(endpoint).force_path_style(true);
    }
    Client::from_conf(builder.build())
}

/// The whole file, and no more than a file may have.
async fn copy(found: GetObjectOutput) -> Result<Copy, Missing> {
    let too_large = Missing::Unavailable(Unavailable::TooLarge);
    let promised = found.content_length.and_then(|bytes| u64::try_from(bytes).ok());
    if promised.is_some_and(|bytes| bytes > FILE_BYTES_MAX) {
        return Err(too_large);
    }
    let mark = found.e_tag;
    let mut body = found.body;
    let mut bytes = BytesMut::new();
    while let Some(part) = body.next().await {
        bytes.extend_from_slice(&part.map_err(|_| Missing::Unavailable(BROKEN))?);
        if u64::try_from(bytes.len()).is_ok_and(|length| length > FILE_BYTES_MAX) {
            return Err(too_large);
        }
    }
    match promised {
        Some(promised) if u64::try_from(bytes.len()) != Ok(promised) => {
            Err(Missing::Unavailable(BROKEN))
        }
        _ => Ok(Copy { bytes: bytes.freeze(), mark }),
    }
}

fn missing(error: &SdkError<GetObjectError>) -> Missing {
    match error {
        SdkError::ServiceError(refusal) => {
            match (refusal.raw().status().as_u16(), refusal.err().code()) {
                (404, Some("NoSuchKey")) => Missing::NotThere,
                (401 | 403, _) => Missing::Denied,
                // No such bucket, for one: that says nothing of a file.
                (404, _) => Missing::Unavailable(Unavailable::Unreadable),
                _ => Missing::Unavailable(BROKEN),
            }
        }
        SdkError::TimeoutError(_) => Missing::Unavailable(Unavailable::TooSlow),
        SdkError::DispatchFailure(failure) if failure.is_timeout() => {
            Missing::Unavailable(Unavailable::TooSlow)
        }
        SdkError::DispatchFailure(failure) if failure.is_io() => {
            Missing::Unavailable(Unavailable::NoConnection)
        }
        _ if is_without_credentials(error) => Missing::Denied,
        _ => Missing::Unavailable(BROKEN),
    }
}

/// Whether nothing was sent, because this machine has no credentials or could not get them.
fn is_without_credentials(error: &SdkError<GetObjectError>) -> bool {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.is::<CredentialsError>() {
            return true;
        }
        cause = error.source();
    }
    false
}
