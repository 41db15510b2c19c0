#include "core/redacted-log.h"

#include <QMutex>
#include <QString>
#include <QtGlobal>

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

void write(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const QByteArray line = qFormatLogMessage(type, context, message).toUtf8();
    const QMutexLocker lock(&sink().mutex);
    const QString clean =
        sink().redactor ? sink().redactor->redacted(QString::fromUtf8(line)) : redacted(QString::fromUtf8(line));
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
