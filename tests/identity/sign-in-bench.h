/// SignInBench: one sign-in against the FakeTenant, with the test in the place of the browser.
#pragma once

#include "core/redaction.h"
#include "identity/fake-tenant.h"
#include "identity/raw-browser.h"
#include "identity/sign-in.h"
#include "identity/trust-store.h"
#include "net/access-manager.h"
#include "net/exchange-log.h"
#include "net/http-client.h"

#include <QUrl>

#include <memory>
#include <optional>
#include <vector>

namespace bookdesk::test {

class SignInBench
{
public:
    explicit SignInBench(identity::ResponseMode mode = identity::ResponseMode::formPost,
                         identity::SignInOptions options = {}, identity::SignInLimits limits = {});

    /// Makes a new attempt at the same tenant.
    void prepare(identity::SignInOptions options, identity::SignInLimits limits = {});
    /// Starts the attempt, waits until its link was opened, and visits that. False where it ended before.
    bool start();
    /// Visits a start address as a browser does, and keeps what it gives.
    void visit(const QUrl &start);
    /// Waits for the end.
    Result<identity::SignedIn> finish();
    bool isRunning() const { return !m_outcome->has_value(); }

    // What the address says to which the start leads.
    QByteArray linkParameter(const QString &name) const;
    quint16 port() const;
    QByteArray host() const;
    QByteArray path() const;

    /// A redirect with these values; the good ones are those of the real browser.
    QByteArray redirect(const FormValues &values) const;
    FormValues goodValues() const;
    /// Comes back as a browser does, and gives the request for the page where it is sent on.
    QByteArray pageRequest(const FormValues &values) const;
    QByteArray pageRequest() const { return pageRequest(goodValues()); }
    /// Comes back as a browser does, on to the page where it is sent on; gives the last answer.
    RawAnswer arrive(const FormValues &values) const;
    /// Goes where @p moved leads, with the cookie.
    RawAnswer follow(const RawAnswer &moved) const;

    FakeTenant tenant;
    identity::ResponseMode mode;
    net::ExchangeLog log;
    Redactor redactor;
    net::AccessManager manager{log, redactor, systemNow, {}, {}};
    net::HttpClient http{manager};
    identity::TrustStore trust{http, tenant.connection(mode), {}, systemNow};
    std::vector<QUrl> opened;
    Result<void> browserAnswer; ///< What the browser says to being opened.
    bool visitsStart = true;    ///< Whether start() visits the link.
    QUrl authorizationUrl;
    QByteArray cookie; ///< `name=value`
    std::unique_ptr<identity::SignIn> signIn;

private:
    std::shared_ptr<std::optional<Result<identity::SignedIn>>> m_outcome =
        std::make_shared<std::optional<Result<identity::SignedIn>>>();
};

} // namespace bookdesk::test
