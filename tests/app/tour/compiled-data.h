/// CompiledData: data files made by a test, found under `:/bookdesk` like those of the program.
#pragma once

#include <QByteArray>

class QDir;

namespace bookdesk::test {

/// Found as long as it lives.
class CompiledData
{
public:
    CompiledData() = default;
    ~CompiledData();
    Q_DISABLE_COPY_MOVE(CompiledData)

    /// All files below @p root. @return false where they cannot be compiled.
    bool install(const QDir &root);

private:
    QByteArray m_resources;
};

} // namespace bookdesk::test
