"""The addresses that belong to a site, and the redirects that are followed."""

import socket

import pytest
import requests
import urllib3
from hypothesis import given
from hypothesis import strategies as st

from orderpaper.errors import UpstreamError
from orderpaper.http.answers import Failure
from orderpaper.http.site import Site, is_public

LOCATION = "https://www.parliament.example/moved"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("151.101.1.69", True),
        ("2a04:4e42::144", True),
        ("::ffff:151.101.1.69", True),
        ("64:ff9b::151.101.1.69", True),
        ("10.0.0.1", False),
        ("100.64.0.1", False),
        ("127.0.0.1", False),
        ("0.0.0.0", False),
        ("169.254.169.254", False),
        ("172.31.255.255", False),
        ("192.168.1.1", False),
        ("192.0.2.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("239.255.255.250", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:a00:1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::10.0.0.1", False),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", False),
        ("fc00::1", False),
        ("fe80::1%eth0", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("2001:db8::1", False),
    ],
)
def test_which_ip_addresses_are_of_the_public_internet(address, expected):
    assert is_public(address) is expected


def resolve(monkeypatch, *addresses):
    def resolved(host, port, **_):
        if not addresses:
            raise socket.gaierror(f"{host} has no address")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)


@pytest.fixture
def site() -> Site:
    return Site("members", "https://api.parliament.example/v1", ["www.parliament.example"])


def test_a_redirect_to_an_allowed_host_on_the_internet_is_followed(site, monkeypatch):
    resolve(monkeypatch, "151.101.1.69", "2a04:4e42::144")
    assert site.follow("https://api.parliament.example/v1/a", f"{LOCATION}?a=b#c") == f"{LOCATION}?a=b"


@pytest.mark.parametrize("addresses", [("127.0.0.1",), ("151.101.1.69", "10.0.0.1"), ("::ffff:169.254.169.254",), ()])
def test_a_host_of_which_any_address_is_private_is_not_followed(site, monkeypatch, addresses):
    resolve(monkeypatch, *addresses)
    refused = site.follow("https://api.parliament.example/v1/a", LOCATION)
    assert isinstance(refused, Failure)
    assert "not on the public internet" in refused.reason


@pytest.mark.parametrize(
    "location",
    [
        "http://api.parliament.example/v1/a",
        "http://www.parliament.example/",
        "https://www.parliament.example:8443/",
        "https://parliament.example/",
        "https://www.parliament.example.evil.example/",
        "https://www.parliament.example@evil.example/",
        "https://151.101.1.69/",
        "gopher://www.parliament.example/",
        "https://[::1",
        "https://www.parliament.example:port/",
    ],
)
def test_no_other_address_is_followed(site, monkeypatch, location):
    resolve(monkeypatch, "151.101.1.69")
    refused = site.follow("https://api.parliament.example/v1/a", location)
    assert isinstance(refused, Failure)
    assert (refused.outcome, refused.is_final) == ("redirect_refused", True)


def test_its_own_address_is_followed_wherever_it_stands():
    site = Site("members", "http://10.1.2.3:8080", [])
    assert site.follow("http://10.1.2.3:8080/a", "/b") == "http://10.1.2.3:8080/b"
    assert isinstance(site.follow("http://10.1.2.3:8080/a", "http://10.1.2.3:6379/"), Failure)


def test_encryption_may_be_gained(monkeypatch):
    site = Site("members", "http://api.parliament.example")
    assert site.follow("http://api.parliament.example/a", "https://api.parliament.example/a") == (
        "https://api.parliament.example/a"
    )


def test_credentials_are_for_the_site_alone():
    site = Site("members", "https://desk:secret@api.parliament.example", ["www.parliament.example"])
    assert site.base_url == "https://api.parliament.example"
    assert site.credentials_for("https://api.parliament.example/a") == ("desk", "secret")
    for other in ("https://www.parliament.example/", "https://api.parliament.example.evil.example/"):
        assert site.credentials_for(other) is None


@pytest.mark.parametrize(
    "path",
    [
        "@evil.example/",
        ".evil.example/",
        ":8080/",
        "list",
        "",
        "/a/../../admin",
        "/a/..%2f..%2fadmin",
        "/%2e%2e/admin",
        "/./a",
        "/a\\b",
        "/a?b",
        "/a#b",
        "/a b",
        "/a\r\nHost: evil.example",
    ],
)
def test_a_path_that_leads_elsewhere_is_not_asked_for(site, path):
    with pytest.raises(UpstreamError, match="is not a path below https://api"):
        site.address(path, [])


def test_an_ordinary_path_is():
    site = Site("members", "https://api.parliament.example/v1/")
    address = site.address("/Members/1,2/caf%C3%A9.json", [("name", "a b&c"), ("skip", 20)])
    assert site.base_url + address == (
        "https://api.parliament.example/v1/Members/1,2/caf%C3%A9.json?name=a+b%26c&skip=20"
    )


@given(st.one_of(st.text(), st.from_regex(r"(https?:)?//[^/]*[@:\[\]\\#?.]*[^/]*/.*")))
def test_no_location_leads_to_another_site(location):
    site = Site("members", "http://127.0.0.1:8080/v1")
    target = site.follow("http://127.0.0.1:8080/v1/a", location)
    if isinstance(target, str):
        assert requests.Request("GET", target).prepare().url.startswith("http://127.0.0.1:8080")
        assert urllib3.util.parse_url(target).netloc == "127.0.0.1:8080"


@given(st.one_of(st.text(), st.from_regex(r"/[a-z./%\\@:?#]*")), st.lists(st.tuples(st.text(), st.text())))
def test_no_path_or_parameter_leads_to_another_site(path, params):
    site = Site("members", "https://api.parliament.example/v1")
    try:
        address = site.address(path, params)
    except UpstreamError:
        return
    prepared = requests.Request("GET", site.base_url + address).prepare().url
    assert urllib3.util.parse_url(prepared).netloc == "api.parliament.example"
    assert prepared.startswith("https://api.parliament.example/v1")
