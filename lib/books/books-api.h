/// BooksApi: the two calls of the books API, and any other call to it.
#pragma once

#include "books/api-outcome.h"
#include "books/book.h"
#include "core/redaction.h"
#include "core/task-scope.h"
#include "net/http-client.h"

#include <QString>
#include <QUrl>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace bookdesk::books {

/// What listing the books led to. A plain value.
struct ListOutcome
{
    ApiOutcome outcome;
    std::shared_ptr<const BookList> list = std::make_shared<BookList>(); ///< Empty unless the outcome is ok.
};

/// What deleting a book led to. A plain value.
struct DeleteOutcome
{
    ApiOutcome outcome;
    QString deleted;           ///< The ID, as the API says.
    std::optional<QString> by; ///< The user name, as the API says.
};

/// Whether a token that is not meant for this API is withheld (`guarded`) or sent.
enum class Sending { guarded, anyway };

/// Why a book ID cannot be deleted; nothing if it can.
/// `refused` for an empty ID, `.` and `..`, which a path cannot carry.
std::optional<Error> refusedId(const QString &id);
/// A warning for IDs with a `/`, which this API answers with 404; else empty.
QString idWarning(const QString &id);

/// The address of a call: @p encodedPath behind the API's own, without its query.
QUrl apiUrl(const QUrl &apiBaseUrl, const QString &encodedPath);

/// Sends with the function that it is given, the session's. One thread; destroying it stops what is under way.
/// Source: the books API's OpenAPI document.
class BooksApi
{
public:
    using Send = std::function<Task<net::HttpResponse>(net::HttpRequest, std::stop_token)>;
    using Facts = std::function<TokenFacts()>; ///< About the token in use; called after the answer has come.

    /// @param redactor removes secrets from the outcomes, because APIs echo tokens.
    BooksApi(QUrl apiBaseUrl, Send send, Facts facts, Redactor redactor = {});

    /// Reads the list; the body is parsed on another thread. A stop gives an outcome of kind stopped.
    QCoro::Task<ListOutcome> list(Sending sending = Sending::guarded, std::stop_token stop = {});
    /// Deletes one book; the ID is one path segment, percent-encoded. After a stop nobody knows whether it is gone, and
    /// the outcome says so.
    QCoro::Task<DeleteOutcome> remove(QString id, Sending sending = Sending::guarded, std::stop_token stop = {});
    /// Any call, explained by what @p rule asks for; what a body says besides reasons is not read. @p encodedPath is
    /// the rule's path without placeholders.
    QCoro::Task<ApiOutcome> call(AccessRule rule, QString encodedPath, Sending sending = Sending::guarded,
                                 std::stop_token stop = {});

private:
    struct Call;
    struct Answer;

    Call callOf(const AccessRule &rule, const QString &encodedPath, Sending sending) const;
    ScopedCoroutine<ListOutcome> load(Sending sending, std::stop_token stop);
    ScopedCoroutine<ApiOutcome> callAny(Call call, std::stop_token stop);
    ScopedCoroutine<DeleteOutcome> removeBook(QString id, Sending sending, std::stop_token stop);
    ScopedCoroutine<Answer> ask(Call call, std::stop_token stop);

    QUrl m_apiBaseUrl;
    Send m_send;
    Facts m_facts;
    Redactor m_redactor;
    TaskScope m_scope;
};

} // namespace bookdesk::books
