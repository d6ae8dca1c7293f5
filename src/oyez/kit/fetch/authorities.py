"""Whose certificates do we believe? The operator's bundle, else the system's, else certifi's.

certifi alone fails behind TLS inspection, which councils have: their own authority is in the
system's bundle.
"""

from __future__ import annotations

from pathlib import Path

import certifi

SYSTEM_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Alpine
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  # Red Hat
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",  # SUSE
    "/etc/ssl/cert.pem",  # BSD, macOS
)


class NoAuthorities(ValueError):
    """The bundle the operator named cannot be read. The sentence names it."""


def bundle(ca_file: str = "", system: tuple[str, ...] = SYSTEM_BUNDLES) -> str:
    """The path of the certificate authorities to use. A named file is never silently replaced."""
    if ca_file:
        if not Path(ca_file).is_file():
            raise NoAuthorities(f"The certificate file {ca_file} is not there or is no file.")
        return ca_file
    found = (path for path in system if Path(path).is_file())
    return next(found, None) or certifi.where()
