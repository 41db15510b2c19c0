/// textOf: everything that a person or a program can read of something, to look for secrets in it.
#pragma once

#include "books/api-outcome.h"
#include "net/exchange.h"

#include <QString>

namespace bookdesk::test {

inline QString textOf(const net::Exchange &exchange)
{
    QString text = exchange.url + u'\n' + exchange.requestBody + u'\n' + exchange.responseBody + u'\n' +
                   exchange.failure + u'\n' + exchange.reason;
    for (const net::Headers &headers : {exchange.requestHeaders, exchange.responseHeaders}) {
        for (const auto &[name, value] : headers)
            text += QString::fromLatin1(name) + QStringLiteral(": ") + QString::fromUtf8(value) + u'\n';
    }
    return text;
}

inline QString textOf(const books::ApiOutcome &outcome)
{
    return outcome.headline + outcome.explanation + outcome.remedy + outcome.request + outcome.serverSaid +
           factLines(outcome.facts);
}

inline QString textOf(const Error &error) { return advised(error) + factLines(error.facts); }

} // namespace bookdesk::test
