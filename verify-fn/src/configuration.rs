//! The one table of settings, for the program of a machine and for the one of Lambda: each has a flag and a name in the
//! environment. Read once, at the start; what cannot be meant is refused with a sentence, before anything is opened.

use std::fmt;
use std::time::Duration;

use camino::Utf8PathBuf;
use clap::Args;
use openbadges::iri::BaseUrl;
use openbadges::time::Timestamp;
use url::Url;

use crate::{BucketOptions, Function, Limits, Log, Store};

/// For how long a file of a bucket is believed, when nobody says otherwise.
const FRESH_SECONDS: u16 = 60;

/// The longest that a withdrawal may stay unseen by decision.
const FRESH_SECONDS_MAX: i64 = 3600;

/// Where the published site is, and whom the function may ask.
#[derive(Debug, Clone, Args)]
#[non_exhaustive]
pub struct Configuration {
    /// The folder of the published site. Its catalogue names the address it is published at.
    #[arg(long, env = "ACCOLADE_SITE", value_name = "DIR")]
    pub site: Option<Utf8PathBuf>,
    /// The S3 bucket of the published site, in place of a folder.
    #[arg(long, env = "ACCOLADE_BUCKET", value_name = "NAME")]
    pub bucket: Option<String>,
    /// What the keys of the site begin with in the bucket, such as `site/`; without, nothing.
    #[arg(long, env = "ACCOLADE_PREFIX", value_name = "PATH")]
    pub prefix: Option<String>,
    /// The region of the bucket; without, that of `AWS_REGION`.
    #[arg(long, env = "ACCOLADE_REGION", value_name = "REGION")]
    pub region: Option<String>,
    /// The S3 service that keeps the bucket, when it is not Amazon's.
    #[arg(long, env = "ACCOLADE_ENDPOINT", value_name = "URL")]
    pub endpoint: Option<String>,
    /// For how many seconds a file of the bucket is believed before it is asked for again (60).
    #[arg(long, env = "ACCOLADE_FRESH_SECONDS", value_name = "SECONDS")]
    #[arg(value_parser = clap::value_parser!(u16).range(..=FRESH_SECONDS_MAX))]
    pub fresh_seconds: Option<u16>,
    /// The address that the site is published at, when it is not the one of its catalogue.
    #[arg(long, env = "ACCOLADE_BASE_URL", value_name = "URL")]
    pub base_url: Option<String>,
    /// Who may ask, how often and how long, and whom the function may ask.
    #[command(flatten)]
    pub limits: Limits,
}

/// Why a configuration cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConfigurationError {
    /// Neither a folder nor a bucket.
    NoSite,
    /// A folder and a bucket.
    TwoSites,
    /// A setting of buckets, without a bucket.
    NoBucket(&'static str),
    /// A folder that is no built site.
    NotASite(Utf8PathBuf),
    /// A bucket without a region.
    NoRegion,
    /// A value that cannot be meant.
    Value {
        /// The flag of the setting.
        flag: &'static str,
        /// What was given.
        value: String,
        /// What it should be.
        form: &'static str,
    },
    /// A bucket, and a program that was built without them.
    BuiltWithout,
}

impl fmt::Display for ConfigurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSite => f.write_str(
                "there is no site to answer from; name its folder with `--site public/` (`ACCOLADE_SITE`), or its bucket with \
                 `--bucket NAME` (`ACCOLADE_BUCKET`)",
            ),
            Self::TwoSites => f.write_str(
                "the site is either in a folder or in a bucket; leave out `--site` (`ACCOLADE_SITE`) or `--bucket` \
                 (`ACCOLADE_BUCKET`)",
            ),
            Self::NoBucket(flag) => {
                write!(f, "`{flag}` is about a bucket, and none is named; add `--bucket NAME`")
            }
            Self::NotASite(folder) => {
                write!(f, "`{folder}` is not a built site; run `accolade build` first")
            }
            Self::NoRegion => f.write_str(
                "the region of the bucket is not known; add `--region`, for example `--region eu-west-3`",
            ),
            Self::Value { flag, value, form } => write!(f, "`{flag}` cannot be `{value}`: {form}"),
            Self::BuiltWithout => f.write_str(
                "this program was built without buckets; build it with `--features s3`, or use `--site`",
            ),
        }
    }
}

impl std::error::Error for ConfigurationError {}

impl Configuration {
    /// The function of this configuration, at the time of `clock`; `log` takes its lines, and `process` is a random number.
    /// Nothing is connected to.
    ///
    /// # Errors
    /// [`ConfigurationError`]
    pub fn function(
        &self,
        clock: fn() -> Timestamp,
        log: Log,
        process: u64,
    ) -> Result<Function, ConfigurationError> {
        let store = self.clone().without_empty().store()?;
        hosts("--allow-hosts", &self.limits.allow_hosts)?;
        hosts("--deny-hosts", &self.limits.deny_hosts)?;
        let settings = self.limits.settings(log, process);
        Ok(Function::with(store, self.limits.fetcher(), clock, settings))
    }

