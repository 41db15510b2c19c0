#include "workspace/errors.h"
#include "workspace/own-rules.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace bookdesk;
using namespace bookdesk::workspace;
using namespace Qt::StringLiterals;

class OwnRulesTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;

    QString path() const { return m_folder->filePath(u"rules.json"_s); }

    void write(const QByteArray &text) const
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    QByteArray read() const
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void keepsTheRulesOfEachConnection()
    {
        OwnRules rules(m_folder->filePath(u"new"_s));
        QVERIFY(rules.of(u"one"_s).empty());
        const books::AccessRule post{"POST", u"/api/v1/books/{id}"_s, {u"Books.Write"_s, u"Other"_s}, {u"Editor"_s}};
        QVERIFY(rules.save(u"one"_s, {post}));
        QVERIFY(rules.save(u"two"_s, {{"GET", u"/health"_s, {}, {}}}));
        const std::vector<books::AccessRule> loaded = OwnRules(m_folder->filePath(u"new"_s)).of(u"one"_s);
        QCOMPARE(loaded.size(), std::size_t{1});
        QCOMPARE(loaded[0].method, post.method);
        QCOMPARE(loaded[0].path, post.path);
        QCOMPARE(loaded[0].scopes, post.scopes);
        QCOMPARE(loaded[0].roles, post.roles);
        QCOMPARE(rules.of(u"two"_s).size(), std::size_t{1});
        QVERIFY(rules.save(u"one"_s, {}));
        QVERIFY(rules.of(u"one"_s).empty());
        QCOMPARE(rules.of(u"two"_s).size(), std::size_t{1});
    }

    void removesThoseOfAConnectionThatIsGone()
    {
        OwnRules rules(m_folder->path());
        QVERIFY(rules.remove(u"one"_s));
        QVERIFY(!QFile::exists(path()));
        QVERIFY(rules.save(u"one"_s, {{"GET", u"/health"_s, {}, {}}}));
        QVERIFY(rules.save(u"two"_s, {{"GET", u"/health"_s, {}, {}}}));
        QVERIFY(rules.remove(u"one"_s));
        QVERIFY(!read().contains("one"));
        QCOMPARE(rules.of(u"two"_s).size(), std::size_t{1});
        write("{");
        const Result<void> removed = rules.remove(u"two"_s);
        QVERIFY(!removed);
        QCOMPARE(removed.error().code.toString(), errors::connectionStoreFailed.toString());
        QCOMPARE(read(), "{"_ba);
    }

    void leavesOutWhatCannotBeUsed()
    {
        write(R"({"a":[{"method":"GET","path":"/ok","scopes":[],"roles":[]},)"
              R"({"method":"GET","path":"/../x","scopes":[],"roles":[]},{"method":"EXEC","path":"/ok"},7],"b":{}})");
        const OwnRules rules(m_folder->path());
        QCOMPARE(rules.of(u"a"_s).size(), std::size_t{1});
        QVERIFY(rules.of(u"b"_s).empty());
        QVERIFY(rules.of(u"c"_s).empty());
    }

    void leavesAFileThatItCannotReadAsItIs()
    {
        write("no JSON");
        OwnRules rules(m_folder->path());
        const Result<void> saved = rules.save(u"a"_s, {{"GET", u"/health"_s, {}, {}}});
        QVERIFY(!saved);
        QCOMPARE(saved.error().code, errors::connectionStoreFailed);
        QCOMPARE(read(), "no JSON"_ba);
    }

    void storesNothingWithoutAFolder()
    {
        OwnRules rules;
        QVERIFY(rules.save(u"a"_s, {{"GET", u"/health"_s, {}, {}}}));
        QVERIFY(rules.of(u"a"_s).empty());
    }
};

QTEST_GUILESS_MAIN(OwnRulesTest)
#include "own-rules-test.moc"
