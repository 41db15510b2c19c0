/// SessionBench: a session of somebody who has signed in at the FakeTenant, and an API that the test answers for.
#pragma once

#include "identity/session.h"
#include "identity/sign-in-bench.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace bookdesk::test {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using identity::Session;
using identity::SignedIn;

inline QByteArray unauthorized(const QByteArray &detail, const QByteArray &challenge = {})
{
    net::Headers headers;
    if (!challenge.isEmpty())
        headers.emplace_back("WWW-Authenticate"_ba, challenge);
    return httpAnswer("401 Unauthorized", headers, "{\"detail\":\"" + detail + "\"}");
}

inline const QByteArray tokenExpired = unauthorized("Token expired");
inline const QByteArray fine = httpAnswer("200 OK", {}, R"({"books":[]})");

/// Somebody signed in at the fake tenant, and an API that answers as the test says.
struct SessionBench
{
    SessionBench() { session->begin(signIn()); }

    SignedIn signIn()
    {
        if (!tenancy.start())
            qFatal("The sign-in does not start");
        tenancy.arrive(tenancy.goodValues());
        const Result<SignedIn> outcome = tenancy.finish();
        if (!outcome)
            qFatal("The sign-in fails: %s", qPrintable(outcome.error().message));
        return *outcome;
    }

    net::HttpRequest request() const
    {
        net::HttpRequest made;
        made.url = api.url(u"/api/v1/books"_s);
        return made;
    }
    Result<net::HttpResponse> send() { return QCoro::waitFor(session->send(request())); }
    Result<void> refresh() { return QCoro::waitFor(session->refresh()); }
    int status()
    {
        const Result<net::HttpResponse> response = send();
        return response ? response->status : 0;
    }
    /// Token requests since the sign-in.
    int refreshes() const { return static_cast<int>(tenancy.tenant.tokenRequests().size()) - 1; }
    QByteArray currentToken() const { return session->current()->tokens.accessToken.reveal().toByteArray(); }
    void makeFresh() { tenancy.tenant.now += 1s; } // tokens differ by their times

    SignInBench tenancy;
    FakeTenant &tenant = tenancy.tenant;
    std::chrono::seconds ahead{0};
    std::optional<TimePoint> at; ///< Instead of a time that passes.
    QByteArrayList bearers;
    std::function<QByteArray(const QByteArray &bearer)> onCall = [](const QByteArray &) { return fine; };
    FakeServer api{[this](const SeenRequest &seen) {
        bearers += net::headerValue(seen.headers, "Authorization").value_or("none"_ba).mid(7);
        return onCall(bearers.back());
    }};
    std::unique_ptr<Session> session = std::make_unique<Session>(Session::Parts{
        tenancy.http, tenancy.trust, tenancy.redactor, [this] { return at.value_or(systemNow() + ahead); }});
};

} // namespace bookdesk::test
