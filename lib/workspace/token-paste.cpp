#include "workspace/token-paste.h"

#include "books/claim-types.h"
#include "core/off-thread.h"
#include "identity/trust.h"
#include "workspace/desk.h"
#include "workspace/errors.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QPointer>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::workspace {

using jose::InspectedToken; // lupdate loses its place at a function that begins with a qualified name.

namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(TokenPaste)
};

QString anyOfOurIssuers() { return Texts::tr("an issuer of your connections"); }

/// As much as a token may have.
constexpr qint64 largest = 1024 * 1024;

Error replaced() { return {bookdesk::errors::stopped, Texts::tr("Another token took this one's place.")}; }

Error tooLarge()
{
    return {errors::tokenFileUnreadable, Texts::tr("The text is larger than 1 MiB, so it is not searched for a token."),
            Texts::tr("Copy the token alone.")};
}

tl::unexpected<Error> unreadable(const QString &path, const QString &why)
{
    return bookdesk::failure(
        errors::tokenFileUnreadable, Texts::tr("The file “%1” cannot be read.").arg(QFileInfo(path).fileName()),
        Texts::tr("Choose a file that holds a token and nothing else."), {{facts::file, path}, {facts::reason, why}});
}

Result<Secret> readFile(const QString &path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile())
        return unreadable(path, Texts::tr("It is no ordinary file."));
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(path, file.errorString());
    QByteArray content = file.read(largest + 1);
    const bool isTooLarge = content.size() > largest;
    Secret text = Secret::taking(std::move(content));
    if (isTooLarge)
        return unreadable(path, Texts::tr("It is larger than 1 MiB."));
    if (file.error() != QFileDevice::NoError)
        return unreadable(path, file.errorString());
    return text;
}

std::vector<TrustingConnection> connectionsOf(const QString &issuer, const std::vector<identity::Connection> &all)
{
    std::vector<TrustingConnection> trusting;
    for (const identity::Connection &connection : all) {
        if (connection.provider.isIssuerOf(connection.authority, issuer))
            trusting.push_back({connection.id, connection.name});
    }
    return trusting;
}

/// For a token of an issuer that no connection trusts: its form, its dates, its types.
jose::TokenPolicy policyOfNobody()
{
    jose::TokenPolicy policy;
    policy.algorithms.assign(jose::allAlgorithms.begin(), jose::allAlgorithms.end());
    policy.claimTypes = books::claimTypes();
    return policy;
}

bool needsKeys(jose::CheckKind kind) { return kind == jose::CheckKind::key || kind == jose::CheckKind::signature; }

bool needsConnection(jose::CheckKind kind)
{
    return needsKeys(kind) || kind == jose::CheckKind::audience || kind == jose::CheckKind::tenant;
}

void waive(jose::Check &check)
{
    const bool isUnreadable = check.result == jose::CheckResult::notApplicable && check.fault != jose::CheckFault::none;
    if (isUnreadable)
        return; // which is reason enough
    check.result = jose::CheckResult::notApplicable;
    check.fault = jose::CheckFault::none;
    check.expected.clear();
    check.got.clear();
}

InspectedToken judgedByNobody(const Secret &token, TimePoint now)
{
    jose::InspectedToken inspected = jose::inspect(token, {}, policyOfNobody(), now);
    for (jose::Check &check : inspected.verification.checks) {
        if (needsConnection(check.kind))
            waive(check);
        else if (check.kind == jose::CheckKind::issuer && check.result == jose::CheckResult::failed)
            check.expected = anyOfOurIssuers();
    }
    return inspected;
}

std::optional<identity::KeyState> keysOf(Desk &desk, const QString &issuer) { return desk.keys().state(issuer); }

} // namespace

TokenPaste::TokenPaste(Desks desks, Clock clock, QObject *parent)
    : QObject(parent)
    , m_desks(std::move(desks))
    , m_clock(std::move(clock))
{}

void TokenPaste::clear()
{
    if (!m_scope.restart())
        return;
    m_shown = {};
    Q_EMIT changed();
}

