#include "core/errors.h"
#include "core/private-file.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace bookdesk {

class PrivateFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isForItsOwnerAlone();
    void leavesTheOldFileWhereItFails();
};

void PrivateFileTest::isForItsOwnerAlone()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.har"_s);
    QFile old(path);
    QVERIFY(old.open(QIODevice::WriteOnly) && old.write("old") == 3);
    old.close();
    const auto everybody = QFile::ReadOther | QFile::ReadGroup;
    QVERIFY(old.setPermissions(QFile::ReadOwner | QFile::WriteOwner | everybody));
    QVERIFY(writePrivately(path, "new"));
    QVERIFY(old.open(QIODevice::ReadOnly));
    QCOMPARE(old.readAll(), "new"_ba);
    QVERIFY((QFileInfo(path).permissions() & (everybody | QFile::WriteGroup | QFile::WriteOther)) == 0);
}

void PrivateFileTest::leavesTheOldFileWhereItFails()
{
    const QTemporaryDir folder;
    const Result<void> written = writePrivately(folder.filePath(u"none/a.har"_s), "new");
    QVERIFY(!written);
    QCOMPARE(written.error().code, errors::fileNotWritten);
    QVERIFY(written.error().message.startsWith(u"a.har cannot be written: "_s));
}

} // namespace bookdesk

QTEST_GUILESS_MAIN(bookdesk::PrivateFileTest)
#include "private-file-test.moc"
