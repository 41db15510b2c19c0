"""Runs the PyJWT lines of the remedies against a good token and against those that the remedy is for.

Reads the remedies from the file that is named. The first line out is PyJWT's version; then one line per remedy: its
key, and what became of the good token and of the bad ones ("accepted", "refused" or "failed", and why).
"""

import asyncio
import base64
import json
import re
import sys
import time

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.utils import base64url_decode

CLIENT_ID = "6f1c2d0a-94be-47a3-8d15-20b7c64fe90b"
ISSUER = "https://login.example/v2.0"
JWKS_URI = "https://login.example/keys"
# Parts of an application, which have no jwt.decode of their own.
ONLY_COMPILED = ("bearer-header", "token-required")

tenant = rsa.generate_private_key(public_exponent=65537, key_size=2048)
stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class JWTKeyFetcherError(Exception):
    pass


class HTTPException(Exception):
    pass


class status:
    HTTP_401_UNAUTHORIZED = 401


class EntraClaims:
    def __init__(self, roles=(), **_):
        if not isinstance(roles, (list, tuple)):
            raise ValueError("roles is no list")


class AsyncKeyFetcher:
    def __init__(self, valid_issuers, static_issuer_config=None):
        pass

    async def get_key(self, token):
        if jwt.get_unverified_header(token).get("kid") != "tenant-1":
            raise JWTKeyFetcherError("unknown key")
        return {"key": tenant.public_key(), "algorithms": ["RS256"]}


def encoded(raw):
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def token(claims=None, header=None, key=tenant, algorithm="RS256", drop=()):
    now = int(time.time())
    payload = {"iss": ISSUER, "aud": CLIENT_ID, "sub": "ada", "azp": "bookdesk", "iat": now, "nbf": now, "exp": now + 600}
    payload.update(claims or {})
    payload = {name: value for name, value in payload.items() if name not in drop}
    return jwt.encode(payload, key, algorithm, {"kid": "tenant-1", **(header or {})})


def with_member_twice():
    head, body, _ = token().split(".")
    twice = encoded(base64url_decode(body)[:-1] + b',"aud":"%s"}' % CLIENT_ID.encode())
    signed = f"{head}.{twice}"
    return signed + "." + encoded(jwt.algorithms.RSAAlgorithm(jwt.algorithms.RSAAlgorithm.SHA256).sign(signed.encode(), tenant))


def without_signature():
    _, body, _ = token().split(".")
    return encoded(b'{"alg":"none","kid":"tenant-1"}') + f".{body}."


def with_zeros():
    """CVE-2022-21449"""
    _, body, _ = token().split(".")
    return encoded(b'{"alg":"ES256","kid":"tenant-1"}') + f".{body}." + "A" * 86


def with_trailing_bits():
    """The last of the 342 characters of an RS256 signature has four bits that say nothing."""
    good = token()
    return good[:-1] + chr(ord(good[-1]) + 1)


def as_json():
    head, body, signature = token().split(".")
    return json.dumps({"payload": body, "protected": head, "signature": signature})


bad_tokens = {
    "signature": [token()[:-40] + "A" * 40, token(key=stranger)],
    "algorithm": [without_signature(), token(key="public", algorithm="HS256"), with_zeros()],
    "weak-secret": [token(key="a", algorithm="HS256")],
    "header-key": [token(header={name: "x"}, key=stranger) for name in ("jwk", "jku", "x5c", "x5u")],
    "key-id": [token(header={"kid": "another"})],
    "key-id-lookup": [token(header={"kid": kid}) for kid in ("../../dev/null", "x' OR 1=1", "tenant-1\0")],
    "issuer": [token({"iss": "https://stranger.invalid"})],
    "audience": [token({"aud": "another-api"}), token({"aud": ["a", "b"]})],
    "expiry": [token({"exp": exp}) for exp in (1, -1, 10**15, str(10**10))],
    "not-before": [token({"nbf": int(time.time()) + 600})],
    "token-kind": [token(header={"typ": "logout+jwt"}), token(drop=("azp",))],
    "critical": [token(header={"crit": ["b64"], "b64": True})],
    "base64url": [token() + "==", with_trailing_bits()],
    "compact": [token(header={"cty": "JWT"}), as_json()],
    "duplicates": [with_member_twice()],
    "crash": [token({"roles": 7})],
    "size": [token({"padding": "x" * 20000})],
}


def checker(code):
    """An async function of the snippet's lines."""
    lines = "\n".join("    " + line[2:] for line in code)
    names = dict(globals(), key_fetcher=AsyncKeyFetcher([ISSUER]))
    exec(compile(f"async def check(token, key_fetcher):\n{lines}\n", "remedy", "exec"), names)
    return lambda token: names["check"](token, names["key_fetcher"])


def outcome(check, candidate):
    try:
        asyncio.run(check(candidate))
    except (jwt.InvalidTokenError, JWTKeyFetcherError, HTTPException):
        return "refused"
    except Exception as error:
        return f"failed:{type(error).__name__}:{error}"
    return "accepted"


print(jwt.__version__)
with open(sys.argv[1], encoding="utf-8") as file:
    remedies = json.load(file)
for key, remedy in remedies.items():
    if key in ONLY_COMPILED:
        compile("from __future__ import annotations\n" + "\n".join(line[2:] for line in remedy["pyjwt"]), key, "exec")
        print(key, "compiled")
        continue
    check = checker(remedy["pyjwt"])
    print(key, outcome(check, token()), *dict.fromkeys(outcome(check, bad) for bad in bad_tokens[key]))
