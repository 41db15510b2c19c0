// The books that come with the program.
#include "sandbox/catalogue.h"

#include <QSet>
#include <QTest>

using namespace bookdesk;
using namespace bookdesk::sandbox;
using namespace Qt::StringLiterals;

namespace {

QString textIn(const JsonObject &book, QStringView name)
{
    const Json *value = book.find(name);
    const QString *text = value ? value->asString() : nullptr;
    return text ? *text : QString();
}

/// ISO 2108: the digits, weighted by 1 and 3 in turn, add up to a multiple of ten.
bool isIsbn13(const QString &isbn)
{
    int sum = 0;
    for (qsizetype i = 0; i < isbn.size(); ++i)
        sum += isbn.at(i).digitValue() * (i % 2 == 0 ? 1 : 3);
    return isbn.size() == 13 && sum % 10 == 0;
}

} // namespace

class CatalogueTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyBookIsComplete()
    {
        const Result<Catalogue> catalogue = Catalogue::builtIn();
        QVERIFY2(catalogue, qPrintable(catalogue ? QString() : catalogue.error().message));
        QVERIFY(catalogue->books().size() >= 100);
        QSet<QString> ids;
        QSet<QString> titles;
        for (const Json &entry : catalogue->books()) {
            const JsonObject &book = *entry.asObject();
            ids.insert(textIn(book, u"id"));
            titles.insert(textIn(book, u"title"));
            QVERIFY2(!textIn(book, u"author").isEmpty(), qPrintable(textIn(book, u"title")));
            QVERIFY2(!textIn(book, u"language").isEmpty(), qPrintable(textIn(book, u"title")));
            QVERIFY2(!textIn(book, u"subject").isEmpty(), qPrintable(textIn(book, u"title")));
            const Json *year = book.find(u"year");
            QVERIFY(year && year->toDouble() > 1400 && year->toDouble() < 1929);
            QVERIFY2(!book.find(u"isbn") || isIsbn13(textIn(book, u"isbn")), qPrintable(textIn(book, u"title")));
        }
        QCOMPARE(ids.size(), static_cast<qsizetype>(catalogue->books().size()));
        QCOMPARE(titles.size(), static_cast<qsizetype>(catalogue->books().size()));
        QVERIFY(ids.contains(u"bk-0001"_s));
    }

    void aRemovedBookIsGoneInThisCatalogueOnly()
    {
        Catalogue catalogue = *Catalogue::builtIn();
        const std::size_t before = catalogue.books().size();
        catalogue.remove(u"bk-0001"_s);
        catalogue.remove(u"bk-0001"_s);
        catalogue.remove(QString());
        QCOMPARE(catalogue.books().size(), before - 1);
        QCOMPARE(Catalogue::builtIn()->books().size(), before);
    }
};

QTEST_GUILESS_MAIN(CatalogueTest)
#include "catalogue-test.moc"
