// Checks every #include between our folders against the table of allowed includes. The link lists of static libraries
// with one include root would not object.
#include "layout/sources.h"

#include <QDir>
#include <QMap>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using bookdesk::test::Source;
using bookdesk::test::sourceRoot;
using bookdesk::test::sourcesBelow;

namespace {

/// A file's place in the table: "jose", "pages/books"; empty for app's main.cpp. Each page is a room of its own.
QString roomOf(const QString &path)
{
    const QStringList parts = path.split(u'/');
    const bool isPage = parts.value(1) == u"pages"_s;
    return parts.mid(1, std::min<qsizetype>(isPage ? 2 : 1, parts.size() - 2)).join(u'/');
}

/// What each folder of lib may include directly; what those may include comes with it. `core` is open to all.
const QMap<QString, QStringList> &libraryTable()
{
    static const QMap<QString, QStringList> table{
        {u"core"_s, {}},
        {u"jose"_s, {}},
        {u"net"_s, {}},
        {u"identity"_s, {u"jose"_s, u"net"_s}},
        {u"books"_s, {u"jose"_s, u"net"_s}},
        {u"sandbox"_s, {u"jose"_s}},
        {u"lab"_s, {u"books"_s}},
        {u"registration"_s, {u"identity"_s}},
        {u"workspace"_s, {u"identity"_s, u"registration"_s, u"lab"_s, u"sandbox"_s}},
    };
    return table;
}

/// The same for the folders of app. A page is no row: it may include what is below pages, and itself.
const QMap<QString, QStringList> &appTable()
{
    static const QMap<QString, QStringList> table{
        {u"style"_s, {}},
        {u"widgets"_s, {u"style"_s, u"workspace"_s}},
        {u"pages"_s, {u"widgets"_s}},
        {u"window"_s, {u"pages"_s}},
        {u"tour"_s, {u"window"_s}},
        {u"cli"_s, {u"workspace"_s}},
        {QString(), {u"tour"_s}}, // main.cpp
    };
    return table;
}

QSet<QString> allowedFor(const QString &room)
{
    const QString row = room.section(u'/', 0, 0);
    QSet<QString> allowed{room, u"core"_s};
    for (const QString &next : appTable().value(row, libraryTable().value(row)))
        allowed.unite(allowedFor(next));
    return allowed;
}

/// A room that is allowed as "pages" is any page.
bool isAllowed(const QString &included, const QSet<QString> &allowed)
{
    return allowed.contains(included) || (included.startsWith(u"pages/"_s) && allowed.contains(u"pages"_s));
}

QStringList includedRooms(const QString &text)
{
    static const QRegularExpression include(u"^\\s*#\\s*include\\s*\"((?:pages/)?[^\"/]+)/[^\"]+\""_s,
                                            QRegularExpression::MultilineOption);
    QStringList rooms;
    for (const QRegularExpressionMatch &match : include.globalMatch(text))
        rooms += match.captured(1);
    return rooms;
}

/// The folders below lib, or below app.
QStringList foldersBelow(const QString &top)
{
    return QDir(sourceRoot() + u'/' + top).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
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
    void everyFolderIsInItsTable()
    {
        QCOMPARE(foldersBelow(u"lib"_s), libraryTable().keys());
        QCOMPARE(QStringList{QString()} + foldersBelow(u"app"_s), appTable().keys());
    }

    void noFolderOfAppIsNamedAsOneOfLib()
    {
        for (const QString &folder : foldersBelow(u"app"_s))
            QVERIFY2(!libraryTable().contains(folder), qPrintable(folder));
    }

    void foldersIncludeOnlyWhatTheTableAllows_data()
    {
        QTest::addColumn<QString>("top");
        QTest::newRow("lib") << u"lib"_s;
        QTest::newRow("app") << u"app"_s;
    }
    void foldersIncludeOnlyWhatTheTableAllows()
    {
        QFETCH(QString, top);
        int checked = 0;
        for (const Source &source : sourcesBelow(top)) {
            const QSet<QString> allowed = allowedFor(roomOf(source.path));
            for (const QString &included : includedRooms(source.text)) {
                QVERIFY2(isAllowed(included, allowed), qPrintable(source.path + u" includes "_s + included));
                ++checked;
            }
        }
        QVERIFY(checked > 0);
    }

    void everyFileIsInTheNamespaceOfItsFolder()
    {
        for (const Source &source : sourcesBelow(u"lib"_s) + sourcesBelow(u"app"_s)) {
            const QString folder = roomOf(source.path).section(u'/', 0, 0);
            if (folder.isEmpty() || source.path.endsWith(u"main.cpp"_s))
                continue;
            const QString expected = folder == u"core"_s ? u"^namespace bookdesk(::errors)? \\{"_s
                                                         : u"^namespace bookdesk::%1\\b"_s.arg(folder);
            QVERIFY2(matchesIn(source.text, expected), qPrintable(source.path));
        }
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
};

QTEST_GUILESS_MAIN(IncludesTest)
#include "includes-test.moc"