void TokenPaste::take(const Secret &text)
{
    if (!m_scope.restart())
        return;
    m_shown = {};
    if (text.size() <= largest)
        m_shown.found = jose::findToken(text.reveal());
    else
        m_shown.failure = tooLarge();
    judge();
}

void TokenPaste::takeFile(const QString &path)
{
    if (!m_scope.restart())
        return;
    m_shown = {true};
    m_scope.run([this, path](std::stop_token) { return read(path); }, replaced());
    Q_EMIT changed();
}

ScopedTask<void> TokenPaste::read(QString path)
{
    const std::function<Result<Secret>()> work = [path] { return readFile(path); };
    const Result<std::optional<Result<Secret>>> done =
        co_await callOut([&] { return offThread<Result<Secret>>(work, std::stop_token()); });
    if (!done)
        co_return failure(done.error());
    const Result<Secret> &text = **done;
    m_shown = {};
    if (text)
        m_shown.found = jose::findToken(text->reveal());
    else
        m_shown.failure = text.error();
    const Result<void> told = co_await callOut([this] { judge(); });
    co_return told;
}

void TokenPaste::judgeBy(const QString &connectionId)
{
    if (isEmpty() || !m_scope.restart())
        return;
    m_shown.judgedBy = connectionId;
    judge();
}

/// Shows what is known at once; what needs keys follows.
void TokenPaste::judge()
{
    const Secret &token = m_shown.found.first.token;
    m_shown.isBusy = false;
    m_shown.keysFailure.reset();
    m_shown.fetchedFrom.clear();
    if (token.isEmpty()) {
        Q_EMIT changed();
        return;
    }
    m_shown.token = judgedByNobody(token, m_clock());
    const QString issuer =
        m_shown.token->decoded ? m_shown.token->decoded->stringClaim(u"iss").value_or(QString()) : QString();
    m_shown.trusting = connectionsOf(issuer, m_desks.connections());
    const auto isChosen = [this](const TrustingConnection &one) { return one.id == m_shown.judgedBy; };
    if (std::none_of(m_shown.trusting.begin(), m_shown.trusting.end(), isChosen))
        m_shown.judgedBy = m_shown.trusting.empty() ? QString() : m_shown.trusting.front().id;
    m_shown.isBusy = desk() != nullptr;
    // The task may end at once, and a receiver of its signal may delete this.
    const QPointer<TokenPaste> self(this);
    if (m_shown.isBusy)
        m_scope.run([this, id = m_shown.judgedBy, token](std::stop_token) { return judgeAt(id, token); }, replaced());
    if (self)
        Q_EMIT changed();
}

Desk *TokenPaste::desk() const { return m_shown.trusting.empty() ? nullptr : m_desks.open(m_shown.judgedBy); }

ScopedTask<void> TokenPaste::judgeAt(QString connectionId, Secret token)
{
    Desk *const judging = m_desks.open(connectionId);
    const QString issuer = m_shown.token->decoded->stringClaim(u"iss").value_or(QString());
    const std::optional<identity::KeyState> before = keysOf(*judging, issuer);
    const Result<jose::InspectedToken> inspected = co_await callOut([&] { return judging->inspectToken(token); });
    m_shown.isBusy = false;
    if (inspected)
        m_shown.token = *inspected;
    else
        judgeWithoutKeys(inspected.error());
    const std::optional<identity::KeyState> after = keysOf(*judging, issuer);
    if (after && (!before || before->fetchedAt != after->fetchedAt))
        m_shown.fetchedFrom = after->host;
    const Result<void> told = co_await callOut([this] { Q_EMIT changed(); });
    co_return told;
}

void TokenPaste::judgeWithoutKeys(const Error &failure)
{
    m_shown.keysFailure = failure;
    const identity::Connection &connection = desk()->connection();
    const QString issuer = m_shown.token->decoded->stringClaim(u"iss").value_or(QString());
    identity::Trust trust = identity::makeTrust(connection, issuer, {books::claimTypes()});
    m_shown.token = trust.inspect(m_shown.found.first.token, m_clock());
    for (jose::Check &check : m_shown.token->verification.checks) {
        if (needsKeys(check.kind))
            waive(check);
    }
}

} // namespace bookdesk::workspace