    /// A setting that is there and empty is not set: files of settings are filled in later.
    fn without_empty(mut self) -> Self {
        self.site = self.site.filter(|folder| !folder.as_str().is_empty());
        let texts = [
            &mut self.bucket,
            &mut self.prefix,
            &mut self.region,
            &mut self.endpoint,
            &mut self.base_url,
        ];
        for text in texts {
            if text.as_deref() == Some("") {
                *text = None;
            }
        }
        self
    }

    fn store(&self) -> Result<Store, ConfigurationError> {
        let base_url = self.base_url()?;
        let store = match (&self.site, &self.bucket) {
            (None, None) => Err(ConfigurationError::NoSite),
            (Some(_), Some(_)) => Err(ConfigurationError::TwoSites),
            (Some(folder), None) => {
                let of_bucket =
                    [("--prefix", &self.prefix), ("--endpoint", &self.endpoint)].into_iter();
                if let Some((flag, _)) = of_bucket.into_iter().find(|(_, value)| value.is_some()) {
                    return Err(ConfigurationError::NoBucket(flag));
                }
                let refuse = |_| ConfigurationError::NotASite(folder.clone());
                Store::folder(folder).map_err(refuse)
            }
            (None, Some(name)) => in_bucket(BucketOptions {
                bucket: bucket(name)?,
                prefix: prefix(self.prefix.as_deref())?,
                region: region(self.region.as_deref())?,
                endpoint: endpoint(self.endpoint.as_deref())?,
                fresh_for: Duration::from_secs(self.fresh_seconds.unwrap_or(FRESH_SECONDS).into()),
            }),
        }?;
        Ok(match base_url {
            Some(base_url) => store.at(base_url),
            None => store,
        })
    }

    fn base_url(&self) -> Result<Option<BaseUrl>, ConfigurationError> {
        let Some(given) = self.base_url.as_deref() else { return Ok(None) };
        let form =
            "write the address of the site in full, for example `https://badges.example.org`";
        let refuse = |_| refused("--base-url", given, form);
        BaseUrl::parse(given.strip_suffix('/').unwrap_or(given)).map(Some).map_err(refuse)
    }
}

#[cfg(feature = "s3")]
fn in_bucket(options: BucketOptions) -> Result<Store, ConfigurationError> {
    Ok(Store::bucket(options))
}

#[cfg(not(feature = "s3"))]
fn in_bucket(_: BucketOptions) -> Result<Store, ConfigurationError> {
    Err(ConfigurationError::BuiltWithout)
}

fn refused(flag: &'static str, value: &str, form: &'static str) -> ConfigurationError {
    ConfigurationError::Value { flag, value: value.to_owned(), form }
}

/// The name of a bucket, by the rules of S3.
fn bucket(name: &str) -> Result<String, ConfigurationError> {
    let form = "a bucket has 3 to 63 of the characters a-z, 0-9, `-` and `.`";
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
    let is_name = (3..=63).contains(&name.len()) && name.chars().all(is_plain);
    is_name.then(|| name.to_owned()).ok_or_else(|| refused("--bucket", name, form))
}

/// Keys begin with it, so it has no slash in front and one behind.
fn prefix(given: Option<&str>) -> Result<String, ConfigurationError> {
    let path = given.unwrap_or_default().trim_matches('/');
    let is_path = !path.split('/').any(|part| matches!(part, "." | "..")) && !path.contains("//");
    let form = "write the folder of the site in the bucket, for example `site/`";
    match path {
        _ if !is_path => Err(refused("--prefix", given.unwrap_or_default(), form)),
        "" => Ok(String::new()),
        path => Ok(format!("{path}/")),
    }
}

fn region(given: Option<&str>) -> Result<String, ConfigurationError> {
    let of_aws = || {
        let names = ["AWS_REGION", "AWS_DEFAULT_REGION"].into_iter();
        names.filter_map(|name| std::env::var(name).ok()).find(|region| !region.is_empty())
    };
    let region = given.map(str::to_owned).or_else(of_aws).ok_or(ConfigurationError::NoRegion)?;
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let form = "write it as its host does, for example `eu-west-3`";
    let is_name = !region.is_empty() && region.chars().all(is_plain);
    if is_name { Ok(region) } else { Err(refused("--region", &region, form)) }
}

