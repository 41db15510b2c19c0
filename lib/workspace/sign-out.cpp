#include "workspace/sign-out.h"

#include "core/errors.h"
#include "identity/errors.h"
#include "identity/sign-out-address.h"

#include <QCoreApplication>

#include <optional>
#include <utility>

namespace bookdesk::workspace {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(SignOut)
};

Error stopped() { return {bookdesk::errors::stopped, Texts::tr("The sign-out was stopped.")}; }

Error superseded()
{
    return {identity::errors::signOutCancelled,
            Texts::tr("The wait for the browser was ended, because another one or another connection took its place.")};
}

} // namespace

SignOut::SignOut(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
{}

SignOut::~SignOut() = default;

Task<void> SignOut::here(QString account, Secret refreshToken)
{
    return m_forgetting.run([this, account, refreshToken](std::stop_token) { return forget(account, refreshToken); },
                            stopped());
}

/// The server is asked first, but what is kept does not wait for its answer: the program may end before. Another
/// program may have renewed what is kept, so that it is another token.
ScopedTask<void> SignOut::forget(QString account, Secret token)
{
    identity::TokenRevocation revocation = newRevocation();
    // Shared, because what is called may end this task.
    const auto revoking = std::make_shared<std::optional<Task<void>>>();
    const auto ask = [&revocation, revoking, token] {
        revoking->emplace(token.isEmpty() ? readyTask(Result<void>()) : revocation.run(token));
    };
    const Result<void> asked = co_await callOut(ask);
    if (!asked)
        co_return asked;
    const Result<std::optional<identity::KeptSignIn>> taken =
        co_await callOut([&] { return m_parts.vault->take(account); });
    Result<void> revoked = co_await callOut([&] { return std::move(**revoking); });
    if (taken && *taken && (*taken)->refreshToken != token) {
        const Result<void> keptRevoked = co_await revoke((*taken)->refreshToken);
        revoked = revoked ? keptRevoked : revoked;
    }
    co_return taken ? revoked : Result<void>(failure(taken.error()));
}

ScopedTask<void> SignOut::revoke(Secret token)
{
    identity::TokenRevocation revocation = newRevocation();
    Result<void> revoked = co_await callOut([&] { return revocation.run(token); });
    co_return revoked;
}

identity::TokenRevocation SignOut::newRevocation() const
{
    return {{m_parts.http, m_parts.trust, m_parts.redactor}, m_parts.limits.revocation};
}

bool SignOut::isPossibleInBrowser() const
{
    const std::optional<identity::DiscoveryDocument> &document = m_parts.trust.lastDocument();
    return document && !document->endSessionEndpoint.isEmpty();
}

Task<identity::BrowserAnswer> SignOut::inBrowser(identity::SignedIn person)
{
    if (!m_browsing.restart() || m_attempt)
        return readyTask(Result<identity::BrowserAnswer>(failure(superseded())));
    const QString hint = identity::logoutHint(person.idToken);
    return m_browsing.run([this, hint](std::stop_token) { return attemptInBrowser(hint); }, superseded());
}

ScopedTask<identity::BrowserAnswer> SignOut::attemptInBrowser(QString hint)
{
    const identity::BrowserSignOut::Parts parts{m_parts.manager, m_parts.trust, m_parts.open, m_parts.clock};
    m_attempt = std::make_unique<identity::BrowserSignOut>(parts, hint, m_parts.limits);
    const Result<identity::BrowserAnswer> answer = co_await callOut([this] { return m_attempt->run(); });
    m_attempt.reset();
    co_return answer;
}

} // namespace bookdesk::workspace
