// Runs a target on the files in the given folders, without libFuzzer: a bounded run over its corpus.
#include "fuzz/target.h"

#include <QByteArray>
#include <QDirIterator>
#include <QFile>
#include <QString>

namespace {

int replayFolder(const QString &folder)
{
    int count = 0;
    QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly)) {
            std::fprintf(stderr, "%s cannot be read\n", qPrintable(file.fileName()));
            std::abort();
        }
        const QByteArray input = file.readAll();
        std::fprintf(stderr, "%s\n", qPrintable(file.fileName()));
        bookdesk::fuzz::tryInput(input);
        // Each end of a seed, and each of its bytes damaged, is a neighbour that fuzzers would try, too.
        for (qsizetype size = 0; size < input.size(); size += 1 + input.size() / 32)
            bookdesk::fuzz::tryInput(QByteArrayView(input).first(size));
        ++count;
    }
    return count;
}

} // namespace

int main(int count, char **arguments)
{
    int replayed = 0;
    for (int i = 1; i < count; ++i)
        replayed += replayFolder(QString::fromLocal8Bit(arguments[i]));
    std::printf("%d inputs replayed\n", replayed);
    // A missing corpus proves nothing.
    return replayed > 0 ? 0 : 1;
}
