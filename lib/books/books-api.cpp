#include "books/books-api.h"

#include "books/errors.h"
#include "books/outcome-parts.h"
#include "books/refusal.h"
#include "core/isolation.h"
#include "core/object-reader.h"
#include "core/off-thread.h"
#include "net/errors.h"
#include "net/said-reason.h"

#include <QCoreApplication>

#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::books {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(BooksApi)
};

struct Deleted
{
    QString id;
    std::optional<QString> by;
};

QString oneSegment(const QString &id) { return QString::fromLatin1(QUrl::toPercentEncoding(id)); }

Error stoppedError() { return {net::errors::stopped, Texts::tr("The call was stopped before the API had answered.")}; }

/// What is said of an answer is made from it without secrets, because it is shortened, and a part of a secret might not
/// be recognised. What its body holds is read from the answer itself.
net::HttpResponse withoutSecrets(net::HttpResponse response, const Redactor &redactor)
{
    const QByteArrayView body = withoutCutWord(response.body.reveal(), mostReadOfBody);
    response.body = Secret(redactor.redacted(QString::fromUtf8(body)).toUtf8());
    response.reason = redactor.redacted(response.reason);
    for (auto &[name, value] : response.headers)
        value = redactor.redacted(QString::fromUtf8(value)).toUtf8();
    return response;
}

ApiOutcome withoutSecrets(ApiOutcome outcome, const Redactor &redactor)
{
    for (QString *text : {&outcome.explanation, &outcome.remedy, &outcome.serverSaid, &outcome.headline})
        *text = redactor.redacted(*text);
    for (QStringList *names : {&outcome.missing, &outcome.obtainable}) {
        for (QString &name : *names)
            name = redactor.redacted(name);
    }
    for (Fact &fact : outcome.facts)
        fact.value = redactor.redacted(fact.value);
    return outcome;
}

/// The outcome of a 200 whose body cannot be read.
ApiOutcome unreadable(const ApiOutcome &outcome, const Error &error)
{
    ApiOutcome result = outcome;
    result.kind = OutcomeKind::unexpected;
    result.code = error.code.toString();
    result.headline = Texts::tr("%1: an answer that Bookdesk cannot read").arg(outcome.status);
    result.explanation = error.message;
    result.facts = merged(outcome.facts, error.facts);
    const bool isWebPage = net::isWebPage(outcome.serverSaid.toUtf8());
    result.remedy = isWebPage ? Texts::tr("The answer looks like a web page: there may be a gateway or a sign-in page "
                                          "in front of the API. Check the connection's API address.")
                              : error.remedy + u' ' + Texts::tr("Tell the API's owner what the server said.");
    return result;
}

Result<Deleted> readDeleted(QByteArrayView body)
{
    const Result<JsonObject> object = parseJsonObject(body);
    const QString message = Texts::tr("The API's answer does not confirm that the book was deleted.");
    const QString remedy = Texts::tr("Reload the list to see whether it is gone.");
    if (!object)
        return failure(errors::responseInvalid, message, remedy, factsOfCause(object.error()));
    ObjectReader reader(*object, Texts::tr("The answer"));
    Deleted deleted;
    deleted.id = reader.string(u"deleted"_s);
    deleted.by = reader.optionalString(u"by"_s);
    if (const Result<void> finished = reader.finish(); !finished)
        return failure(errors::responseInvalid, message, remedy, factsOfCause(finished.error()));
    return deleted;
}

using SharedList = std::shared_ptr<const BookList>;

Result<SharedList> readShared(QByteArrayView body)
{
    Result<BookList> list = readBookList(body);
    if (!list)
        return failure(list.error());
    return SharedList(std::make_shared<BookList>(*std::move(list)));
}

/// Reads the body on another thread, because long lists take time. For the same reason the list is shared.
Task<SharedList> readOffThread(Secret body, std::stop_token stop)
{
    const std::function<Result<SharedList>()> work = [body] { return readShared(body.reveal()); };
    std::optional<Result<SharedList>> list = co_await offThread(work, std::move(stop));
    if (!list)
        co_return failure(stoppedError());
    co_return *std::move(list);
}

} // namespace

/// One request of the API.
struct BooksApi::Call
{
    AccessRule rule;
    QUrl url;
    Sending sending;

    QString request() const { return QString::fromLatin1(rule.method) + u' ' + url.path(QUrl::FullyEncoded); }
    /// The outcome where no answer came.
    ApiOutcome explained(const Error &error) const
    {
        return explain(request(), error, url.authority(QUrl::FullyEncoded));
    }
};

/// The answer, explained; after a 200, the body is still to be read.
struct BooksApi::Answer
{
    ApiOutcome outcome;
    Secret body;
};

QUrl apiUrl(const QUrl &apiBaseUrl, const QString &encodedPath)
{
    QUrl url(apiBaseUrl);
    QString base = apiBaseUrl.path(QUrl::FullyEncoded);
    while (base.endsWith(u'/'))
        base.chop(1);
    url.setPath(base + encodedPath, QUrl::StrictMode);
    url.setQuery(QString());
    url.setFragment(QString());
    return url;
}

std::optional<Error> refusedId(const QString &id)
{
    if (id.isEmpty())
        return Error{errors::idUnusable, Texts::tr("This book has no ID, so it cannot be deleted."),
                     Texts::tr("Tell the API's owner that a book lacks its ID.")};
    if (id == "."_L1 || id == ".."_L1)
        return Error{
            errors::idUnusable,
            Texts::tr("The ID \"%1\" cannot be part of a web address, so this book cannot be deleted.").arg(id),
            Texts::tr("Tell the API's owner that this ID cannot be used.")};
    return std::nullopt;
}

