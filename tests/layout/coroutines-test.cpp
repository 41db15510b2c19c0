// Looks for coroutines that take references: what is referred to may be gone when they go on. clang-tidy has a check
// for it from version 16 on only.
#include "layout/sources.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using bookdesk::test::Source;
using bookdesk::test::sourcesBelow;

namespace {

const QString task = u"\\b(?:Task|ScopedTask|ScopedCoroutine)<[^;(){}]*>"_s;

/// The names of functions that return a task, wait or return as a coroutine does, and take a reference. The layout that
/// clang-format gives is taken for granted: a body ends with a brace that stands where the opening one does.
QStringList borrowingFunctions(const QString &text)
{
    static const QRegularExpression definition(
        task + u"\\s+([\\w:<>]+)\\(([^;{}]*?)\\)(?: const)?(?:\\s*\\{ (.*?) \\}$|\\n( *)\\{\\n(.*?)\\n\\4\\})"_s,
        QRegularExpression::MultilineOption | QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression coroutine(u"\\bco_(await|return|yield)\\b"_s);
    QStringList names;
    for (const QRegularExpressionMatch &match : definition.globalMatch(text)) {
        const bool isCoroutine = coroutine.match(match.captured(3) + match.captured(5)).hasMatch();
        if (isCoroutine && match.captured(2).contains(u'&'))
            names += match.captured(1);
    }
    return names;
}

QStringList borrowingLambdas(const QString &text)
{
    static const QRegularExpression lambda(u"\\](\\([^;{}]*?&[^;{}]*?\\)) (?:mutable )?-> (?:QCoro::)?"_s + task);
    QStringList parameters;
    for (const QRegularExpressionMatch &match : lambda.globalMatch(text))
        parameters += match.captured(1);
    return parameters;
}

QStringList borrowersIn(const QString &text) { return borrowingFunctions(text) + borrowingLambdas(text); }

} // namespace

class CoroutinesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void coroutinesInLibTakeNoReferences()
    {
        for (const Source &source : sourcesBelow(u"lib"_s)) {
            const QStringList borrowers = borrowersIn(source.text);
            QVERIFY2(borrowers.isEmpty(), qPrintable(source.path + u": "_s + borrowers.join(u", "_s)));
        }
    }

    void whatIsLookedForIsFound_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("found");
        QTest::newRow("a function") << u"Task<int> load(const QUrl &url)\n{\n    co_return 1;\n}\n"_s
                                    << QStringList(u"load"_s);
        QTest::newRow("one in a line") << u"    QCoro::Task<int> load(QUrl &&url) { co_return 1; }\n"_s
                                       << QStringList(u"load"_s);
        QTest::newRow("a member, with its parameters in two lines")
            << u"ScopedTask<Map<int, int>> Store::load(QUrl url,\n    std::function<int()> &f) const\n{\n"
               "    if (url)\n    {\n    }\n    co_await f();\n}\n"_s
            << QStringList(u"Store::load"_s);
        QTest::newRow("a member in its class")
            << u"    ScopedCoroutine<int> load(T &t)\n    {\n        co_return 1;\n    }\n"_s << QStringList(u"load"_s);
        QTest::newRow("a lambda") << u"run([this](const QString &text) -> ScopedTask<int> { co_return 1; });"_s
                                  << QStringList(u"(const QString &text)"_s);
        QTest::newRow("values only") << u"Task<int> load(QUrl url)\n{\n    co_return use(&url);\n}\n"_s
                                     << QStringList();
        QTest::newRow("no coroutine") << u"Task<int> load(T &t)\n{\n    return t.load();\n}\n"
                                         "Task<int> other()\n{\n    co_return 1;\n}\n"_s
                                      << QStringList();
    }

    void whatIsLookedForIsFound()
    {
        QFETCH(const QString, text);
        QTEST(borrowersIn(text), "found");
    }
};

QTEST_GUILESS_MAIN(CoroutinesTest)
#include "coroutines-test.moc"
