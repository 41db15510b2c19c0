#include "workspace/kept-program.h"

#include "core/wait-until.h"

namespace bookdesk::test {
namespace {

bool isRemark(const QByteArray &line) { return line == "answered" || line == "browser"; }

} // namespace

KeptProgram::KeptProgram(const KeptPlace &place)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QStringLiteral(BOOKDESK_KEPT_PROGRAM), {place.connectionFile, place.lockFile, place.service});
    if (const QByteArray said = answer(); said != "ready")
        qFatal("The program is not ready: %s", said.constData());
}

KeptProgram::~KeptProgram()
{
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished())
        kill();
}

void KeptProgram::tell(const QByteArray &command)
{
    m_remarks.clear();
    m_process.write(command + '\n');
}

QByteArray KeptProgram::answer()
{
    const auto hasCome = [this] {
        read();
        return !m_answers.isEmpty() || m_process.state() == QProcess::NotRunning;
    };
    return waitUntil(hasCome) && !m_answers.isEmpty() ? m_answers.takeFirst() : QByteArray();
}

QByteArray KeptProgram::ask(const QByteArray &command)
{
    tell(command);
    return answer();
}

bool KeptProgram::hasSaid(const QByteArray &line)
{
    read();
    return m_remarks.contains(line);
}

void KeptProgram::kill()
{
    m_process.kill();
    m_process.waitForFinished();
}

void KeptProgram::read()
{
    m_buffer += m_process.readAllStandardOutput();
    for (qsizetype end = m_buffer.indexOf('\n'); end >= 0; end = m_buffer.indexOf('\n')) {
        const QByteArray line = m_buffer.first(end);
        m_buffer = m_buffer.sliced(end + 1);
        (isRemark(line) ? m_remarks : m_answers) += line;
    }
}

} // namespace bookdesk::test
