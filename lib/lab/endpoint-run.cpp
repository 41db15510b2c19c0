#include "lab/endpoint-run.h"

#include "core/errors.h"
#include "core/off-thread.h"
#include "lab/comparison.h"
#include "lab/endpoint-path.h"
#include "lab/endpoint-rules.h"
#include "lab/errors.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::lab {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(EndpointRun)
};

Error stopped() { return {bookdesk::errors::stopped, Texts::tr("The calls were stopped.")}; }

template <class T> Task<T> ended() { co_return failure(stopped()); }

QString unavailableRemedy()
{
    return Texts::tr("The built-in rules and your own still work. Not every API publishes this document.");
}

Error unavailable(const Error &cause)
{
    return {errors::documentUnavailable,
            Texts::tr("The API's /openapi.json could not be fetched. %1").arg(cause.message), unavailableRemedy(),
            factsOfCause(cause)};
}

Error refused(const net::HttpResponse &response)
{
    const QString message =
        response.redirectTarget.isValid()
            ? Texts::tr("The API redirects /openapi.json elsewhere (HTTP %1), and Bookdesk does not follow.")
            : Texts::tr("The API does not provide /openapi.json (HTTP %1).");
    return {errors::documentUnavailable,
            message.arg(response.status),
            unavailableRemedy(),
            {{facts::httpStatus, QString::number(response.status)}}};
}

/// On another thread, because documents are large.
Task<OpenApiRules> readOffThread(Secret body, std::stop_token stop)
{
    const std::function<Result<OpenApiRules>()> work = [body] { return readOpenApi(body.reveal()); };
    std::optional<Result<OpenApiRules>> rules = co_await offThread(work, std::move(stop));
    if (!rules)
        co_return failure(stopped());
    co_return *std::move(rules);
}

} // namespace

EndpointRun::EndpointRun(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
{
    mergeRules();
}

void EndpointRun::setOwnRules(std::vector<books::AccessRule> rules)
{
    m_own = std::move(rules);
    mergeRules();
    Q_EMIT changed();
}

EndpointResult *EndpointRun::find(const books::AccessRule &rule)
{
    const auto found = std::ranges::find_if(
        m_results, [&rule](const EndpointResult &result) { return isSameCall(result.rule.rule, rule); });
    return found == m_results.end() ? nullptr : &*found;
}

/// Outcomes stay with the rules that are the same as before.
void EndpointRun::mergeRules()
{
    const books::TokenFacts facts = m_parts.facts();
    std::vector<EndpointResult> results;
    for (const LabRule &rule : mergedRules(m_document ? m_document->rules : std::vector<LabRule>(), m_own)) {
        EndpointResult result{rule, predict(rule, facts), {}, Comparison::notRun, {}};
        const EndpointResult *before = find(rule.rule);
        if (before && before->prediction == result.prediction) {
            result.outcome = before->outcome;
            compare(result);
        }
        results.push_back(std::move(result));
    }
    m_results = std::move(results);
}

void EndpointRun::notePredictions()
{
    mergeRules();
    Q_EMIT changed();
}

void EndpointRun::forget()
{
    stop();
    m_results.clear();
    mergeRules();
    Q_EMIT changed();
}

void EndpointRun::stop() { std::stop_source(m_calls).request_stop(); }

Task<void> EndpointRun::loadDocument()
{
    if (m_isLoading)
        return ended<void>();
    return m_scope.run([this](std::stop_token stop) { return load(std::move(stop)); }, stopped());
}

ScopedTask<void> EndpointRun::load(std::stop_token stop)
{
    m_isLoading = true;
    Result<void> told = co_await callOut([this] { Q_EMIT changed(); });
    Result<OpenApiRules> rules = co_await fetchRules(stop);
    m_isLoading = false;
    m_documentFailure.reset();
    if (rules)
        m_document = *rules;
    else
        m_documentFailure = rules.error();
    mergeRules();
    told = co_await callOut([this] { Q_EMIT changed(); });
    if (told && !rules)
        co_return failure(rules.error());
    co_return told;
}

ScopedTask<OpenApiRules> EndpointRun::fetchRules(std::stop_token stop)
{
    const auto fetching = [fetch = m_parts.fetch, stop] { return fetch(stop); };
    const Result<net::HttpResponse> response = co_await callOut(fetching);
    if (!response)
        co_return failure(unavailable(response.error()));
    if (response->status != 200)
        co_return failure(refused(*response));
    Result<OpenApiRules> rules = co_await callOut([&] { return readOffThread(response->body, stop); });
    co_return rules;
}

Task<SafeCalls> EndpointRun::runSafe(books::Sending sending)
{
    if (m_isRunning)
        return ended<SafeCalls>();
    return m_scope.run([this, sending](std::stop_token) { return callSafe(sending); }, stopped());
}

Task<void> EndpointRun::run(books::AccessRule rule, QMap<QString, QString> values)
{
    if (m_isRunning)
        return ended<void>();
    const QString path = filledPath(rule.path, values);
    return m_scope.run([this, rule, path](std::stop_token) { return callAlone(rule, path); }, stopped());
}

ScopedTask<SafeCalls> EndpointRun::callSafe(books::Sending sending)
{
    m_isRunning = true;
    m_calls = std::stop_source();
    const std::vector<EndpointResult> endpoints = m_results;
    SafeCalls calls;
    Result<void> called;
    for (const EndpointResult &endpoint : endpoints) {
        const books::AccessRule rule = endpoint.rule.rule;
        if (!isSafe(rule.method))
            continue;
        if (!placeholdersOf(rule.path).isEmpty()) {
            ++calls.skipped;
            continue;
        }
        called = co_await callOne(rule, filledPath(rule.path, {}), sending);
        if (!called)
            break;
        ++calls.called;
    }
    m_isRunning = false;
    const Result<void> told = co_await callOut([this] { Q_EMIT changed(); });
    if (!called || !told)
        co_return failure(called ? told.error() : called.error());
    co_return calls;
}

ScopedTask<void> EndpointRun::callAlone(books::AccessRule rule, QString encodedPath)
{
    m_isRunning = true;
    m_calls = std::stop_source();
    const Result<void> called = co_await callOne(rule, encodedPath, books::Sending::guarded);
    m_isRunning = false;
    const Result<void> told = co_await callOut([this] { Q_EMIT changed(); });
    co_return called ? told : called;
}

ScopedTask<void> EndpointRun::callOne(books::AccessRule rule, QString encodedPath, books::Sending sending)
{
    m_current = rule;
    Result<void> told = co_await callOut([this] { Q_EMIT changed(); });
    std::stop_source calls = m_calls;
    const std::stop_token stop = calls.get_token();
    const auto calling = [call = m_parts.call, rule, encodedPath, sending, stop] {
        return call(rule, encodedPath, sending, stop);
    };
    const Result<books::ApiOutcome> outcome = co_await callOut(calling);
    if (!outcome) // The run has ended, so nothing waits for the call.
        calls.request_stop();
    m_current.reset();
    EndpointResult *result = find(rule);
    const bool wasStopped = !outcome || stop.stop_requested() || outcome->kind == books::OutcomeKind::stopped;
    if (result && !wasStopped) {
        result->outcome = *outcome;
        compare(*result);
    }
    told = co_await callOut([this] { Q_EMIT changed(); });
    if (wasStopped)
        co_return failure(stopped());
    co_return told;
}

} // namespace bookdesk::lab
