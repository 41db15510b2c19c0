/// BrowserPage: what the sign-in server's error page says, read from the text that a person pasted.
#pragma once

#include "core/masking.h"
#include "identity/oauth-error.h"

#include <QString>

#include <vector>

namespace bookdesk::identity {

/// What was recognized at a place of the text.
enum class PageMarkKind { number, requestId, correlationId, timestamp, user, removed };

struct PageMark
{
    PageMarkKind kind;
    Stretch place; ///< In BrowserPage::text.

    friend bool operator==(const PageMark &, const PageMark &) = default;
};

/// Untrusted text, without the codes, tokens and states that were in it. A plain value. Any thread.
struct BrowserPage
{
    static constexpr qsizetype mostCharacters = 64 * 1024;

    QString text;
    bool isCut = false; ///< More was pasted than is read.
    OAuthError error;   ///< Its number, IDs and time; the request ID is the trace ID. `error` itself stays empty.
    QString user;       ///< The account's name, where the page quotes it; may be empty.
    std::vector<PageMark> marks; ///< In the order of the text.
};

/// Reads the page in any language: only `AADSTS` and its number, the IDs' form and the time's count. Of several numbers
/// the first counts; a text that is nothing but a number counts as one, too. A request ID comes before the correlation
/// ID, unless a label says which is which.
BrowserPage readBrowserPage(const QString &text);

} // namespace bookdesk::identity
