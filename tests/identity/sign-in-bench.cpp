#include "identity/sign-in-bench.h"

#include <QTest>
#include <QUrlQuery>

#include <algorithm>

namespace bookdesk::test {
namespace {

using namespace Qt::StringLiterals;

QCoro::Task<void> collect(Task<identity::SignedIn> task,
                          std::shared_ptr<std::optional<Result<identity::SignedIn>>> outcome)
{
    Result<identity::SignedIn> result = co_await std::move(task);
    outcome->emplace(std::move(result));
}

} // namespace

SignInBench::SignInBench(identity::ResponseMode responseMode, identity::SignInOptions options,
                         identity::SignInLimits limits)
    : mode(responseMode)
{
    // Most tests ask for no page after a redirect by query.
    limits.pageFetch = std::min(limits.pageFetch, std::chrono::milliseconds{300});
    const identity::OpenUrl open = [this](const QUrl &url) -> Result<void> {
        opened.push_back(url);
        return {};
    };
    signIn = std::make_unique<identity::SignIn>(identity::SignIn::Parts{manager, trust, redactor, open, systemNow},
                                                std::move(options), std::move(limits));
}

bool SignInBench::start()
{
    collect(signIn->run(), m_outcome);
    const bool hasBegun = QTest::qWaitFor([this] { return !opened.empty() || !isRunning(); }, 20'000);
    tenant.nonce = linkParameter(u"nonce"_s);
    return hasBegun && !opened.empty();
}

Result<identity::SignedIn> SignInBench::finish()
{
    if (!QTest::qWaitFor([this] { return !isRunning(); }, 30'000))
        return failure(Error{{"test.still-running"}, {}, {}});
    return **m_outcome;
}

QByteArray SignInBench::linkParameter(const QString &name) const
{
    if (opened.empty())
        return {};
    return QUrlQuery(opened.back()).queryItemValue(name, QUrl::FullyDecoded).toUtf8();
}

quint16 SignInBench::port() const
{
    return static_cast<quint16>(QUrl(QString::fromLatin1(linkParameter(u"redirect_uri"_s))).port());
}

QByteArray SignInBench::path() const
{
    return QUrl(QString::fromLatin1(linkParameter(u"redirect_uri"_s))).path().toLatin1();
}

QByteArray SignInBench::host() const { return "localhost:" + QByteArray::number(port()); }

FormValues SignInBench::goodValues() const
{
    return {{"code"_ba, "the-good-code"_ba}, {"state"_ba, linkParameter(u"state"_s)}};
}

QByteArray SignInBench::redirect(const FormValues &values) const
{
    const QByteArray form = formOf(values);
    return mode == identity::ResponseMode::query ? getRequest(path() + '?' + form, host())
                                                 : postRequest(path(), host(), form);
}

RawAnswer SignInBench::arrive(const FormValues &values) const
{
    const quint16 listener = port();
    const RawAnswer first = exchange(listener, redirect(values));
    return first.status == 303 ? exchange(listener, getRequest(first.header("Location"), host())) : first;
}

} // namespace bookdesk::test
