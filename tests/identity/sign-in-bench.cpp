#include "identity/sign-in-bench.h"

#include "core/results.h"

#include <QTest>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace bookdesk::test {
SignInBench::SignInBench(identity::ResponseMode responseMode, identity::SignInOptions options,
                         identity::SignInLimits limits)
    : mode(responseMode)
{
    prepare(std::move(options), std::move(limits));
}

void SignInBench::prepare(identity::SignInOptions options, identity::SignInLimits limits)
{
    opened.clear();
    const identity::OpenUrl open = [this](const QUrl &url) -> Result<void> {
        opened.push_back(url);
        return browserAnswer;
    };
    signIn = std::make_unique<identity::SignIn>(identity::SignIn::Parts{manager, trust, redactor, open, systemNow},
                                                std::move(options), std::move(limits));
}

bool SignInBench::start()
{
    collect(signIn->run(), m_outcome);
    const bool hasBegun = QTest::qWaitFor([this] { return !opened.empty() || !isRunning(); }, 20'000);
    if (!hasBegun || opened.empty())
        return false;
    if (!visitsStart)
        return true;
    visit(opened.front());
    tenant.nonce = linkParameter(u"nonce"_s);
    return true;
}

Result<identity::SignedIn> SignInBench::finish()
{
    if (!QTest::qWaitFor([this] { return !isRunning(); }, 30'000))
        return failure(Error{{"test.still-running"}, {}, {}});
    return **m_outcome;
}

void SignInBench::visit(const QUrl &start)
{
    const QByteArray at = "localhost:" + QByteArray::number(start.port());
    const RawAnswer answer = exchange(static_cast<quint16>(start.port()), getRequest(start.path().toLatin1(), at));
    authorizationUrl = QUrl::fromEncoded(answer.header("Location"));
    cookie = answer.header("Set-Cookie").split(';').front();
}

QByteArray SignInBench::linkParameter(const QString &name) const
{
    return QUrlQuery(authorizationUrl).queryItemValue(name, QUrl::FullyDecoded).toUtf8();
}

quint16 SignInBench::port() const { return opened.empty() ? quint16{0} : static_cast<quint16>(opened.back().port()); }

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

QByteArray SignInBench::pageRequest(const FormValues &values) const
{
    const RawAnswer moved = exchange(port(), redirect(values));
    return getRequest(moved.header("Location"), host(), "Cookie: " + cookie + "\r\n");
}

RawAnswer SignInBench::arrive(const FormValues &values) const
{
    const RawAnswer first = exchange(port(), redirect(values));
    return first.status == 303 ? follow(first) : first;
}

RawAnswer SignInBench::follow(const RawAnswer &moved) const
{
    return exchange(port(), getRequest(moved.header("Location"), host(), "Cookie: " + cookie + "\r\n"));
}

} // namespace bookdesk::test
