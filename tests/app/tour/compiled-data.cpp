#include "app/tour/compiled-data.h"

#include <QDir>
#include <QProcess>
#include <QResource>

using namespace Qt::StringLiterals;

namespace bookdesk::test {
namespace {

const uchar *bytesOf(const QByteArray &resources) { return reinterpret_cast<const uchar *>(resources.constData()); }

/// @return the compiled file, which is empty where it could not be made.
QByteArray compiledResources(const QDir &root)
{
    QProcess rcc;
    rcc.setWorkingDirectory(root.path());
    rcc.setStandardOutputFile(root.filePath(u"data.qrc"_s));
    rcc.start(QStringLiteral(BOOKDESK_RCC), {u"--project"_s});
    if (!rcc.waitForFinished() || rcc.exitCode() != 0)
        return {};
    rcc.setStandardOutputFile(QString());
    rcc.start(QStringLiteral(BOOKDESK_RCC), {u"--binary"_s, u"--root"_s, u"/bookdesk"_s, u"data.qrc"_s});
    if (!rcc.waitForFinished() || rcc.exitCode() != 0)
        return {};
    return rcc.readAllStandardOutput();
}

} // namespace

CompiledData::~CompiledData()
{
    if (!m_resources.isEmpty())
        QResource::unregisterResource(bytesOf(m_resources));
}

bool CompiledData::install(const QDir &root)
{
    m_resources = compiledResources(root);
    return !m_resources.isEmpty() && QResource::registerResource(bytesOf(m_resources));
}

} // namespace bookdesk::test
