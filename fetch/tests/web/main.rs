//! The fetcher against a web of our own: names that lie, servers without manners, certificates of strangers.

#[cfg(test)]
mod guard;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod support;
#[cfg(test)]
mod verified;
