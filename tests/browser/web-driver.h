/// WebDriver: a real headless Chromium, driven through ChromeDriver.
#pragma once

#include "core/json.h"

#include <QNetworkAccessManager>
#include <QProcess>
#include <QString>
#include <QTemporaryDir>
#include <QUrl>

namespace bookdesk::test {

/// One browser with an empty profile; ended by the destructor. Every call runs the event loop until ChromeDriver has
/// answered, so that servers on this thread keep serving. Source: W3C WebDriver. GUI thread.
class WebDriver
{
public:
    WebDriver();
    ~WebDriver();

    /// False if ChromeDriver or Chromium did not start; the output says why.
    bool isReady() const { return !m_session.isEmpty(); }
    QString output();

    void open(const QUrl &url);
    /// False where nothing matches the CSS selector.
    bool click(const QString &selector);
    QUrl url();
    /// The text that a person sees.
    QString text();

private:
    void startDriver();
    void startBrowser();
    Json call(const QByteArray &method, const QString &command, const JsonObject &body = {});
    QString element(const QString &selector);

    QTemporaryDir m_profile;
    QProcess m_driver;
    QNetworkAccessManager m_manager;
    QString m_output;
    QUrl m_server;
    QString m_session;
};

} // namespace bookdesk::test
