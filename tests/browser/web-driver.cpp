#include "browser/web-driver.h"

#include <QEventLoop>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

namespace bookdesk::test {
namespace {

constexpr int startLimit = 30'000;
constexpr int pageLimit = 20'000; // in milliseconds

/// The name under which WebDriver hands out elements.
const QString elementName = u"element-6066-11e4-a52e-4f735466cecf"_s;

JsonArray browserArguments(const QString &profile)
{
    const QStringList arguments{
        u"--headless"_s,     u"--no-sandbox"_s,
        u"--disable-gpu"_s,  u"--disable-dev-shm-usage"_s,
        u"--no-first-run"_s, u"--disable-background-networking"_s,
        u"--disable-sync"_s, u"--disable-component-update"_s,
        u"--disable-quic"_s, u"--user-data-dir="_s + profile,
    };
    return JsonArray(arguments.begin(), arguments.end());
}

const QString *stringIn(const Json &value, const QString &name)
{
    const JsonObject *object = value.asObject();
    const Json *member = object ? object->find(name) : nullptr;
    return member ? member->asString() : nullptr;
}

} // namespace

WebDriver::WebDriver()
{
    startDriver();
    if (!m_server.isEmpty())
        startBrowser();
}

WebDriver::~WebDriver()
{
    if (isReady())
        call("DELETE", {});
    m_driver.terminate();
    if (!m_driver.waitForFinished(startLimit))
        m_driver.kill();
}

QString WebDriver::output()
{
    m_output += QString::fromUtf8(m_driver.readAll());
    return m_output;
}

void WebDriver::startDriver()
{
    m_driver.setProcessChannelMode(QProcess::MergedChannels);
    // Chromium keeps its crash reports beside the person's own settings, whatever the profile.
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"XDG_CONFIG_HOME"_s, m_profile.filePath(u"config"_s));
    m_driver.setProcessEnvironment(environment);
    m_driver.start(u"chromedriver"_s, {u"--port=0"_s});
    static const QRegularExpression port(u"successfully on port (\\d+)"_s);
    while (!port.match(output()).hasMatch() && m_driver.waitForReadyRead(startLimit)) {
    }
    if (const QRegularExpressionMatch match = port.match(m_output); match.hasMatch())
        m_server = QUrl(u"http://127.0.0.1:"_s + match.captured(1));
}

void WebDriver::startBrowser()
{
    const JsonObject options{{u"args"_s, browserArguments(m_profile.path())}};
    // A page that never comes must not hold up a test that waits for it.
    const JsonObject timeouts{{u"pageLoad"_s, pageLimit}};
    const JsonObject wanted{
        {u"browserName"_s, u"chrome"_s}, {u"goog:chromeOptions"_s, options}, {u"timeouts"_s, timeouts}};
    const JsonObject body{{u"capabilities"_s, JsonObject{{u"alwaysMatch"_s, wanted}}}};
    const Json answer = call("POST", {}, body);
    if (const QString *session = stringIn(answer, u"sessionId"_s))
        m_session = *session;
}

Json WebDriver::call(const QByteArray &method, const QString &command, const JsonObject &body)
{
    QUrl url = m_server;
    url.setPath(u"/session"_s + (m_session.isEmpty() ? QString() : u'/' + m_session) + command);
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    QNetworkReply *reply =
        m_manager.sendCustomRequest(request, method, method == "POST" ? toCompactJson(body) : QByteArray());
    QEventLoop loop;
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    const QByteArray answer = reply->readAll();
    reply->deleteLater();
    const Result<JsonObject> object = parseJsonObject(answer, {.bytes = 16 * 1024 * 1024});
    if (!object) {
        m_output += QString::fromUtf8(answer);
        return {};
    }
    const Json *value = object->find(u"value"_s);
    if (value && stringIn(*value, u"error"_s))
        m_output += QString::fromUtf8(answer.left(2000)) + u'\n';
    return value ? *value : Json();
}

QString WebDriver::element(const QString &selector)
{
    const JsonObject body{{u"using"_s, u"css selector"_s}, {u"value"_s, selector}};
    const Json found = call("POST", u"/element"_s, body);
    const QString *id = stringIn(found, elementName);
    return id ? *id : QString();
}

void WebDriver::open(const QUrl &url) { call("POST", u"/url"_s, {{u"url"_s, url.toString(QUrl::FullyEncoded)}}); }

bool WebDriver::click(const QString &selector)
{
    const QString id = element(selector);
    if (id.isEmpty())
        return false;
    call("POST", u"/element/"_s + id + u"/click"_s);
    return true;
}

QUrl WebDriver::url()
{
    const Json url = call("GET", u"/url"_s);
    return url.asString() ? QUrl(*url.asString()) : QUrl();
}

QString WebDriver::text()
{
    const QString body = element(u"body"_s);
    const Json text = call("GET", u"/element/"_s + body + u"/text"_s);
    return text.asString() ? *text.asString() : QString();
}

} // namespace bookdesk::test
