/// FastApiServer: the books API of the guide on a real FastAPI, as a child process.
#pragma once

#include <QProcess>
#include <QString>
#include <QUrl>

namespace bookdesk::test {

/// Ended by the destructor. It fetches the Sandbox's keys, so the event loop must run while it answers.
class FastApiServer
{
public:
    struct Configuration
    {
        QString issuer;
        QUrl jwksUri;
        QString audience;
        QString booksFile; ///< A JSON array.
    };

    explicit FastApiServer(const Configuration &configuration);
    ~FastApiServer();

    /// Empty if it did not start; the output says why.
    QUrl baseUrl() const { return m_baseUrl; }
    QString output();

private:
    QProcess m_process;
    QString m_output;
    QUrl m_baseUrl;
};

} // namespace bookdesk::test
