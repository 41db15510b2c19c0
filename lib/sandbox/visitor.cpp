#include "sandbox/visitor.h"

#include "core/errors.h"
#include "sandbox/errors.h"
#include "sandbox/html-forms.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QPointer>
#include <QSslCertificate>
#include <QSslConfiguration>

#include <algorithm>
#include <chrono>
#include <optional>

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Visitor)
};

constexpr int mostHops = 20;
constexpr qsizetype largestPage = 1024 * 1024;
constexpr std::chrono::seconds longestWait{60};

/// The next request, as a browser would send it.
struct Step
{
    QUrl url;
    QByteArray method = "GET";
    QByteArray body = {};
};

/// What came back.
struct Answer
{
    VisitedPage page;
    QUrl location; ///< Where a redirect leads, else empty.
};

tl::unexpected<Error> failed(const QString &what, Facts facts = {})
{
    return failure(errors::visitFailed, what, {}, std::move(facts));
}

Error stopped() { return {bookdesk::errors::stopped, Texts::tr("The visit was stopped.")}; }

bool isOnLoopback(const QUrl &url)
{
    const QString host = url.host();
    return (url.scheme() == "http"_L1 || url.scheme() == "https"_L1) && url.userInfo().isEmpty() &&
           (host == "localhost"_L1 || QHostAddress(host).isLoopback());
}

QByteArray encoded(const std::vector<std::pair<QString, QString>> &fields)
{
    QByteArrayList pairs;
    for (const auto &[name, value] : fields)
        pairs += name.toUtf8().toPercentEncoding() + '=' + value.toUtf8().toPercentEncoding();
    return pairs.join('&');
}

Step submission(const HtmlForm &form, const QUrl &page, std::vector<std::pair<QString, QString>> fields)
{
    QUrl url = page.resolved(QUrl(form.action));
    if (form.method == "post")
        return {url, "POST", encoded(fields)};
    url.setQuery(QString::fromLatin1(encoded(fields)));
    return {url};
}

/// The button to press: the persona's, or the one that declines.
const std::pair<QString, QString> *findButton(const HtmlForm &form, const Visit &visit)
{
    const auto found = std::find_if(form.buttons.begin(), form.buttons.end(), [&visit](const auto &button) {
        return visit.declines ? button.first == "decline"_L1
                              : button.first == "persona"_L1 && button.second == visit.personaId;
    });
    return found == form.buttons.end() ? nullptr : &*found;
}

bool isSignInForm(const HtmlForm &form)
{
    return std::any_of(form.buttons.begin(), form.buttons.end(),
                       [](const auto &button) { return button.first == "persona"_L1; });
}

bool isCodeForm(const HtmlForm &form)
{
    // A code that is there again was refused.
    return std::any_of(form.fields.begin(), form.fields.end(),
                       [](const auto &field) { return field.first == "user_code"_L1 && field.second.isEmpty(); });
}

/// What follows this page; nothing where the visit ends here.
Result<std::optional<Step>> stepAfter(const VisitedPage &page, const Visit &visit)
{
    for (const HtmlForm &form : readForms(page.text)) {
        if (form.submitsItself)
            return submission(form, page.url, form.fields);
        if (!visit.userCode.isEmpty() && isCodeForm(form))
            return submission(form, page.url, {{u"user_code"_s, visit.userCode}});
        if (!isSignInForm(form))
            continue;
        const auto *button = findButton(form, visit);
        if (!button)
            return failed(Texts::tr("There is nobody with that name on the sign-in page: %1.").arg(visit.personaId));
        std::vector<std::pair<QString, QString>> fields = form.fields;
        fields.push_back(*button);
        return submission(form, page.url, std::move(fields));
    }
    return std::optional<Step>();
}

/// Browsers go on by GET after a redirect, except after 307 and 308.
Step redirected(const Answer &answer, Step step)
{
    const bool keepsMethod = answer.page.status == 307 || answer.page.status == 308;
    if (!keepsMethod)
        return {answer.location};
    step.url = answer.location;
    return step;
}

