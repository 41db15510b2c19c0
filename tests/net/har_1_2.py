"""Reads an HTTP archive from standard input as another tool would, and holds it against the published structure.

Source: HAR 1.2, http://www.softwareishard.com/blog/har-12-spec/. Prints method, URL and status of each entry.
"""

import datetime
import json
import sys

import jsonschema

TEXT = {"type": "string"}
COUNT = {"type": "integer", "minimum": -1}
OPTIONAL_TIME = {"type": "number", "minimum": -1}
TIME = {"type": "number", "minimum": 0}


def record(required, **optional):
    """An object with exactly these members; the format allows others only with an underscore."""
    return {
        "type": "object",
        "properties": required | optional | {"comment": TEXT},
        "required": list(required),
        "additionalProperties": False,
    }


def listing(items):
    return {"type": "array", "items": items}


PAIR = record({"name": TEXT, "value": TEXT})
COOKIE = record({"name": TEXT, "value": TEXT}, path=TEXT, domain=TEXT, expires=TEXT)
POST_DATA = record({"mimeType": TEXT, "text": TEXT}, params=listing({"type": "object"}))
REQUEST = record(
    {
        "method": TEXT,
        "url": TEXT,
        "httpVersion": TEXT,
        "cookies": listing(COOKIE),
        "headers": listing(PAIR),
        "queryString": listing(PAIR),
        "headersSize": COUNT,
        "bodySize": COUNT,
    },
    postData=POST_DATA,
)
CONTENT = record({"size": {"type": "integer", "minimum": 0}, "mimeType": TEXT}, text=TEXT, encoding=TEXT)
RESPONSE = record(
    {
        "status": {"type": "integer"},
        "statusText": TEXT,
        "httpVersion": TEXT,
        "cookies": listing(COOKIE),
        "headers": listing(PAIR),
        "content": CONTENT,
        "redirectURL": TEXT,
        "headersSize": COUNT,
        "bodySize": COUNT,
    }
)
TIMINGS = record(
    {"send": TIME, "wait": TIME, "receive": TIME},
    blocked=OPTIONAL_TIME,
    dns=OPTIONAL_TIME,
    connect=OPTIONAL_TIME,
    ssl=OPTIONAL_TIME,
)
ENTRY = record(
    {
        "startedDateTime": TEXT,
        "time": TIME,
        "request": REQUEST,
        "response": RESPONSE,
        "cache": {"type": "object"},
        "timings": TIMINGS,
    },
    serverIPAddress=TEXT,
    connection=TEXT,
)
LOG = record(
    {
        "version": {"const": "1.2"},
        "creator": record({"name": TEXT, "version": TEXT}),
        "entries": listing(ENTRY),
    }
)
ARCHIVE = {"type": "object", "properties": {"log": LOG}, "required": ["log"], "additionalProperties": False}


def check_times(entry):
    moment = datetime.datetime.fromisoformat(entry["startedDateTime"].replace("Z", "+00:00"))
    assert moment.tzinfo is not None, "a time without its zone"
    timings = entry["timings"]
    # The time for TLS is part of the time for the connection.
    total = sum(time for name, time in timings.items() if name not in ("ssl", "comment") and time >= 0)
    assert abs(entry["time"] - total) < 0.01, f"{entry['time']} is not the sum of {timings}"


archive = json.load(sys.stdin)
jsonschema.validate(archive, ARCHIVE)
for entry in archive["log"]["entries"]:
    check_times(entry)
    assert not entry["request"]["cookies"] and not entry["response"]["cookies"], "cookies"
    print(entry["request"]["method"], entry["request"]["url"], entry["response"]["status"])
