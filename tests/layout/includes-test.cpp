// Holds every #include between our folders to the table of the house: who may include whom. The link lists of static
// libraries with one include root would not object.
#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

struct Source
{
    QString path;   // relative to the checkout
    QString folder; // "lib/jose", or "app"
    QString text;
};

const QString sourceRoot = QStringLiteral(BOOKDESK_SOURCE_DIR);

QString folderOf(const QString &path)
{
    return path.startsWith(u"lib/"_s) ? path.section(u'/', 0, 1) : path.section(u'/', 0, 0);
}

QList<Source> sourcesBelow(const QString &top)
{
    QList<Source> sources;
    QDirIterator files(sourceRoot + u'/' + top, {u"*.h"_s, u"*.cpp"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            qFatal("%s cannot be read", qPrintable(file.fileName()));
        const QString path = file.fileName().mid(sourceRoot.size() + 1);
        sources.append({path, folderOf(path), QString::fromUtf8(file.readAll())});
    }
    return sources;
}

/// What each folder may include directly; what those may include comes with it. `core` is open to all.
const QMap<QString, QStringList> &houseTable()
{
    static const QMap<QString, QStringList> table{
        {u"core"_s, {}},
        {u"jose"_s, {}},
        {u"net"_s, {}},
        {u"identity"_s, {u"jose"_s, u"net"_s}},
        {u"books"_s, {u"jose"_s, u"net"_s}},
        {u"sandbox"_s, {u"jose"_s}},
        {u"workspace"_s, {u"identity"_s, u"books"_s, u"sandbox"_s}},
        {u"app"_s, {u"workspace"_s}},
    };
    return table;
}

QSet<QString> allowedFor(const QString &room)
{
    QSet<QString> allowed{room, u"core"_s};
    for (const QString &next : houseTable().value(room))
        allowed.unite(allowedFor(next));
    return allowed;
}

QStringList includedRooms(const QString &text)
{
    static const QRegularExpression include(u"^\\s*#\\s*include\\s*\"([^\"/]+)/[^\"]+\""_s,
                                            QRegularExpression::MultilineOption);
    QStringList rooms;
    for (const QRegularExpressionMatch &match : include.globalMatch(text))
        rooms += match.captured(1);
    return rooms;
}

bool matchesIn(const QString &text, const QString &pattern)
{
    return QRegularExpression(pattern, QRegularExpression::MultilineOption).match(text).hasMatch();
}

} // namespace

class IncludesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyLibraryStandsInTheTable()
    {
        const QStringList rooms = QDir(sourceRoot + u"/lib"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        for (const QString &room : rooms)
            QVERIFY2(houseTable().contains(room), qPrintable(room));
        QCOMPARE(rooms.size(), houseTable().size() - 1); // all but app
    }

    void librariesIncludeOnlyWhatTheTableAllows_data() { addRooms(); }
    void librariesIncludeOnlyWhatTheTableAllows()
    {
        QFETCH(QString, room);
        const QSet<QString> allowed = allowedFor(room);
        int checked = 0;
        for (const Source &source : sourcesBelow(u"lib/"_s + room)) {
            for (const QString &included : includedRooms(source.text)) {
                QVERIFY2(allowed.contains(included), qPrintable(source.path + u" includes "_s + included));
                ++checked;
            }
        }
        QVERIFY(checked > 0);
    }

    void widgetsStayInTheDesktopProgram()
    {
        const QString widgets =
            u"^#include <Q(Widget|Label|Dialog|MainWindow|Application|PushButton|Table\\w+|Abstract(Button|ItemView))>"_s;
        for (const Source &source : sourcesBelow(u"lib"_s))
            QVERIFY2(!matchesIn(source.text, widgets), qPrintable(source.path));
        for (const Source &source : sourcesBelow(u"app/cli"_s))
            QVERIFY2(!matchesIn(source.text, widgets), qPrintable(source.path));
    }

    void versionAndPlatformSwitchesStayInTheirFiles()
    {
        static const QRegularExpression ownFile(u"(-compat\\.(h|cpp)|-(unix|win|mac)\\.cpp)$"_s);
        const QString switches = u"\\bQT_VERSION\\b|\\bQ_OS_[A-Z]+\\b"_s;
        const QString posix = u"^#include <(unistd|signal|sys/\\w+|netinet/\\w+|arpa/\\w+|fcntl|pwd)\\.h>"_s;
        for (const Source &source : sourcesBelow(u"lib"_s) + sourcesBelow(u"app"_s)) {
            if (!ownFile.match(source.path).hasMatch())
                QVERIFY2(!matchesIn(source.text, switches), qPrintable(source.path));
            if (!source.path.endsWith(u"-unix.cpp"_s))
                QVERIFY2(!matchesIn(source.text, posix), qPrintable(source.path));
        }
    }

    void everyHeaderSaysWhatItIsFor()
    {
        for (const Source &source : sourcesBelow(u"lib"_s) + sourcesBelow(u"app"_s)) {
            if (source.path.endsWith(u".h"_s))
                QVERIFY2(source.text.startsWith(u"/// "_s), qPrintable(source.path));
        }
    }

    void includesAreNarrow()
    {
        for (const Source &source : sourcesBelow(u"lib"_s) + sourcesBelow(u"app"_s))
            QVERIFY2(!matchesIn(source.text, u"^#include <Qt(?!Global>|Endian>)[A-Z]\\w+(/Qt[A-Z]\\w+)?>"_s),
                     qPrintable(source.path));
    }

private:
    void addRooms()
    {
        QTest::addColumn<QString>("room");
        for (auto room = houseTable().keyBegin(); room != houseTable().keyEnd(); ++room) {
            if (*room != u"app"_s)
                QTest::newRow(qPrintable(*room)) << *room;
        }
    }
};

QTEST_GUILESS_MAIN(IncludesTest)
#include "includes-test.moc"
