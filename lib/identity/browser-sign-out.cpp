#include "identity/browser-sign-out.h"

#include "identity/attempt-secrets.h"
#include "identity/errors.h"
#include "identity/sign-out-address.h"
#include "identity/sign-out-listener.h"

#include <QCoreApplication>

#include <utility>

namespace bookdesk::identity {
namespace {

using namespace Qt::StringLiterals;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(BrowserSignOut)
};

Error cancelled()
{
    return {errors::signOutCancelled, Texts::tr("The wait for the browser was cancelled. You are signed out here.")};
}

Error unsupported()
{
    return {errors::signOutUnsupported, Texts::tr("The sign-in server has no address for signing out in the browser."),
            Texts::tr("Sign out on the organization's own pages, or close all windows of the browser.")};
}

Error tooLate()
{
    return {errors::signOutTimedOut,
            Texts::tr("The browser did not come back, so it is not known whether you are signed out there."),
            Texts::tr("Look at the browser: where its page says that you have signed out, all is well. Otherwise sign "
                      "out there.")};
}

} // namespace

BrowserSignOut::BrowserSignOut(Parts parts, QString hint, SignOutLimits limits, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_hint(std::move(hint))
    , m_limits(limits)
    , m_deadline(m_parts.clock() + m_limits.browser)
    , m_state(randomText())
{
    m_limit.setSingleShot(true);
    m_limit.callOnTimeout(&m_limit, [this] { end(tooLate()); });
}

BrowserSignOut::~BrowserSignOut() = default;

Task<BrowserAnswer> BrowserSignOut::run()
{
    return m_scope.run([this](std::stop_token stop) { return attempt(std::move(stop)); }, cancelled());
}

ScopedTask<BrowserAnswer> BrowserSignOut::attempt(std::stop_token stop)
{
    m_deadline = m_parts.clock() + m_limits.browser;
    m_limit.start(m_limits.browser);
    Result<BrowserAnswer> outcome = co_await pursue(stop);
    m_limit.stop();
    if (!outcome && stop.stop_requested())
        outcome = failure(m_endReason.value_or(cancelled()));
    // A fixed port is needed for the next sign-in.
    if (m_listener && m_parts.trust.connection().redirect.ports.empty())
        SignOutListener::remain(std::move(m_listener), m_parts.manager, m_limits.lateVisits);
    m_listener.reset();
    co_return outcome;
}

ScopedTask<BrowserAnswer> BrowserSignOut::pursue(std::stop_token stop)
{
    const Result<DiscoveryDocument> discovery = co_await callOut([&] { return m_parts.trust.endpoints(stop); });
    if (!discovery)
        co_return failure(discovery.error());
    m_endpoint = signOutEndpoint(*discovery, m_parts.trust.connection().provider);
    if (m_endpoint.isEmpty())
        co_return failure(unsupported());
    Result<BrowserAnswer> answer;
    if (listen())
        answer = co_await openAndWait();
    else
        // Without the hint: a browser's command line shows the address to everybody on this computer.
        answer = co_await openOnly(signOutAddress(m_endpoint, m_parts.trust.connection(), {}, std::nullopt));
    co_return answer;
}

/// False where no port is free: then the browser can be opened even so.
bool BrowserSignOut::listen()
{
    const Connection &connection = m_parts.trust.connection();
    Result<std::unique_ptr<SignOutListener>> listener = SignOutListener::listen(
        {connection.redirect, m_state, m_limits.requestRead, connection.provider.signOut.returnsState});
    if (!listener)
        return false;
    m_listener = std::move(*listener);
    m_listener->sendTo(
        signOutAddress(m_endpoint, connection, m_hint, SignOutReturn{m_listener->redirectUri(), m_state}));
    connect(m_listener.get(), &SignOutListener::ignored, this, [this] {
        m_hasIgnored = true;
        Q_EMIT progressed();
    });
    return true;
}

ScopedTask<BrowserAnswer> BrowserSignOut::openAndWait()
{
    if (const Result<void> told = co_await callOut([this] { Q_EMIT progressed(); }); !told)
        co_return failure(told.error());
    const Result<std::optional<Error>> failed = co_await callOut([this] { return openAgain().failure(); });
    if (!failed)
        co_return failure(failed.error());
    if (*failed && !m_listener->isVisited()) {
        m_browserFailure = *failed;
        if (const Result<void> told = co_await callOut([this] { Q_EMIT progressed(); }); !told)
            co_return failure(told.error());
    }
    const Result<bool> returned = co_await callOut([this] { return m_listener->returned(); });
    if (!returned)
        co_return failure(returned.error());
    if (!*returned)
        co_return failure(tooLate());
    co_return BrowserAnswer::signedOut;
}

ScopedTask<BrowserAnswer> BrowserSignOut::openOnly(QUrl address)
{
    m_parts.manager.recordInBrowser(m_endpoint);
    // Copies, because the browser may destroy this object.
    const auto open = [open = m_parts.open, address] { return openInBrowser(open, address).failure(); };
    const Result<std::optional<Error>> failed = co_await callOut(open);
    if (!failed)
        co_return failure(failed.error());
    if (*failed)
        co_return failure(**failed);
    co_return BrowserAnswer::unknown;
}

QUrl BrowserSignOut::newLink() { return hasLink() ? m_listener->newStart() : QUrl(); }

Opening BrowserSignOut::openAgain()
{
    if (!hasLink())
        return Result<void>(failure(errors::browserFailed, Texts::tr("The sign-out page is not ready yet."),
                                    Texts::tr("Wait a moment.")));
    // Copies, because each may destroy this object.
    const OpenUrl open = m_parts.open;
    const QUrl link = newLink();
    m_parts.manager.recordInBrowser(m_endpoint);
    return openInBrowser(open, link);
}

void BrowserSignOut::cancel() { end(cancelled()); }

void BrowserSignOut::end(const Error &reason)
{
    if (m_endReason)
        return;
    m_endReason = reason;
    // The task's last progress is no longer reported.
    if (m_scope.stop())
        Q_EMIT progressed();
}

} // namespace bookdesk::identity