fn endpoint(given: Option<&str>) -> Result<Option<String>, ConfigurationError> {
    let Some(given) = given else { return Ok(None) };
    let is_web = Url::parse(given)
        .is_ok_and(|url| matches!(url.scheme(), "https" | "http") && url.has_host());
    let form =
        "write the address of the S3 service in full, for example `https://s3.fr-par.scw.cloud`";
    if is_web { Ok(Some(given.to_owned())) } else { Err(refused("--endpoint", given, form)) }
}

/// What people add to the name of a host would match nothing.
fn hosts(flag: &'static str, given: &[String]) -> Result<(), ConfigurationError> {
    let form = "name hosts only, for example `badges.example.org` or `*.example.org`";
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.');
    let is_host = |pattern: &str| {
        let name = pattern.trim();
        let name = name.strip_prefix("*.").unwrap_or(name);
        !name.is_empty() && name.chars().all(is_plain)
    };
    match given.iter().find(|pattern| !is_host(pattern)) {
        Some(pattern) => Err(refused(flag, pattern, form)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    fn with(change: impl FnOnce(&mut Configuration)) -> Result<Function, ConfigurationError> {
        #[derive(Parser)]
        struct Given {
            #[command(flatten)]
            configuration: Configuration,
        }
        let Given { mut configuration } =
            Given::parse_from(["", "--bucket", "badges", "--region", "eu-west-3"]);
        change(&mut configuration);
        configuration.function(|| panic!("nobody asks"), Log::to(|_| ()), 0)
    }

    fn flag(refusal: Result<Function, ConfigurationError>) -> &'static str {
        match refusal {
            Err(ConfigurationError::Value { flag, .. }) => flag,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_site_is_in_one_place() {
        assert_eq!(with(|c| c.bucket = None).unwrap_err(), ConfigurationError::NoSite);
        let both = with(|c| c.site = Some("public".into()));
        assert_eq!(both.unwrap_err(), ConfigurationError::TwoSites);
        let folder = |change: fn(&mut Configuration)| {
            with(|c| {
                (c.bucket, c.site) = (None, Some("no-such-folder".into()));
                change(c);
            })
            .unwrap_err()
        };
        assert_eq!(folder(|_| ()), ConfigurationError::NotASite("no-such-folder".into()));
        let prefix = folder(|c| c.prefix = Some("site".into()));
        assert_eq!(prefix, ConfigurationError::NoBucket("--prefix"));
    }

    #[cfg(feature = "s3")]
    #[test]
    fn a_value_that_cannot_be_meant_is_refused_by_its_flag() {
        with(|_| ()).unwrap();
        for name in ["ab", "Badges", "a_b", "s3://badges", &"a".repeat(64)] {
            assert_eq!(flag(with(|c| c.bucket = Some(name.to_owned()))), "--bucket", "{name}");
        }
        for region in ["Paris", "eu west"] {
            assert_eq!(flag(with(|c| c.region = Some(region.to_owned()))), "--region", "{region}");
        }
        for path in ["../x", "a/../b", "a//b"] {
            assert_eq!(flag(with(|c| c.prefix = Some(path.to_owned()))), "--prefix", "{path}");
        }
        for url in ["s3.example.org", "ftp://s3.example.org", "https://"] {
            assert_eq!(flag(with(|c| c.endpoint = Some(url.to_owned()))), "--endpoint", "{url}");
        }
        for url in ["badges.example.org", "https://badges.example.org:8443"] {
            assert_eq!(flag(with(|c| c.base_url = Some(url.to_owned()))), "--base-url", "{url}");
        }
        for host in ["", "https://a.example", "a.example/x", "*", "a b"] {
            assert_eq!(
                flag(with(|c| c.limits.allow_hosts = vec![host.to_owned()])),
                "--allow-hosts",
                "{host}"
            );
            assert_eq!(
                flag(with(|c| c.limits.deny_hosts = vec![host.to_owned()])),
                "--deny-hosts",
                "{host}"
            );
        }
    }

    #[cfg(feature = "s3")]
    #[test]
    fn what_is_there_and_empty_is_not_set() {
        let empty = |c: &mut Configuration| {
            (c.site, c.prefix, c.endpoint) = (Some("".into()), Some("".into()), Some("".into()));
            c.base_url = Some("".into());
        };
        with(empty).unwrap();
        assert_eq!(with(|c| c.bucket = Some("".into())).unwrap_err(), ConfigurationError::NoSite);
    }

    #[test]
    fn a_prefix_ends_with_a_slash_and_begins_without() {
        for (given, meant) in
            [(None, ""), (Some("/"), ""), (Some("a"), "a/"), (Some("/a/b/"), "a/b/")]
        {
            assert_eq!(prefix(given).unwrap(), meant);
        }
    }
}
