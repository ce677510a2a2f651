"""A real SMTP server in a thread, for tests: it keeps what it takes, and refuses what it is told to refuse."""

import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from coi import clock


@dataclass
class Postman:
    """What the server took, and how it answers: `answers` maps an address to the line it says instead of taking it."""

    answers: dict[str, str] = field(default_factory=dict)
    after_data: str = "250 taken"
    taken: list[tuple[list[str], EmailMessage]] = field(default_factory=list)
    passwords: list[bytes] = field(default_factory=list)
    port: int = 0

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.after_data.startswith("250"):
            mail = message_from_bytes(envelope.content, policy=policy.default)
            self.taken.append((envelope.rcpt_tos, mail))  # type: ignore[arg-type]
        return self.after_data

    def authenticate(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
        assert isinstance(given, LoginPassword)
        self.passwords.append(given.password)
        return AuthResult(success=given.password == b"right", handled=False)


def free_port() -> int:
    """Returns a port on which nothing answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(postman: Postman, tls: ssl.SSLContext | None = None) -> Iterator[Postman]:
    """Runs the server on a free port, at every address of this machine; with `tls` it offers STARTTLS and, only then, a sign-in."""
    signing_in = {"authenticator": postman.authenticate, "auth_required": True} if tls else {}
    postman.port = free_port()
    controller = Controller(postman, hostname="0.0.0.0", port=postman.port, tls_context=tls, **signing_in)
    controller.start()
    try:
        yield postman
    finally:
        controller.stop()


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """Makes a certificate for 127.0.0.1. Returns the server's context and the file that a client has to trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(clock.now() - timedelta(days=1))
        .not_valid_after(clock.now() + timedelta(days=1))
        .add_extension(address, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    trusted, secret = folder / "server.pem", folder / "server.key"
    trusted.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(trusted, secret)
    return context, trusted