Result<Answer> answerOf(QNetworkReply &reply)
{
    const bool wasCut =
        reply.error() == QNetworkReply::OperationCanceledError || reply.error() == QNetworkReply::TimeoutError;
    if (wasCut || reply.bytesAvailable() > largestPage)
        return failed(Texts::tr("A page of the sign-in is too large or takes too long."),
                      {{facts::host, reply.url().host()}});
    Answer answer;
    answer.page = {reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply.url(),
                   QString::fromUtf8(reply.readAll())};
    if (answer.page.status == 0)
        return failed(Texts::tr("A page of the sign-in could not be loaded."),
                      {{facts::networkError, reply.errorString()}});
    const QByteArray location = reply.rawHeader("Location");
    if (answer.page.status >= 300 && answer.page.status < 400 && !location.isEmpty())
        answer.location = reply.url().resolved(QUrl::fromEncoded(location));
    return answer;
}

QNetworkReply *send(QNetworkAccessManager &manager, const QSslConfiguration &tls, const Step &step)
{
    QNetworkRequest request(step.url);
    request.setSslConfiguration(tls);
    request.setTransferTimeout(static_cast<int>(std::chrono::milliseconds(longestWait).count()));
    if (step.method == "GET")
        return manager.get(request);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/x-www-form-urlencoded"_s);
    return manager.sendCustomRequest(request, step.method, step.body);
}

/// Loads one page and continues from the event loop, when Qt has finished with the reply. @p manager lives until
/// @p stop is requested.
Task<Answer> load(QNetworkAccessManager *manager, QSslConfiguration tls, std::stop_token stop, Step step)
{
    const OneShot<Result<Answer>> arrival;
    const QPointer<QNetworkReply> reply = send(*manager, tls, step);
    QObject::connect(reply, &QIODevice::readyRead, manager, [reply] {
        if (reply->bytesAvailable() > largestPage)
            reply->abort();
    });
    QObject::connect(reply, &QNetworkReply::finished, manager, [manager, reply, arrival] {
        QMetaObject::invokeMethod(
            manager, [arrival, answer = answerOf(*reply)] { arrival.set(answer); }, Qt::QueuedConnection);
    });
    const std::stop_callback onStop(stop, [arrival] { arrival.set(failure(stopped())); });
    const Result<Answer> answer = co_await arrival;
    if (reply)
        reply->deleteLater();
    co_return answer;
}

} // namespace

Visitor::Visitor(const QByteArray &certificateAuthority)
    : m_manager(std::make_unique<QNetworkAccessManager>())
    , m_certificateAuthority(certificateAuthority)
{
    m_manager->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    m_manager->setProxy(QNetworkProxy::NoProxy);
}

Visitor::~Visitor() = default;

Task<VisitedPage> Visitor::visit(QUrl url, Visit visit)
{
    const auto work = [this, url, visit](std::stop_token stop) { return walk(url, visit, std::move(stop)); };
    return m_scope.run(work, stopped());
}

ScopedTask<VisitedPage> Visitor::walk(QUrl url, Visit visit, std::stop_token stop)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    if (!m_certificateAuthority.isEmpty())
        tls.addCaCertificates(QSslCertificate::fromData(m_certificateAuthority));
    Step step{url};
    for (int hop = 0; hop < mostHops; ++hop) {
        if (!isOnLoopback(step.url))
            co_return failed(Texts::tr("The sign-in leads away from this computer, so it was not followed."),
                             {{facts::host, step.url.host()}});
        const Result<Answer> answer = co_await callOut([&] { return load(m_manager.get(), tls, stop, step); });
        if (!answer)
            co_return failure(answer.error());
        if (!answer->location.isEmpty()) {
            step = redirected(*answer, step);
            continue;
        }
        const Result<std::optional<Step>> next = stepAfter(answer->page, visit);
        if (!next)
            co_return failure(next.error());
        if (!next->has_value())
            co_return answer->page;
        step = **next;
    }
    co_return failed(Texts::tr("The sign-in leads from page to page without end."));
}

} // namespace bookdesk::sandbox