QString idWarning(const QString &id)
{
    if (!id.contains(u'/'))
        return {};
    return Texts::tr("This ID contains a slash. APIs of this kind answer 404 to it even if the book exists.");
}

BooksApi::BooksApi(QUrl apiBaseUrl, Send send, Facts facts, Redactor redactor)
    : m_apiBaseUrl(std::move(apiBaseUrl))
    , m_send(std::move(send))
    , m_facts(std::move(facts))
    , m_redactor(std::move(redactor))
{}

QCoro::Task<ListOutcome> BooksApi::list(Sending sending, std::stop_token stop)
{
    return m_scope.run([this, sending](std::stop_token either) { return load(sending, std::move(either)); },
                       stoppedError(), std::move(stop));
}

QCoro::Task<DeleteOutcome> BooksApi::remove(QString id, Sending sending, std::stop_token stop)
{
    const auto work = [this, id, sending](std::stop_token either) {
        return removeBook(id, sending, std::move(either));
    };
    return m_scope.run(work, stoppedError(), std::move(stop));
}

QCoro::Task<ApiOutcome> BooksApi::call(AccessRule rule, QString encodedPath, Sending sending, std::stop_token stop)
{
    const auto work = [this, call = callOf(rule, encodedPath, sending)](std::stop_token either) {
        return callAny(call, std::move(either));
    };
    return m_scope.run(work, stoppedError(), std::move(stop));
}

BooksApi::Call BooksApi::callOf(const AccessRule &rule, const QString &encodedPath, Sending sending) const
{
    return {rule, apiUrl(m_apiBaseUrl, encodedPath), sending};
}

ScopedCoroutine<ListOutcome> BooksApi::load(Sending sending, std::stop_token stop)
{
    const AccessRule rule = listRule();
    const Call call = callOf(rule, rule.path, sending);
    const Answer answer = co_await ask(call, stop);
    ListOutcome result{answer.outcome};
    if (!result.outcome.isOk())
        co_return result;
    const Result<SharedList> list = co_await callOut([&] { return readOffThread(answer.body, stop); });
    if (!list && list.error().code == net::errors::stopped) {
        result.outcome = withoutSecrets(call.explained(list.error()), m_redactor);
        co_return result;
    }
    if (!list) {
        result.outcome = withoutSecrets(unreadable(answer.outcome, list.error()), m_redactor);
        co_return result;
    }
    result.list = *list;
    result.outcome.explanation = result.list->books.empty()
                                     ? Texts::tr("The API returned no books.")
                                     : Texts::tr("Books in the list: %1.").arg(result.list->books.size());
    if (result.list->leftOut > 0)
        result.outcome.explanation +=
            u' ' + Texts::tr("There are %1 more, which are not shown.").arg(result.list->leftOut);
    addSentAgain(result.outcome);
    co_return result;
}

ScopedCoroutine<DeleteOutcome> BooksApi::removeBook(QString id, Sending sending, std::stop_token stop)
{
    const AccessRule rule = deleteRule();
    QString path = rule.path;
    path.replace(u"{book_id}"_s, oneSegment(id));
    if (const std::optional<Error> error = refusedId(id))
        co_return DeleteOutcome{explain(QString::fromLatin1(rule.method) + u' ' + path, *error), {}, {}};
    const Call call = callOf(rule, path, sending);
    const Answer answer = co_await ask(call, stop);
    DeleteOutcome result{answer.outcome, {}, {}};
    if (!result.outcome.isOk())
        co_return result;
    const Result<Deleted> deleted = readDeleted(answer.body.reveal());
    if (!deleted) {
        result.outcome = withoutSecrets(unreadable(answer.outcome, deleted.error()), m_redactor);
        co_return result;
    }
    result.deleted = deleted->id;
    result.by = deleted->by;
    const QString shownId = isolated(deleted->id);
    result.outcome.explanation =
        deleted->by ? Texts::tr("The API says that %1 deleted %2.").arg(isolated(*deleted->by), shownId)
                    : Texts::tr("The API says that %1 was deleted, but not by whom.").arg(shownId);
    addSentAgain(result.outcome);
    co_return result;
}

ScopedCoroutine<ApiOutcome> BooksApi::callAny(Call call, std::stop_token stop)
{
    const Answer answer = co_await ask(call, stop);
    co_return answer.outcome;
}

ScopedCoroutine<BooksApi::Answer> BooksApi::ask(Call call, std::stop_token stop)
{
    net::HttpRequest request;
    request.method = call.rule.method;
    request.url = call.url;
    request.mayCarryForeignToken = call.sending == Sending::anyway;
    request.headers = {{"Accept"_ba, "application/json"_ba}};
    const auto sending = [send = m_send, request, stop] { return send(request, stop); };
    const Result<net::HttpResponse> response = co_await callOut(sending);
    if (!response)
        co_return Answer{withoutSecrets(call.explained(response.error()), m_redactor), {}};
    const net::HttpResponse shown = withoutSecrets(*response, m_redactor);
    Answer answer{withoutSecrets(explain(call.rule, call.request(), shown, m_facts()), m_redactor), response->body};
    // As it came, because what looks like a secret in it has to reach the sign-in server.
    if (answer.outcome.kind == OutcomeKind::claimsChallenge)
        answer.outcome.challenge = net::proofChallenge(response->headers);
    co_return answer;
}

} // namespace bookdesk::books
