/// DeviceCodeBench: a sign-in on another device against the FakeTenant.
#pragma once

#include "core/redaction.h"
#include "core/results.h"
#include "identity/device-code-sign-in.h"
#include "identity/fake-tenant.h"
#include "identity/trust-store.h"
#include "net/access-manager.h"
#include "net/exchange-log.h"
#include "net/http-client.h"

#include <QTest>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace bookdesk::test {

inline identity::DeviceCodeLimits fastDeviceCodes()
{
    identity::DeviceCodeLimits limits;
    limits.asking = std::chrono::seconds(20);
    limits.code.leastInterval = std::chrono::milliseconds(10);
    limits.pace.slowDown = std::chrono::milliseconds(100);
    limits.pace.longestWait = std::chrono::milliseconds(50);
    return limits;
}

inline QByteArray pendingAnswer()
{
    return oauthFailure("authorization_pending", "AADSTS70016: Authorization is pending.");
}

/// One attempt at a tenant whose token endpoint answers as the test says, and gives good tokens after that.
class DeviceCodeBench
{
public:
    DeviceCodeBench()
    {
        tenant.onToken = [this](const Form &) {
            askedAt.push_back(std::chrono::steady_clock::now());
            const std::size_t number = tenant.tokenRequests().size() - 1;
            return number < answers.size() ? answers.at(number) : tokens();
        };
    }

    /// Without a nonce, as none was sent.
    QByteArray tokens() const
    {
        JsonObject id = tenant.idClaims();
        id.remove(u"nonce");
        return tenant.tokenAnswer(id, tenant.accessClaims());
    }

    void start(std::optional<identity::Account> again = std::nullopt,
               const identity::DeviceCodeLimits &limits = fastDeviceCodes())
    {
        signIn.reset();
        trust = std::make_unique<identity::TrustStore>(http, connection, identity::ApiKnowledge(), clock);
        const identity::OpenUrl open = [this](const QUrl &url) -> Result<void> {
            opened.push_back(url);
            return {};
        };
        signIn = std::make_unique<identity::DeviceCodeSignIn>(
            identity::DeviceCodeSignIn::Parts{http, *trust, redactor, open, clock},
            identity::DeviceCodeSignIn::Options{std::move(again)}, limits);
        m_outcome = begin(signIn->run());
    }

    bool hasEnded() const { return m_outcome->has_value(); }

    Result<identity::SignedIn> finish()
    {
        if (!QTest::qWaitFor([this] { return hasEnded(); }, 30'000))
            return failure(Error{{"test.still-running"}, {}, {}});
        return **m_outcome;
    }

    bool waitFor(const std::function<bool()> &isSo) { return QTest::qWaitFor(isSo, 20'000); }
    bool waitUntilAsked(std::size_t times)
    {
        return waitFor([this, times] { return tenant.tokenRequests().size() >= times; });
    }

    FakeTenant tenant;
    identity::Connection connection = tenant.connection();
    std::vector<QByteArray> answers; ///< The first ones of the token endpoint.
    std::vector<std::chrono::steady_clock::time_point> askedAt;
    Clock clock = systemNow;
    net::ExchangeLog log;
    Redactor redactor;
    net::AccessManager manager{log, redactor, systemNow, {}, {}};
    net::HttpClient http{manager};
    std::unique_ptr<identity::TrustStore> trust;
    std::vector<QUrl> opened;
    std::unique_ptr<identity::DeviceCodeSignIn> signIn;

private:
    Outcome<identity::SignedIn> m_outcome;
};

} // namespace bookdesk::test
