/// OneTimeBody: a request's body that cannot be sent a second time.
#pragma once

#include <QIODevice>

namespace bookdesk::net {

/// Qt sends a request again, up to three times and without a word, when the connection ends before an answer has come:
/// the server may carry it out twice. Qt does not where the body cannot be read from its beginning again; the request
/// then ends with QNetworkReply::ContentReSendError. An empty body serves as well. Reads from the body that it is made
/// with, which must outlive it. One thread.
class OneTimeBody : public QIODevice
{
    Q_OBJECT

public:
    explicit OneTimeBody(QIODevice &body);

    // With a size, Qt neither asks for a Content-Length nor keeps a copy that could be sent again.
    qint64 size() const override { return m_body.size() - m_begin; }
    bool seek(qint64) override { return false; }
    bool reset() override { return false; }

protected:
    qint64 readData(char *data, qint64 most) override { return m_body.read(data, most); }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QIODevice &m_body;
    const qint64 m_begin;
};

} // namespace bookdesk::net
