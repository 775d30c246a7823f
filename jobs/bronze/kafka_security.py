"""How bronze logs in to Kafka: its flags as options of Spark's Kafka source."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

_modules = "org.apache.kafka.common.security"
_login_modules: Mapping[str, str] = {
    "plain": f"{_modules}.plain.PlainLoginModule",
    "scram-sha-256": f"{_modules}.scram.ScramLoginModule",
    "scram-sha-512": f"{_modules}.scram.ScramLoginModule",
}

# By (whether the client logs in, whether the connection is encrypted). None: Kafka's default applies.
_protocols = {
    (False, False): None,
    (False, True): "SSL",
    (True, False): "SASL_PLAINTEXT",
    (True, True): "SASL_SSL",
}


def _read(path: str, holds: str) -> str:
    try:
        content = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise argparse.ArgumentTypeError(
            f"got '{path}', allowed: a readable file with {holds} ({error})"
        ) from None
    return content


def _password(path: str) -> str:
    password = _read(path, "the user's password").removesuffix("\n").removesuffix("\r")
    if password == "":
        raise argparse.ArgumentTypeError(
            f"got '{path}', which is empty, allowed: a file with the user's password"
        )
    return password


def _authority(path: str) -> str:
    certificates = _read(path, "certificates as PEM")
    if "-----BEGIN CERTIFICATE-----" not in certificates:
        raise argparse.ArgumentTypeError(
            f"got '{path}', which holds no certificate, allowed: a readable file with certificates as PEM"
        )
    return certificates


def add_security_flags(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kafka-user", metavar="NAME", help="user that Kafka knows bronze as (SASL)")
    parser.add_argument(
        "--kafka-password-file",
        dest="kafka_password",
        type=_password,
        metavar="FILE",
        help="file that holds the user's password",
    )
    parser.add_argument(
        "--kafka-mechanism",
        choices=tuple(_login_modules),
        default="scram-sha-512",
        help="how the user logs in (scram-sha-512)",
    )
    parser.add_argument(
        "--kafka-ca",
        type=_authority,
        metavar="FILE",
        help="PEM of the authority of Kafka's certificates; turns TLS on",
    )


def check_security(parser: argparse.ArgumentParser, arguments: argparse.Namespace) -> None:
    if arguments.kafka_user is not None and arguments.kafka_password is None:
        parser.error("--kafka-password-file: got nothing beside --kafka-user, allowed: a readable file")
    if arguments.kafka_user is None and arguments.kafka_password is not None:
        parser.error("--kafka-user: got nothing beside --kafka-password-file, allowed: the user's name")


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def security_options(arguments: argparse.Namespace) -> dict[str, str]:
    """
    Options with values, not paths: executors need none of the driver's files. Kafka's clients don't log them.
    """
    user, authority, mechanism = arguments.kafka_user, arguments.kafka_ca, arguments.kafka_mechanism
    options: dict[str, str] = {}
    protocol = _protocols[user is not None, authority is not None]
    if protocol is not None:
        options["kafka.security.protocol"] = protocol
    if authority is not None:
        options["kafka.ssl.truststore.type"] = "PEM"
        options["kafka.ssl.truststore.certificates"] = authority
    if user is not None:
        options["kafka.sasl.mechanism"] = mechanism.upper()
        options["kafka.sasl.jaas.config"] = (
            f"{_login_modules[mechanism]} required "
            f"username={_quoted(user)} password={_quoted(arguments.kafka_password)};"
        )
    return options
