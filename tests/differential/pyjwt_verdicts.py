"""What the books API of the guide would say of tokens, with Debian's PyJWT.

Reads one JSON object a line: token (base64 of its bytes), jwks (a document), algorithms, issuer, audiences, leeway,
now. The first line out is PyJWT's version and whether it looks at crit; then one line per token: its verdict and the name of what was raised.
"""

import base64
import json
import sys
from datetime import datetime, timezone
from functools import lru_cache

import jwt
import jwt.api_jwt


class UnknownIssuer(jwt.InvalidTokenError):
    """The key fetcher asks nobody but the issuers that are configured."""


class UnknownKey(jwt.InvalidTokenError):
    """The issuer does not publish such a key."""


class WrongClaimType(Exception):
    """The API's own model of the claims does not take it."""


class Clock(datetime):
    """PyJWT takes the time from the system; the tokens come with theirs."""

    seconds = 0.0

    @classmethod
    def now(cls, tz=None):
        return datetime.fromtimestamp(cls.seconds, tz or timezone.utc)


jwt.api_jwt.datetime = Clock


@lru_cache(maxsize=None)
def signing_keys(document):
    """As PyJWKClient.get_signing_keys has it: keys that it does not understand are left out."""
    keys = []
    for jwk in json.loads(document)["keys"]:
        if jwk.get("use") not in (None, "sig") or not jwk.get("kid"):
            continue
        try:
            keys.append((jwk["kid"], jwk.get("alg"), jwt.PyJWK(jwk).key))
        except Exception:  # Whatever an odd key raises, in whichever release.
            continue
    return keys


def key_of(case, token):
    """The guide's key fetcher: first the issuer, then the key ID, both before anything is verified."""
    header = jwt.get_unverified_header(token)
    claims = jwt.decode(token, options={"verify_signature": False})
    if claims.get("iss") != case["issuer"]:
        raise UnknownIssuer
    for key_id, algorithm, key in signing_keys(case["jwks"]):
        if key_id == header.get("kid"):
            # It passes on the one algorithm that the key states; where it states none, the API names its own.
            return key, [name for name in case["algorithms"] if algorithm in (None, name)]
    raise UnknownKey


def check_types(claims):
    """What pydantic 2 refuses in the guide's EntraClaims."""
    roles = claims.get("roles", [])
    if (
        not isinstance(claims["sub"], str)
        or not all(isinstance(claims.get(name), (str, type(None))) for name in ("name", "preferred_username"))
        or not isinstance(claims.get("scp", ""), str)
        or not isinstance(roles, list)
        or not all(isinstance(role, str) for role in roles)
    ):
        raise WrongClaimType


def verify(case):
    Clock.seconds = case["now"]
    token = base64.b64decode(case["token"])
    key, algorithms = key_of(case, token)
    claims = jwt.decode(
        token,
        key,
        algorithms=algorithms,
        audience=case["audiences"],
        issuer=case["issuer"],
        leeway=case["leeway"],
        options={"require": ["exp", "iss", "sub"]},
    )
    check_types(claims)


def verdict(case):
    try:
        verify(case)
    except jwt.ExpiredSignatureError as error:
        return "expired", type(error).__name__
    except Exception as error:  # What is no InvalidTokenError is the API's answer 500, which is no acceptance either.
        return "refused", type(error).__name__
    return "accepted", ""


print(jwt.__version__, hasattr(jwt.PyJWS, "_validate_crit"), flush=True)
for line in sys.stdin:
    print(*verdict(json.loads(line)), flush=True)
