"""The site that a connection names: which addresses belong to it, and to which others it may redirect."""

import ipaddress
import re
import socket
from collections.abc import Iterable
from urllib.parse import unquote, urlencode, urljoin, urlsplit

from orderpaper.errors import ConfigError, UpstreamError
from orderpaper.http.answers import Failure

Params = list[tuple[str, str | int]]

_PORTS = {"http": 80, "https": 443}
_PATH = re.compile(r"/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Site:
    """The site that a connection names.

    Args:
        source: the source's name, for messages.
        base_url: scheme, host and, if any, port, path prefix, and user and password.
        other_hosts: hosts to which the site may redirect. A site on loopback may only redirect to itself, so that a
            simulated or captured Parliament never leads to the real one.

    Raises:
        ConfigError: the base URL is not valid.
    """

    def __init__(self, source: str, base_url: str, other_hosts: Iterable[str] = ()) -> None:
        self._source = source
        try:
            parts = urlsplit(base_url)
            port = parts.port
        except ValueError:
            parts, port = urlsplit(""), None
        if parts.scheme not in _PORTS or not parts.hostname or parts.query or parts.fragment:
            raise ConfigError(
                f"The address of {source} is not a web address such as https://api.example.org; correct its connection."
            )
        self.host = parts.hostname
        netloc = parts.netloc.rpartition("@")[2]
        self.origin = f"{parts.scheme}://{netloc}"
        """Scheme, host and port."""
        self.base_url = self.origin + parts.path.rstrip("/")
        """The address to which every path is relative, without user and password, which no log may show."""
        self._credentials = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
        self.is_loopback = self.host == "localhost" or _is_loopback(self.host)
        self._own = (self.host, port or _PORTS[parts.scheme])
        self._other_hosts = frozenset() if self.is_loopback else frozenset({self.host, *other_hosts})

    def address(self, path: str, params: Params) -> str:
        """Return a path with its query, to append to the base URL.

        Raises:
            UpstreamError: the path, which may come from a document, would lead out of the base URL.
        """
        if not _PATH.fullmatch(path) or {".", ".."} & set(unquote(path).replace("\\", "/").split("/")):
            raise UpstreamError(f"{self._source}: {path!r} is not a path below {self.base_url}")
        return path + (f"?{urlencode(params)}" if params else "")

    def credentials_for(self, url: str) -> tuple[str, str] | None:
        """Return the connection's user and password if `url` belongs to the site; otherwise None."""
        return self._credentials if url.startswith(f"{self.origin}/") else None

    def follow(self, url: str, location: str) -> str | Failure:
        """Return the target of a redirect from `url`, or a failure if it must not be followed.

        A redirect may lead to this site or, at the usual port, to one of its other hosts on the public internet. It
        may not lead from https to http.
        """
        try:
            target = urlsplit(urljoin(url, location))
            origin = (target.hostname or "", target.port or _PORTS.get(target.scheme, 0))
        except ValueError:
            return _refused("an invalid address")
        where = f"{target.scheme}://{target.hostname}"
        if target.scheme not in _PORTS or target.username is not None:
            return _refused(where)
        if target.scheme == "http" and url.startswith("https:"):
            return _refused(f"{where}, without encryption")
        if origin != self._own:
            if target.hostname not in self._other_hosts or origin[1] != _PORTS[target.scheme]:
                return _refused(f"{where}:{origin[1]}, another site")
            if target.hostname != self.host and not _stands_on_the_internet(*origin):
                return _refused(f"{where}, which is not on the public internet")
        return target._replace(fragment="").geturl()


def is_public(address: str) -> bool:
    """Return whether an IP address is public, and not in a private, loopback, link-local or reserved network.

    For an IPv6 address that stands for an IPv4 address (mapped, 6to4, NAT64), the IPv4 address decides.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner:
            return is_public(str(inner))
        if ip.is_site_local or ip.teredo:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)


def _stands_on_the_internet(host: str, port: int) -> bool:
    """Return whether every IP address of a host is public; false if it has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        return False
    return all(is_public(str(info[4][0])) for info in found)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _refused(where: str) -> Failure:
    return Failure("redirect_refused", f"a redirect to {where}, which is not followed,", is_final=True)
