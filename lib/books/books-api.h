/// BooksApi: the two calls of the books API.
#pragma once

#include "books/api-outcome.h"
#include "books/book.h"
#include "core/redaction.h"
#include "core/task-scope.h"
#include "net/http-client.h"

#include <QString>
#include <QUrl>

#include <functional>
#include <optional>
#include <stop_token>

namespace bookdesk::books {

/// What listing the books led to. A plain value.
struct ListOutcome
{
    ApiOutcome outcome;
    BookList list; ///< Empty unless the outcome is ok.
};

/// What deleting a book led to. A plain value.
struct DeleteOutcome
{
    ApiOutcome outcome;
    QString deleted;           ///< The ID, as the API says.
    std::optional<QString> by; ///< The user name, as the API says.
};

/// Why a book ID cannot be deleted, or what to expect of it. Empty = fine.
/// `refused` for an empty ID, `.` and `..`, which a path cannot carry.
std::optional<Error> refusedId(const QString &id);
/// A warning for IDs with a `/`, which this API answers with 404; else empty.
QString idWarning(const QString &id);

/// Given the session's send as a function. One thread; destroying it stops what is under way.
/// Source: the books API's OpenAPI document.
class BooksApi
{
public:
    using Send = std::function<Task<net::HttpResponse>(net::HttpRequest, std::stop_token)>;
    using Facts = std::function<TokenFacts()>; ///< Of the token in use, asked after the answer.

    /// @param redactor takes out of outcomes what it has learned, because APIs echo tokens.
    BooksApi(QUrl apiBaseUrl, Send send, Facts facts, Redactor redactor = {});

    /// Reads the list; the body is parsed off this thread.
    QCoro::Task<ListOutcome> list();
    /// Deletes one book; the ID is one path segment, percent-encoded.
    QCoro::Task<DeleteOutcome> remove(QString id);

private:
    struct Call;
    struct Answer;

    Call callOf(const AccessRule &rule, const QString &encodedPath) const;
    ScopedCoroutine<ListOutcome> load(std::stop_token stop);
    ScopedCoroutine<DeleteOutcome> removeBook(QString id, std::stop_token stop);
    ScopedCoroutine<Answer> ask(Call call, std::stop_token stop);

    QUrl m_apiBaseUrl;
    Send m_send;
    Facts m_facts;
    Redactor m_redactor;
    TaskScope m_scope;
};

} // namespace bookdesk::books
