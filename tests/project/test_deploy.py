"""Do the files that an operator installs hold? Asked of systemd and of a real nginx on loopback."""

from __future__ import annotations

import json
import re
import shutil
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.loopback import free_ports, listens, until

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
NAME = "social.example.gov.uk"


def needs(tool: str) -> str:
    found = shutil.which(tool) or shutil.which(tool, path="/usr/sbin:/sbin")
    return found or pytest.skip(f"{tool} is not installed here")


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units as they are installed, on a machine where their program is this Python."""
    for unit in UNITS:
        words = unit.read_text().replace("/opt/oyez/.venv/bin/python", sys.executable)
        (tmp_path / unit.name).write_text(words.replace("/opt/oyez", str(ROOT)))
    return tmp_path


def test_systemd_understands_every_unit(units: Path) -> None:
    files = [units / unit.name for unit in UNITS]
    done = subprocess.run(
        [needs("systemd-analyze"), "verify", *files], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("unit", ["oyez.service", "oyez-worker@.service"])
def test_what_a_unit_may_touch_is_little(units: Path, unit: str) -> None:
    """Of 10; 2 and less is what systemd itself calls OK and no service of Debian's reaches."""
    look = [needs("systemd-analyze"), "security", "--offline=true", "--threshold=20"]
    done = subprocess.run([*look, units / unit], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("unit", ["oyez.service", "oyez-worker@.service"])
def test_private_addresses_are_out_of_reach(unit: str) -> None:
    words = (DEPLOY / "systemd" / unit).read_text()
    denied = " ".join(re.findall(r"^IPAddressDeny=(.*)$", words, re.MULTILINE)).split()
    for private in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7"):
        assert private in denied
    assert re.findall(r"^IPAddressAllow=(.*)$", words, re.MULTILINE) == ["localhost"]


class _Echo(BaseHTTPRequestHandler):
    """Says what reached the house."""

    def answer(self) -> None:
        self.rfile.read(int(self.headers.get("content-length") or 0))
        body = json.dumps(dict(self.headers.items())).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET, do_POST = answer, answer  # noqa: N815  (the library’s names)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    location: str


def said(line: HTTPConnection, method: str, path: str, headers: Mapping[str, str]) -> Answer:
    with closing(line):
        line.request(method, path, headers=dict(headers))
        got = line.getresponse()
        return Answer(got.status, got.read(), got.headers.get("location", ""))


class Proxy:
    """nginx with our file, in front of an echo."""

    def __init__(self, plain: int, tls: int) -> None:
        self.plain, self.tls = plain, tls
        self.trust = ssl.create_default_context()
        self.trust.check_hostname, self.trust.verify_mode = False, ssl.CERT_NONE

    def ask(self, method: str = "GET", **headers: str) -> Answer:
        line = HTTPSConnection("127.0.0.1", self.tls, context=self.trust, timeout=10)
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        return said(line, method, "/", {"Host": NAME, **named})


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    tmp_path = tmp_path_factory.mktemp("nginx")
    nginx, openssl = needs("nginx"), needs("openssl")
    plain, tls = free_ports(2)
    with ThreadingHTTPServer(("127.0.0.1", 0), _Echo) as house:
        threading.Thread(target=house.serve_forever, args=(0.05,), daemon=True).start()
        make = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
        files = ["-keyout", tmp_path / "privkey.pem", "-out", tmp_path / "fullchain.pem"]
        subprocess.run([*make, "-subj", f"/CN={NAME}", *files], check=True, capture_output=True)
        words = (DEPLOY / "nginx" / "oyez.conf").read_text()
        for old, new in [
            ("listen [::]:80;", ""),
            ("listen [::]:443 ssl http2;", ""),
            ("listen 80;", f"listen 127.0.0.1:{plain};"),
            ("listen 443 ssl", f"listen 127.0.0.1:{tls} ssl"),
            ("/etc/ssl/oyez", str(tmp_path)),
            ("127.0.0.1:8000", f"127.0.0.1:{house.server_port}"),
        ]:
            assert old in words
            words = words.replace(old, new)
        (tmp_path / "oyez.conf").write_text(words)
        whole = tmp_path / "nginx.conf"
        paths = "".join(
            f"{part}_temp_path {tmp_path}/{part};"
            for part in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        whole.write_text(
            f"pid {tmp_path}/pid; error_log {tmp_path}/log; user root; daemon off; events {{}}"
            f" http {{ access_log off; {paths} include {tmp_path}/oyez.conf; }}"
        )
        running = subprocess.Popen([nginx, "-c", whole], stderr=subprocess.PIPE)
        try:
            until(lambda: listens(tls), 10)
            yield Proxy(plain, tls)
        finally:
            running.terminate()
            running.wait(10)
            house.shutdown()
            assert running.stderr
            running.stderr.close()


def test_what_visitors_say_of_themselves_does_not_reach_the_house(proxy: Proxy) -> None:
    claims = {
        "X_Forwarded_For": "203.0.113.9",
        "X_Forwarded_Proto": "http",
        "X_Forwarded_Host": "evil.example",
        "Forwarded": "for=203.0.113.9;host=evil.example",
    }
    told = json.loads(proxy.ask(**claims).body)
    assert told["X-Forwarded-For"] == "127.0.0.1"
    assert told["X-Forwarded-Proto"] == "https"
    assert told["Host"] == NAME
    assert not {"Forwarded", "X-Forwarded-Host"} & set(told)


def test_without_tls_one_is_led_to_it_and_to_nobody_elses_name(proxy: Proxy) -> None:
    line = HTTPConnection("127.0.0.1", proxy.plain, timeout=10)
    answer = said(line, "GET", "/plan?week=1", {"Host": "evil.example"})
    assert (answer.status, answer.location) == (301, f"https://{NAME}/plan?week=1")


def test_what_is_larger_than_any_film_is_refused_at_the_door(proxy: Proxy) -> None:
    assert proxy.ask(method="POST", Content_Length=str(211 * 2**20)).status == 413


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_old_tls_is_not_spoken(proxy: Proxy) -> None:
    old = ssl.create_default_context()
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    old.set_ciphers("ALL:@SECLEVEL=0")  # so that it is nginx who refuses
    old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    line = HTTPSConnection("127.0.0.1", proxy.tls, context=old, timeout=10)
    with closing(line), pytest.raises(ssl.SSLError, match="ALERT_PROTOCOL_VERSION"):
        line.connect()


def test_weak_suites_are_not_agreed_on(proxy: Proxy) -> None:
    weak = ssl.create_default_context()
    weak.check_hostname, weak.verify_mode = False, ssl.CERT_NONE
    weak.maximum_version = ssl.TLSVersion.TLSv1_2
    weak.set_ciphers("AES128-SHA:AES256-SHA256:ECDHE-RSA-AES128-SHA:AES128-GCM-SHA256:@SECLEVEL=0")
    line = HTTPSConnection("127.0.0.1", proxy.tls, context=weak, timeout=10)
    with closing(line), pytest.raises(ssl.SSLError, match="HANDSHAKE_FAILURE"):
        line.connect()


def test_the_container_runs_what_is_locked_as_an_account_of_its_own() -> None:
    words = (ROOT / "Dockerfile").read_text()
    assert "--require-hashes" in words
    assert words.index("\nUSER oyez\n") < words.index("\nENTRYPOINT")
    for line in re.findall(r"^COPY (?!--from)(\S+)", words, re.MULTILINE):
        assert (ROOT / line).exists()
    kept_out = (ROOT / ".dockerignore").read_text().split()
    assert kept_out[0] == "*", "what is not named stays out"
