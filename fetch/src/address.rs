//! Which internet addresses are somebody's private rooms: a table, one line a range.
//!
//! Of IPv6 only the global unicast block is let through, less what is carved out of it: a range that nobody has thought of
//! yet is refused. An IPv4 address inside an IPv6 one is never unwrapped; every such form is refused as a whole.
//!
//! Sources: the IANA special-purpose address registries (RFC 6890), RFC 6052 and RFC 8215 (NAT64), RFC 3056 (6to4),
//! RFC 4380 (Teredo), RFC 9637 (documentation), and the metadata services of cloud hosts.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Why nobody is asked at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Range {
    /// "This network", and the unspecified address.
    Unspecified,
    /// The machine itself.
    Loopback,
    /// A private network.
    Private,
    /// The neighbours on one link; metadata services live here.
    LinkLocal,
    /// The network between a provider and its customers.
    CarrierShared,
    /// A metadata service at an address that looks public.
    Metadata,
    /// Many machines at once.
    Multicast,
    /// Addresses of books and manuals.
    Documentation,
    /// Addresses of laboratories.
    Benchmark,
    /// An IPv4 address in IPv6 clothes: mapped, compatible, translated, 6to4 or Teredo.
    Embedded,
    /// Kept back by a standard, or not yet given to anybody.
    Reserved,
}

/// The range of addresses nobody is asked in that `address` lies in, if it does.
#[must_use]
pub fn refused(address: IpAddr) -> Option<Range> {
    match address {
        IpAddr::V4(address) => refused_v4(address),
        IpAddr::V6(address) => refused_v6(address),
    }
}

const V4: &[(Ipv4Addr, u32, Range)] = &[
    (Ipv4Addr::new(0, 0, 0, 0), 8, Range::Unspecified),
    (Ipv4Addr::new(10, 0, 0, 0), 8, Range::Private),
    (Ipv4Addr::new(100, 64, 0, 0), 10, Range::CarrierShared),
    (Ipv4Addr::new(127, 0, 0, 0), 8, Range::Loopback),
    (Ipv4Addr::new(168, 63, 129, 16), 32, Range::Metadata),
    (Ipv4Addr::new(169, 254, 0, 0), 16, Range::LinkLocal),
    (Ipv4Addr::new(172, 16, 0, 0), 12, Range::Private),
    (Ipv4Addr::new(192, 0, 0, 0), 24, Range::Reserved),
    (Ipv4Addr::new(192, 0, 2, 0), 24, Range::Documentation),
    (Ipv4Addr::new(192, 88, 99, 0), 24, Range::Reserved),
    (Ipv4Addr::new(192, 168, 0, 0), 16, Range::Private),
    (Ipv4Addr::new(198, 18, 0, 0), 15, Range::Benchmark),
    (Ipv4Addr::new(198, 51, 100, 0), 24, Range::Documentation),
    (Ipv4Addr::new(203, 0, 113, 0), 24, Range::Documentation),
    (Ipv4Addr::new(224, 0, 0, 0), 4, Range::Multicast),
    (Ipv4Addr::new(240, 0, 0, 0), 4, Range::Reserved),
];

/// The first line that holds an address decides; the last one refuses all that is not global unicast (2000::/3).
const V6: &[(Ipv6Addr, u32, Range)] = &[
    (Ipv6Addr::UNSPECIFIED, 128, Range::Unspecified),
    (Ipv6Addr::LOCALHOST, 128, Range::Loopback),
    (Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0, 0), 96, Range::Embedded),
    (Ipv6Addr::new(0, 0, 0, 0, 0xffff, 0, 0, 0), 96, Range::Embedded),
    (Ipv6Addr::UNSPECIFIED, 96, Range::Embedded),
    (Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96, Range::Embedded),
    (Ipv6Addr::new(0x64, 0xff9b, 1, 0, 0, 0, 0, 0), 48, Range::Embedded),
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 32, Range::Embedded),
    (Ipv6Addr::new(0x2001, 2, 0, 0, 0, 0, 0, 0), 48, Range::Benchmark),
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23, Range::Reserved),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32, Range::Documentation),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16, Range::Embedded),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20, Range::Documentation),
    (Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7, Range::Private),
    (Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 10, Range::LinkLocal),
    (Ipv6Addr::new(0xfec0, 0, 0, 0, 0, 0, 0, 0), 10, Range::Private),
    (Ipv6Addr::new(0xff00, 0, 0, 0, 0, 0, 0, 0), 8, Range::Multicast),
];

/// Global unicast, the only block of IPv6 that hosts of the public web have addresses in.
const GLOBAL_UNICAST: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

fn refused_v4(address: Ipv4Addr) -> Option<Range> {
    let holds = |(base, prefix, _): &&(Ipv4Addr, u32, Range)| {
        let mask = u32::MAX << (32 - prefix);
        address.to_bits() & mask == base.to_bits()
    };
    V4.iter().find(holds).map(|(_, _, range)| *range)
}

