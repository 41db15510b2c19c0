/// Lab: the access lab of one connection: its endpoints, with the rules of the contract, of the API and of the person,
/// its probes, and what is reported of both.
#pragma once

#include "books/books-api.h"
#include "identity/session.h"
#include "lab/endpoint-run.h"
#include "lab/lab-report.h"
#include "net/http-client.h"
#include "workspace/own-rules.h"
#include "workspace/probes.h"

#include <QObject>

#include <functional>

namespace bookdesk::workspace {

/// Follows the session: nothing of one person is shown to another. GUI thread.
class Lab : public QObject
{
    Q_OBJECT

public:
    /// The references must outlive the lab.
    struct Parts
    {
        const identity::Connection &connection;
        net::HttpClient &http;
        identity::Session &session;
        books::BooksApi &books;
        identity::TrustStore &trust;
        Redactor redactor;
        Clock clock;
        std::function<books::TokenFacts()> facts;
        OwnRules ownRules;
        FindSigner signer;
    };

    explicit Lab(Parts parts, QObject *parent = nullptr);

    lab::EndpointRun &endpoints() { return m_endpoints; }
    const lab::EndpointRun &endpoints() const { return m_endpoints; }
    Probes &probes() { return m_probes; }
    /// What was called and sent so far.
    lab::LabReport report() const;
    /// Writes the report to a file, as JSON where its name ends in `.json`, else as Markdown; on another thread.
    /// Errors: file.not-written.
    Task<void> saveReport(QString path) const;

    /// Adds a rule of the person's, or replaces the one for the same call. Errors: connection.store-failed.
    Result<void> saveRule(const books::AccessRule &rule);
    /// Removes the person's rule for this call, so that another one holds again. Errors: connection.store-failed.
    Result<void> removeRule(const books::AccessRule &rule);

private:
    Result<void> saveRules(std::vector<books::AccessRule> rules);
    std::vector<books::AccessRule> rulesWithout(const books::AccessRule &rule) const;

    Parts m_parts;
    lab::EndpointRun m_endpoints;
    Probes m_probes;
};

} // namespace bookdesk::workspace
