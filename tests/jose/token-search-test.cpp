#include "jose/token-search.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {

class TokenSearchTest : public QObject
{
    Q_OBJECT

private:
    const QByteArray m_token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln-_bmF0dXJl";
    const QByteArray m_other = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJiIn0.c2ln-_bmF0dXJl";

private Q_SLOTS:
    void findsTheFirstToken_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("count");
        QTest::addColumn<QString>("notes");
        const auto row = [](const char *name, const QByteArray &text, int count, const QString &notes = {}) {
            QTest::newRow(name) << text << count << notes;
        };
        const QString around = u"Other text stood around the token."_s;
        row("the token itself", m_token, 1);
        row("with what is usual around it", "Bearer \"" + m_token + '"', 1,
            u"The word Bearer stood before the token.|Quotes stood around the token."_s);
        row("wrapped", m_token.first(25) + "\n" + m_token.sliced(25), 1,
            u"The token was wrapped over several lines."_s);
        row("in a sentence", "My token is " + m_token + ". Why?", 1, around);
        row("in a command", "curl -H 'Authorization: Bearer " + m_token + "' https://api.test/", 1, around);
        row("in an address", "https://localhost/#access_token=" + m_token + "&state=x", 1, around);
        row("two on lines of their own", m_token + "\n" + m_other, 2);
        row("two in JSON", "{\"a\":\"" + m_token + "\",\"b\":\"" + m_other + "\"}", 2);
        row("two in a token endpoint's answer",
            "{\"access_token\":\"" + m_token + "\",\"id_token\":\"" + m_other + "\"}", 2,
            u"The token was taken out of a token endpoint's answer."_s);
        row("one that is there twice", m_token + " " + m_token, 1, around);
    }

    void findsTheFirstToken()
    {
        QFETCH(QByteArray, text);
        const FoundToken found = findToken(text);
        QCOMPARE(found.first.token.reveal(), m_token);
        QCOMPARE(found.instead, QString());
        QTEST(int(found.count), "count");
        QTEST(found.first.notes.join(u'|'), "notes");
    }

    void tokensThatCannotBeReadAreTokens_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::newRow("opaque") << "0.AXoAdu-nPq_~opaque+reference/token=="_ba;
        QTest::newRow("encrypted") << "eyJhbGciOiJSU0EtT0FFUCJ9.a2V5.aXY.Y2lwaGVy.dGFn"_ba;
        QTest::newRow("cut off") << "eyJhbGciOiJSUzI1NiJ9.eyJzdWIi"_ba;
    }

    void tokensThatCannotBeReadAreTokens()
    {
        QFETCH(QByteArray, token);
        QCOMPARE(findToken(token + "\n").first.token.reveal(), token);
        QCOMPARE(findToken(token).count, 1);
    }

    void saysWhatTheTextIsInstead_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("instead");
        QTest::newRow("nothing") << " \n"_ba << u"There is no text in it."_s;
        QTest::newRow("a web page")
            << "<!DOCTYPE html>"_ba
            << u"This is a web page, not a token. Reading stopped at line 1, character 1: “<”."_s;
        QTest::newRow("a certificate") << "-----BEGIN CERTIFICATE-----\nMII"_ba
                                       << u"This is a key or a certificate (PEM), not a token. "
                                          "Reading stopped at line 1, character 11: “ ”."_s;
        QTest::newRow("a GUID") << "6f1c2d0a-94be-47a3-8d15-20b7c64fe90b"_ba
                                << u"This is a GUID: the ID of something, not a token. "
                                   "Reading went to its end, but found nothing that a token begins with."_s;
        QTest::newRow("JSON") << "{\"a\":1}"_ba
                              << u"This is JSON without a token in it. Reading stopped at line 1, character 1: “{”."_s;
        QTest::newRow("words") << "one\xc3\xbc"_ba
                               << u"This is text without a token in it. "
                                  "Reading stopped at line 1, character 4: “ü”."_s;
        QTest::newRow("several lines") << "one\ntwo three"_ba
                                       << u"This is text without a token in it. "
                                          "Reading stopped at line 1, character 4: “\\u{000A}”."_s;
    }

    void saysWhatTheTextIsInstead()
    {
        QFETCH(QByteArray, text);
        const FoundToken found = findToken(text);
        QVERIFY(found.first.token.isEmpty());
        QCOMPARE(found.count, 0);
        QTEST(found.instead, "instead");
    }
};

} // namespace bookdesk::jose

QTEST_GUILESS_MAIN(bookdesk::jose::TokenSearchTest)
#include "token-search-test.moc"
