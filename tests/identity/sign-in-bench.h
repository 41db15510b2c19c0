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

    /// Starts the attempt and waits until its link was opened. False where it ended before.
    bool start();
    /// Waits for the end.
    Result<identity::SignedIn> finish();
    bool isRunning() const { return !m_outcome->has_value(); }

    // What the link says.
    QByteArray linkParameter(const QString &name) const;
    quint16 port() const;
    QByteArray host() const;
    QByteArray path() const;

    /// The good redirect, and one with other values.
    QByteArray redirect(const FormValues &values) const;
    QByteArray goodRedirect() const { return redirect(goodValues()); }
    FormValues goodValues() const;
    /// Comes back as a browser does, on to the page where it is sent on; gives the last answer.
    RawAnswer arrive(const FormValues &values) const;

    FakeTenant tenant;
    identity::ResponseMode mode;
    net::ExchangeLog log;
    Redactor redactor;
    net::AccessManager manager{log, redactor, systemNow, {}, {}};
    net::HttpClient http{manager};
    identity::TrustStore trust{http, tenant.connection(mode), {}, systemNow};
    std::vector<QUrl> opened;
    std::unique_ptr<identity::SignIn> signIn;

private:
    std::shared_ptr<std::optional<Result<identity::SignedIn>>> m_outcome =
        std::make_shared<std::optional<Result<identity::SignedIn>>>();
};

} // namespace bookdesk::test
