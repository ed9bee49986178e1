"""Malicious sites and networks, and the secrets that our logs must not contain."""

import datetime as dt
import http.server
import ipaddress
import json
import logging
import ssl
import threading

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from orderpaper import ingest
from orderpaper.config import Paths
from orderpaper.errors import OrderPaperError, UpstreamError
from orderpaper.http.transport import Transport
from orderpaper.landing import Window

DAY = Window(dt.date(2025, 3, 10), dt.date(2025, 3, 10))


@pytest.fixture
def paths(tmp_path, monkeypatch):
    monkeypatch.setattr("time.sleep", lambda _: None)
    return Paths(tmp_path, "live")


@pytest.fixture
def self_signed(tmp_path):
    """A site that shows a certificate it made itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path / "site.pem"
    pem.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"https://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_certificate_that_nobody_vouches_for_is_refused(paths, self_signed, tmp_path, monkeypatch):
    monkeypatch.setenv("CURL_CA_BUNDLE", "")
    monkeypatch.setenv("PYTHONHTTPSVERIFY", "0")
    with pytest.raises(UpstreamError, match="CERTIFICATE_VERIFY_FAILED"):
        ingest.fetch(paths, "members", DAY, self_signed, "run")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "site.pem"))
    assert Transport("OrderPaper", uses_environment=True).get(self_signed, {}, None).status == 501


@pytest.mark.parametrize("address", ["{}", "{}/nowhere", "http://127.0.0.1:9", "http://127.0.0.1:99999", "ftp://a"])
def test_no_log_file_or_error_gives_a_password_away(paths, site, caplog, address):
    caplog.set_level(logging.DEBUG)
    site.answers = [(404, {}, b"{}")]
    base_url = address.format(site.url).replace("://", "://desk:Sesame1@")
    with pytest.raises(OrderPaperError) as caught:
        ingest.fetch(paths, "members", DAY, base_url, "run")
    written = [path.read_text() for path in paths.home.rglob("*") if path.is_file()]
    for text in [str(caught.value), caplog.text, *written]:
        assert "Sesame1" not in text
    if "{}" in address:
        assert site.requests[0][1]["Authorization"].startswith("Basic ")
        (row,) = [json.loads(path.read_text()) for path in paths.landing.glob("fetch_log/*/*")]
        assert row["url"].startswith(site.url)