fn refused_v6(address: Ipv6Addr) -> Option<Range> {
    let lies_in = |base: Ipv6Addr, prefix: u32| {
        let mask = u128::MAX << (128 - prefix);
        address.to_bits() & mask == base.to_bits()
    };
    let (base, prefix) = GLOBAL_UNICAST;
    let named = V6.iter().find(|(base, prefix, _)| lies_in(*base, *prefix));
    named.map(|(_, _, range)| *range).or((!lies_in(base, prefix)).then_some(Range::Reserved))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<Range> {
        refused(text.parse().unwrap())
    }

    #[test]
    fn hosts_of_the_public_web_are_asked_up_to_the_very_edge_of_each_range() {
        for public in [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "168.63.129.15",
            "168.63.129.17",
            "169.253.255.255",
            "169.255.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "191.255.255.255",
            "192.0.1.0",
            "192.0.3.0",
            "192.88.98.255",
            "192.88.100.0",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "198.51.99.255",
            "198.51.101.0",
            "203.0.112.255",
            "203.0.114.0",
            "223.255.255.255",
            "2001:200::1",
            "2001:4860:4860::8888",
            "2001:db7:ffff::1",
            "2001:db9::1",
            "2003::1",
            "2606:4700::1111",
            "2a00:1450:4007::1",
            "3ffe:ffff::1",
            "3fff:1000::1",
        ] {
            assert_eq!(of(public), None, "{public}");
        }
    }

    /// Both ends of each range of IPv4.
    #[test]
    fn reserved_addresses_of_ipv4_are_refused_from_end_to_end() {
        for (first, last, range) in [
            ("0.0.0.0", "0.255.255.255", Range::Unspecified),
            ("10.0.0.0", "10.255.255.255", Range::Private),
            ("100.64.0.0", "100.127.255.255", Range::CarrierShared),
            ("127.0.0.0", "127.255.255.255", Range::Loopback),
            ("168.63.129.16", "168.63.129.16", Range::Metadata),
            ("169.254.0.0", "169.254.255.255", Range::LinkLocal),
            ("172.16.0.0", "172.31.255.255", Range::Private),
            ("192.0.0.0", "192.0.0.255", Range::Reserved),
            ("192.0.2.0", "192.0.2.255", Range::Documentation),
            ("192.88.99.0", "192.88.99.255", Range::Reserved),
            ("192.168.0.0", "192.168.255.255", Range::Private),
            ("198.18.0.0", "198.19.255.255", Range::Benchmark),
            ("198.51.100.0", "198.51.100.255", Range::Documentation),
            ("203.0.113.0", "203.0.113.255", Range::Documentation),
            ("224.0.0.0", "239.255.255.255", Range::Multicast),
            ("240.0.0.0", "255.255.255.255", Range::Reserved),
        ] {
            assert_eq!((of(first), of(last)), (Some(range), Some(range)), "{first} – {last}");
        }
    }

    #[test]
    fn reserved_addresses_of_ipv6_are_refused_from_end_to_end() {
        for (first, last, range) in [
            ("::", "::", Range::Unspecified),
            ("::1", "::1", Range::Loopback),
            ("::2", "::ffff:ffff", Range::Embedded),
            ("::ffff:0.0.0.0", "::ffff:255.255.255.255", Range::Embedded),
            ("::ffff:0:0.0.0.0", "::ffff:0:255.255.255.255", Range::Embedded),
            ("64:ff9b::", "64:ff9b::ffff:ffff", Range::Embedded),
            ("64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff", Range::Embedded),
            ("100::", "100::ffff:ffff:ffff:ffff", Range::Reserved),
            ("2001::", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff", Range::Embedded),
            ("2001:1::", "2001:1:ffff::", Range::Reserved),
            ("2001:2::", "2001:2:0:ffff:ffff:ffff:ffff:ffff", Range::Benchmark),
            ("2001:10::", "2001:2f:ffff::", Range::Reserved),
            ("2001:30::", "2001:1ff:ffff::", Range::Reserved),
            ("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", Range::Documentation),
            ("2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", Range::Embedded),
            ("3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", Range::Documentation),
            ("4000::", "fbff:ffff::", Range::Reserved),
            ("5f00::", "5f00:ffff::", Range::Reserved),
            ("fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", Range::Private),
            ("fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", Range::LinkLocal),
            ("fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", Range::Private),
            ("ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", Range::Multicast),
        ] {
            assert_eq!((of(first), of(last)), (Some(range), Some(range)), "{first} – {last}");
        }
    }

    #[test]
    fn metadata_services_are_refused_under_every_address_they_answer_at() {
        for (service, address) in [
            ("AWS, Azure, Google, OpenStack", "169.254.169.254"),
            ("AWS containers", "169.254.170.2"),
            ("AWS, IPv6", "fd00:ec2::254"),
            ("Google, IPv6", "fd20:ce::254"),
            ("Alibaba", "100.100.100.200"),
            ("Oracle", "192.0.0.192"),
            ("Azure host", "168.63.129.16"),
            ("any, mapped", "::ffff:169.254.169.254"),
            ("any, through NAT64", "64:ff9b::a9fe:a9fe"),
            ("any, through 6to4", "2002:a9fe:a9fe::1"),
            ("any, through Teredo", "2001:0:a9fe:a9fe::1"),
        ] {
            assert!(of(address).is_some(), "{service}: {address}");
        }
    }
}
