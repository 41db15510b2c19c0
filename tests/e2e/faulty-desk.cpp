#include "e2e/faulty-desk.h"

#include "core/results.h"
#include "e2e/text-of.h"
#include "identity/connection.h"
#include "workspace/persona-browser.h"

namespace bookdesk::test {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

net::RequestKind kindOf(Step step)
{
    switch (step) {
    case Step::discovery:
        return net::RequestKind::discovery;
    case Step::keys:
        return net::RequestKind::keys;
    case Step::token:
    case Step::refresh:
        return net::RequestKind::tokens;
    case Step::list:
    case Step::remove:
        break;
    }
    return net::RequestKind::api;
}

bool endsByTime(Wrong what)
{
    return what == Wrong::stall || what == Wrong::endlessHeaders || what == Wrong::slowLoris;
}

/// The first run of @p secret in @p text that is long enough to be of use.
QByteArray partOf(QByteArrayView secret, const QByteArray &text)
{
    constexpr qsizetype length = 20;
    for (qsizetype at = 0; at + length <= secret.size(); ++at) {
        if (text.contains(secret.sliced(at, length)))
            return secret.sliced(at, length).toByteArray();
    }
    return {};
}

} // namespace

FaultyDesk::FaultyDesk(bool usesTls)
{
    sandbox::SandboxOptions options;
    options.usesTls = usesTls;
    options.publicPort = m_proxy.port();
    options.onSecretMade = [secrets = m_secrets](const Secret &secret) { secrets->push_back(secret); };
    m_sandbox = valueOf(QCoro::waitFor(sandbox::SandboxServer::start(options)));
    m_proxy.setTarget(m_sandbox->port(), usesTls);
    m_browser = workspace::personaBrowser({u"ada"_s}, m_sandbox->certificateAuthority());
    renew();
}

void FaultyDesk::renew()
{
    clear();
    m_secrets->clear();
    workspace::Surroundings surroundings;
    surroundings.open = m_browser;
    // Long enough for the request to reach the proxy on a busy machine; a first TLS connection takes longest.
    const std::chrono::milliseconds limit = m_sandbox->certificateAuthority().isEmpty() ? 700ms : 2500ms;
    surroundings.netLimits.bounds = [hurried = m_hurried, limit](net::RequestKind kind) {
        net::AnswerBounds bounds = net::usualBounds(kind);
        if (kind == *hurried)
            bounds.time = limit;
        return bounds;
    };
    m_desk.reset();
    m_desk = std::make_unique<workspace::Desk>(
        valueOf(identity::readConnection(toCompactJson(m_sandbox->connectionFile()))), surroundings);
}

void FaultyDesk::arm(Step step, Wrong what)
{
    m_proxy.arm(step, what);
    hurry(step, what);
}

void FaultyDesk::armConnections(Step step, Wrong what)
{
    m_proxy.armConnections(what);
    hurry(step, what);
}

void FaultyDesk::hurry(Step step, Wrong what)
{
    if (endsByTime(what))
        *m_hurried = kindOf(step);
}

void FaultyDesk::clear()
{
    m_proxy.clear();
    m_hurried->reset();
}

Result<void> FaultyDesk::signIn() { return QCoro::waitFor(m_desk->signIn({})); }

QByteArray FaultyDesk::leakIn(const QString &text) const
{
    QString searched = text;
    for (const net::Exchange &exchange : m_desk->exchanges().exchanges())
        searched += textOf(exchange);
    const QByteArray bytes = searched.toUtf8();
    for (const Secret &secret : *m_secrets) {
        const QByteArray found = partOf(secret.reveal(), bytes);
        if (!found.isEmpty())
            return found;
    }
    return {};
}

} // namespace bookdesk::test
