"""The books API of the guide on a real FastAPI: an independent judge of the contract.

Configuration by environment: ISSUER, JWKS_URI, CLIENT_ID (the API's own ID), BOOKS_FILE (a JSON array).
Serve it with uvicorn.
"""

import json
import os
from typing import Any

import jwt
from fastapi import Depends, FastAPI, HTTPException, Security, status
from fastapi.security import OAuth2AuthorizationCodeBearer, SecurityScopes

ISSUER = os.environ["ISSUER"]
CLIENT_ID = os.environ["CLIENT_ID"]
AUTHORITY = ISSUER.removesuffix("/v2.0")

with open(os.environ["BOOKS_FILE"], encoding="utf-8") as books_file:
    books = json.load(books_file)

entra_oauth2 = OAuth2AuthorizationCodeBearer(
    authorizationUrl=f"{AUTHORITY}/oauth2/v2.0/authorize",
    tokenUrl=f"{AUTHORITY}/oauth2/v2.0/token",
    scopes={
        f"api://{CLIENT_ID}/Books.Read": "Read books",
        f"api://{CLIENT_ID}/Books.Write": "Write books",
    },
)


class KeyFetchError(Exception):
    """The issuer or the key is unknown."""


def signing_key(token: str) -> Any:
    """The tenant's current key for this token, without a cache: the tests rotate keys."""
    header = jwt.get_unverified_header(token)
    claims = jwt.decode(token, options={"verify_signature": False})
    if claims.get("iss") != ISSUER:
        raise KeyFetchError(f"Invalid 'iss': {claims.get('iss')!r}")
    keys = jwt.PyJWKClient(os.environ["JWKS_URI"], cache_keys=False).get_signing_keys()
    for key in keys:
        if key.key_id == header.get("kid"):
            return key.key
    raise KeyFetchError("")


def typed(claims: dict[str, Any]) -> dict[str, Any]:
    """What pydantic 2 refuses in the guide's EntraClaims; older releases convert instead."""
    optional = [claims.get(name) for name in ("name", "preferred_username")]
    roles = claims.get("roles", [])
    if not all(value is None or isinstance(value, str) for value in optional):
        raise TypeError("name and preferred_username are strings")
    if not isinstance(roles, list) or not all(isinstance(role, str) for role in roles):
        raise TypeError("roles is a list of strings")
    if not isinstance(claims.get("scp", ""), str):
        raise TypeError("scp is a string")
    return claims


def decoded(token: str) -> dict[str, Any]:
    claims = jwt.decode(
        token,
        signing_key(token),
        algorithms=["RS256"],
        audience=CLIENT_ID,
        issuer=ISSUER,
        options={"require": ["exp", "iss", "sub"]},
    )
    # Older PyJWT releases do not look at these.
    for name in ("sub", "jti"):
        if name in claims and not isinstance(claims[name], str):
            raise jwt.InvalidTokenError(f"{name} must be a string")
    return claims


def verify_entra_token(security_scopes: SecurityScopes, token: str = Depends(entra_oauth2)) -> dict[str, Any]:
    try:
        claims = decoded(token)
    except jwt.ExpiredSignatureError:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "Token expired")
    except (jwt.InvalidTokenError, jwt.PyJWKClientError, KeyFetchError) as error:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, f"Invalid token: {error}") from error
    claims = typed(claims)
    granted = set(claims.get("scp", "").split())
    missing = [scope for scope in security_scopes.scopes if scope not in granted]
    if missing:
        raise HTTPException(status.HTTP_403_FORBIDDEN, f"Missing scopes: {', '.join(missing)}")
    return claims


def require_role(role: str):
    def check(claims: dict[str, Any] = Depends(verify_entra_token)) -> dict[str, Any]:
        if role not in claims.get("roles", []):
            raise HTTPException(status.HTTP_403_FORBIDDEN, f"Role '{role}' required")
        return claims

    return check


app = FastAPI()


@app.get("/api/v1/books")
def list_books(claims: dict[str, Any] = Security(verify_entra_token, scopes=["Books.Read"])) -> dict:
    return {"books": books, "user": claims.get("preferred_username")}


@app.delete("/api/v1/books/{book_id}")
def delete_book(book_id: str, claims: dict[str, Any] = Depends(require_role("Books.Admin"))) -> dict:
    books[:] = [book for book in books if book.get("id") != book_id]
    return {"deleted": book_id, "by": claims.get("preferred_username")}
