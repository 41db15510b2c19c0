/// EndpointRun: the endpoints of one API with their rules, what is predicted for them, and the calls that try it.
#pragma once

#include "books/books-api.h"
#include "core/task-scope.h"
#include "lab/endpoint-result.h"
#include "lab/openapi-rules.h"
#include "net/http-client.h"

#include <QMap>
#include <QObject>
#include <QString>

#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

namespace bookdesk::lab {

/// What *Run all safe calls* did.
struct SafeCalls
{
    int called = 0;
    int skipped = 0; ///< Safe ones whose path has placeholders, for which nobody gave values.

    friend bool operator==(const SafeCalls &, const SafeCalls &) = default;
};

/// One call or fetch at a time. One thread; destroying it stops what is under way.
class EndpointRun : public QObject
{
    Q_OBJECT

public:
    /// The parts must outlive the run.
    struct Parts
    {
        /// Sends with the person's token; see books::BooksApi::call.
        std::function<QCoro::Task<books::ApiOutcome>(books::AccessRule, QString, books::Sending, std::stop_token)> call;
        /// Asks the API for its document, without a token.
        std::function<Task<net::HttpResponse>(std::stop_token)> fetch;
        std::function<books::TokenFacts()> facts;
    };

    explicit EndpointRun(Parts parts, QObject *parent = nullptr);

    const std::vector<EndpointResult> &results() const { return m_results; }
    /// What was read of the API's document; nothing before it was, or where it cannot be.
    const std::optional<OpenApiRules> &document() const { return m_document; }
    /// Why it could not be read; nothing if it was, or before.
    const std::optional<Error> &documentFailure() const { return m_documentFailure; }
    bool isLoading() const { return m_isLoading; }

    const std::vector<books::AccessRule> &ownRules() const { return m_own; }
    void setOwnRules(std::vector<books::AccessRule> rules);

    /// Fetches the API's /openapi.json; the rules before it stay where that fails. Errors: lab.document-unavailable,
    /// lab.document-invalid, stopped.
    Task<void> loadDocument();

    /// Calls all endpoints with GET and HEAD, one after the other. Errors: stopped.
    Task<SafeCalls> runSafe(books::Sending sending = books::Sending::guarded);
    /// Calls one endpoint of results(), whatever its method; @p values fill its placeholders and may not be refused
    /// (see refusedValueReason). Errors: stopped.
    Task<void> run(books::AccessRule rule, QMap<QString, QString> values);
    bool isRunning() const { return m_isRunning; }
    /// The call under way, as in results(); nothing between calls.
    const std::optional<books::AccessRule> &current() const { return m_current; }
    /// Ends the calls. The one under way counts as not run; what was answered before stays.
    void stop();

    /// Another token is in use: all predictions are made again.
    void notePredictions();
    /// Another person: what the API answered to the one before is forgotten.
    void forget();

Q_SIGNALS:
    /// Rules, predictions or outcomes changed; or a call or a fetch began or ended.
    void changed();

private:
    ScopedTask<void> load(std::stop_token stop);
    ScopedTask<OpenApiRules> fetchRules(std::stop_token stop);
    ScopedTask<SafeCalls> callSafe(books::Sending sending);
    ScopedTask<void> callOne(books::AccessRule rule, QString encodedPath, books::Sending sending);
    ScopedTask<void> callAlone(books::AccessRule rule, QString encodedPath);
    void mergeRules();
    EndpointResult *find(const books::AccessRule &rule);

    const Parts m_parts;
    std::vector<books::AccessRule> m_own;
    std::optional<OpenApiRules> m_document;
    std::optional<Error> m_documentFailure;
    std::vector<EndpointResult> m_results;
    bool m_isLoading = false;
    bool m_isRunning = false;
    std::optional<books::AccessRule> m_current;
    std::stop_source m_calls; ///< Replaced for each run.
    TaskScope m_scope;
};

} // namespace bookdesk::lab
