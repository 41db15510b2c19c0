#include "core/redacted-log.h"

#include "core/masking.h"

#include <QMutex>
#include <QRegularExpression>
#include <QString>
#include <QtGlobal>

#include <array>
#include <cstdio>
#include <memory>
#include <utility>

namespace bookdesk {

namespace {

// Qt takes a plain function, which can reach the redactor only through something that outlives every call.
struct Sink
{
    QMutex mutex;
    std::unique_ptr<Redactor> redactor;
};

Sink &sink()
{
    static Sink theSink;
    return theSink;
}

/// Qt's own categories log whole URLs, and state and nonce with them. They write them decoded, so a query may hold
/// blanks: it ends with its quote or its line.
QString withoutQueries(const QString &text)
{
    static const std::array patterns{
        QRegularExpression(QStringLiteral("://[^\\s\"?#]*+[?#]([^\"\\n]++)")),
        QRegularExpression(QStringLiteral("[?#]([^\\s\"=]++=[^\"\\n]*+)")),
        QRegularExpression(QStringLiteral("\\b(?:state|nonce|code_challenge)=([^&\\s\"]++)")),
        QRegularExpression(
            QStringLiteral("\"(?:state|nonce|code_challenge)\"[:,\\s]++(?:QVariant\\(QString,\\s*+)?\"([^\"]++)")),
    };
    Stretches found;
    for (const QRegularExpression &pattern : patterns)
        addMatches(found, pattern, text);
    return masked(text, std::move(found));
}

void write(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const QString line = qFormatLogMessage(type, context, message);
    const QMutexLocker lock(&sink().mutex);
    const QString clean = withoutQueries(sink().redactor ? sink().redactor->redacted(line) : redacted(line));
    std::fprintf(stderr, "%s\n", clean.toUtf8().constData());
}

} // namespace

RedactedLog::RedactedLog(Redactor redactor)
{
    {
        const QMutexLocker lock(&sink().mutex);
        sink().redactor = std::make_unique<Redactor>(std::move(redactor));
    }
    qInstallMessageHandler(write);
}

RedactedLog::~RedactedLog()
{
    qInstallMessageHandler(nullptr);
    const QMutexLocker lock(&sink().mutex);
    sink().redactor.reset();
}

} // namespace bookdesk
