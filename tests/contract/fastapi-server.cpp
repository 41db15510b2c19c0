#include "contract/fastapi-server.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace bookdesk::test {
namespace {

constexpr int startLimit = 60'000;

QProcessEnvironment environmentOf(const FastApiServer::Configuration &configuration)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"ISSUER"_s, configuration.issuer);
    environment.insert(u"JWKS_URI"_s, configuration.jwksUri.toString());
    environment.insert(u"CLIENT_ID"_s, configuration.audience);
    environment.insert(u"BOOKS_FILE"_s, configuration.booksFile);
    environment.insert(u"PYTHONDONTWRITEBYTECODE"_s, u"1"_s);
    return environment;
}

} // namespace

FastApiServer::FastApiServer(const Configuration &configuration)
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setProcessEnvironment(environmentOf(configuration));
    // Debian's own Python, which has Debian's FastAPI.
    m_process.start(u"/usr/bin/python3"_s, {u"-m"_s, u"uvicorn"_s, u"fastapi_books:app"_s, u"--app-dir"_s,
                                            QStringLiteral(BOOKDESK_SOURCE_DIR "/tests/contract"), u"--host"_s,
                                            u"127.0.0.1"_s, u"--port"_s, u"0"_s});
    static const QRegularExpression running(u"running on (http://[0-9.:]+)"_s);
    while (!running.match(output()).hasMatch() && m_process.waitForReadyRead(startLimit)) {
    }
    if (const QRegularExpressionMatch match = running.match(m_output); match.hasMatch())
        m_baseUrl = QUrl(match.captured(1));
}

FastApiServer::~FastApiServer()
{
    m_process.terminate();
    if (!m_process.waitForFinished(startLimit))
        m_process.kill();
}

QString FastApiServer::output()
{
    m_output += QString::fromUtf8(m_process.readAll());
    return m_output;
}

} // namespace bookdesk::test
