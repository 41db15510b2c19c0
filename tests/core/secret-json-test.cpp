#include "core/errors.h"
#include "core/json.h"
#include "core/own-memory.h"
#include "core/redaction.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk {
namespace {

constexpr QByteArrayView token = "kept-nowhere-else.0123456789.abcdefghijklmnopqrstuvwxyz";
constexpr QByteArrayView response =
    "{\"token_type\":\"Bearer\",\"access_token\":\"kept-nowhere-else.0123456789.abcdefghijklmnopqrstuvwxyz\"}";

} // namespace

class SecretJsonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        if (!test::copiesInMemory(token))
            QSKIP("This system does not show a program its memory.");
    }

    void setsSecretsApart()
    {
        const Result<ObjectWithSecrets> read = parseObjectWithSecrets(
            Secret("{\"Access_Token\":\"a\\/\\u0062\",\"expires_in\":3600,\"code\":\"shown\",\"id_token\":\"\"}"));
        QVERIFY(read);
        const JsonObject shown{{u"Access_Token"_s, removedMark()},
                               {u"expires_in"_s, 3600},
                               {u"code"_s, u"shown"_s},
                               {u"id_token"_s, removedMark()}};
        QVERIFY(read->shown == shown);
        QCOMPARE(read->secrets.size(), 2U);
        QVERIFY(read->secrets.at(u"Access_Token"_s) == Secret("a/b"));
        QVERIFY(read->secrets.at(u"id_token"_s).isEmpty());
    }

    void leavesOtherTypesAndInnerObjectsAsTheyAre()
    {
        const Result<ObjectWithSecrets> read = parseObjectWithSecrets(
            Secret("{\"access_token\":7,\"refresh_token\":null,\"inner\":{\"access_token\":\"x\"}}"));
        QVERIFY(read);
        QVERIFY(read->secrets.empty());
        const JsonObject shown{{u"access_token"_s, 7},
                               {u"refresh_token"_s, nullptr},
                               {u"inner"_s, JsonObject{{u"access_token"_s, u"x"_s}}}};
        QVERIFY(read->shown == shown);
    }

    void refusesWhatParseJsonObjectRefuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("code");
        const auto row = [](const char *name, const QByteArray &text, ErrorCode code) {
            QTest::newRow(name) << text << code.toString();
        };
        row("a secret that stands twice", "{\"id_token\":\"a\",\"id_token\":\"b\"}", errors::jsonDuplicateMember);
        row("no object", "[\"access_token\"]", errors::jsonWrongType);
        row("no JSON", "{\"access_token\":\"a", errors::jsonInvalid);
        row("nothing", "", errors::jsonInvalid);
        row("too much", QByteArray(2000, ' '), errors::jsonTooLarge);
    }

    void refusesWhatParseJsonObjectRefuses()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, code);
        const Result<ObjectWithSecrets> read = parseObjectWithSecrets(Secret(text), {1000, 32});
        QVERIFY(!read);
        QCOMPARE(read.error().code.toString(), code);
    }

    void theSearchFindsCopies()
    {
        const int before = *test::copiesInMemory(token);
        QString text = QString::fromLatin1(token);
        QByteArray bytes = token.toByteArray();
        const int found = *test::copiesInMemory(token);
        // Wiped, because what is left of them would be counted by the tests that follow.
        text.fill(u' ');
        bytes.fill(' ');
        QCOMPARE(found, before + 2);
    }

    void leavesNoCopies()
    {
        const int before = *test::copiesInMemory(token);
        Secret body(response);
        QCOMPARE(*test::copiesInMemory(token), before + 1);
        Result<ObjectWithSecrets> read = parseObjectWithSecrets(body);
        QVERIFY(read);
        QCOMPARE(*test::copiesInMemory(token), before + 2);
        body = {};
        QCOMPARE(*test::copiesInMemory(token), before + 1);
        read->secrets.clear();
        QCOMPARE(*test::copiesInMemory(token), before);
    }

    void leavesNoCopiesOfWhatItRefusesOrReadsAgain_data()
    {
        QTest::addColumn<QByteArray>("end");
        QTest::addColumn<bool>("isRead");
        QTest::newRow("cut off") << ""_ba << false;
        QTest::newRow("something behind it") << "}}"_ba << false;
        QTest::newRow("a member that stands twice") << ",\"token_type\":\"Bearer\"}"_ba << false;
        QTest::newRow("an integer that is read again") << ",\"n\":12345678901234567890123}"_ba << true;
    }

    void leavesNoCopiesOfWhatItRefusesOrReadsAgain()
    {
        QFETCH(QByteArray, end);
        QFETCH(bool, isRead);
        const int before = *test::copiesInMemory(token);
        {
            const QByteArrayView begin = response.chopped(1);
            const qsizetype size = begin.size() + end.size();
            const Secret body = Secret::written(size, [begin, end, size](char *out) {
                std::copy(end.begin(), end.end(), std::copy(begin.begin(), begin.end(), out));
                return size;
            });
            const Result<ObjectWithSecrets> read = parseObjectWithSecrets(body);
            QCOMPARE(read.has_value(), isRead);
        }
        QCOMPARE(*test::copiesInMemory(token), before);
    }
};

} // namespace bookdesk

QTEST_GUILESS_MAIN(bookdesk::SecretJsonTest)
#include "secret-json-test.moc"
