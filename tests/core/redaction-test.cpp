#include "core/redaction.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <functional>
#include <limits>
#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk {
namespace {

using namespace std::chrono_literals;

const QString mark = u"\u2039removed\u203A"_s;

/// A redactor and its time, with a memory of ten minutes.
struct Bench
{
    TimePoint now{1'700'000'000s};
    Redactor redactor{[this] { return now; }, 10min};

    bool knows(const QString &secret) const { return redactor.redacted(secret) == mark; }
};

/// As long and as similar as tokens are: only the end differs.
Secret tokenWithNumber(int number)
{
    return Secret("0.AXkAv4j5cvGGr0GRqy" + QByteArray(1500, 'x') + QByteArray::number(number).rightJustified(22, '-'));
}

/// With letters that are written differently in URLs, JSON and HTML.
Secret disguisedSecret() { return Secret("0.AX/kAv4+j5cvGGr0/GRqyTg9nE+uQ4mB7w/zL1sKd82hYpXo"); }

/// The fastest of some runs, in nanoseconds: other work on the machine only slows a run down.
qint64 fastest(const std::function<void()> &work)
{
    qint64 best = std::numeric_limits<qint64>::max();
    for (int i = 0; i < 5; ++i) {
        QElapsedTimer timer;
        timer.start();
        work();
        best = std::min(best, timer.nsecsElapsed());
    }
    return best;
}

} // namespace

class RedactionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasOneMark() { QCOMPARE(removedMark(), mark); }

    void knowsSecretNames_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isSecret");
        for (const QString &name : {u"authorization"_s, u"Authorization"_s, u"PROXY-AUTHORIZATION"_s, u"cookie"_s,
                                    u"Set-Cookie"_s, u"access_token"_s, u"id_token"_s, u"refresh_token"_s,
                                    u"code_verifier"_s, u"code"_s, u"client_secret"_s, u"id_token_hint"_s})
            QTest::newRow(qPrintable(name)) << name << true;
        for (const QString &name : {u"accept"_s, u"www-authenticate"_s, u"state"_s, u"code_challenge"_s, u"scope"_s,
                                    u"error_codes"_s, u"token_type"_s, u""_s, u"codes"_s})
            QTest::newRow(qPrintable(u"not "_s + name)) << name << false;
    }

    void knowsSecretNames()
    {
        QFETCH(QString, name);
        QFETCH(bool, isSecret);
        QCOMPARE(isSecretName(name), isSecret);
    }

    void keepsOfCredentialsTheSchemeAlone_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("expected");
        const QString authorization = u"Authorization"_s;
        QTest::newRow("a bearer token") << authorization << "Bearer abc.def"_ba << u"Bearer "_s + mark;
        QTest::newRow("in odd letters") << authorization << "bEaReR abc.def"_ba << u"bEaReR "_s + mark;
        QTest::newRow("with two blanks") << authorization << "Bearer  abc.def"_ba << u"Bearer "_s + mark;
        QTest::newRow("a user and a password") << authorization << "Basic dTpw"_ba << u"Basic "_s + mark;
        QTest::newRow("a ticket, for a proxy")
            << u"proxy-authorization"_s << "Negotiate YIIB=="_ba << u"Negotiate "_s + mark;
        QTest::newRow("several") << authorization << "Bearer abc, Basic dTpw"_ba << u"Bearer "_s + mark;
        QTest::newRow("with parameters") << authorization << "DPoP abc, nonce=\"x\""_ba << u"DPoP "_s + mark;
        QTest::newRow("a token without a scheme") << authorization << "abc.def"_ba << mark;
        QTest::newRow("a token that contains a blank") << authorization << "secret abc"_ba << mark;
        QTest::newRow("a scheme without credentials") << authorization << "Bearer"_ba << mark;
        QTest::newRow("a scheme and a blank") << authorization << "Bearer "_ba << mark;
        QTest::newRow("a blank first") << authorization << " Bearer abc"_ba << mark;
        QTest::newRow("a tabulator between") << authorization << "Bearer\tabc def"_ba << mark;
        QTest::newRow("a token that begins like a scheme") << authorization << "Bearerabc def"_ba << mark;
        QTest::newRow("nothing") << authorization << QByteArray() << mark;
        QTest::newRow("a cookie that looks like credentials") << u"Cookie"_s << "Bearer abc"_ba << mark;
    }
    void keepsOfCredentialsTheSchemeAlone()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, value);
        QTEST(redactedHeader(name, value), "expected");
    }

    void removes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("redactedText");
        const auto row = [](const char *name, const QString &text, const QString &shown) {
            QTest::newRow(name) << text << QString(shown).replace(u'#', mark);
        };
        const QString jwt = u"eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln-_bmF0dXJl"_s;
        row("a JWT alone", jwt, u"#"_s);
        row("a JWT within text", u"got "_s + jwt + u", odd"_s, u"got #, odd"_s);
        row("two JWTs", jwt + u' ' + jwt, u"# #"_s);
        row("a JWT without a signature", u"eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0."_s, u"#"_s);
        row("a JWE", u"eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..aXY.dGV4dA.dGFn"_s, u"#"_s);
        row("a JWT in JSON under any name", u"{\"x\":\""_s + jwt + u"\"}"_s, u"{\"x\":\"#\"}"_s);
        row("a bearer header", u"Authorization: Bearer 0b79bab50daca910"_s, u"Authorization: #"_s);
        row("a bearer credential within text", u"sent bearer 0b79bab50daca910 to it"_s, u"sent bearer # to it"_s);
        row("a basic credential", u"Proxy said Basic dXNlcjpwYXNzd29yZA=="_s, u"Proxy said Basic #"_s);
        row("the word bearer alone", u"WWW-Authenticate: Bearer"_s, u"WWW-Authenticate: Bearer"_s);
        row("a cookie header", u"Cookie: session=abc; theme=dark"_s, u"Cookie: #"_s);
        row("a set-cookie header among others", u"Date: today\nSet-Cookie: a=b\nServer: x"_s,
            u"Date: today\nSet-Cookie: #\nServer: x"_s);
        row("a form", u"grant_type=authorization_code&code=0.AX-short&code_verifier=v3rifier&scope=openid"_s,
            u"grant_type=authorization_code&code=#&code_verifier=#&scope=openid"_s);
        row("a query", u"http://localhost:8031/?code=0.AXo%2F&state=keep"_s,
            u"http://localhost:8031/?code=#&state=keep"_s);
        row("a form in capitals", u"REFRESH_TOKEN=0.AXo"_s, u"REFRESH_TOKEN=#"_s);
        row("a token response", u"{\"token_type\":\"Bearer\",\"refresh_token\" : \"0.AXo\",\"expires_in\":3600}"_s,
            u"{\"token_type\":\"Bearer\",\"refresh_token\" : \"#\",\"expires_in\":3600}"_s);
        row("a quote within a secret", u"{\"access_token\":\"a\\\"b\",\"x\":1}"_s,
            u"{\"access_token\":\"#\",\"x\":1}"_s);
        row("an empty secret", u"{\"access_token\":\"\"}"_s, u"{\"access_token\":\"#\"}"_s);
        row("a secret of 30,000 letters", u"{\"access_token\":\""_s + QString(30'000, u'x') + u"\",\"x\":1}"_s,
            u"{\"access_token\":\"#\",\"x\":1}"_s);
        row("a secret of a million escapes", u"{\"access_token\":\""_s + u"\\\""_s.repeated(1'000'000) + u"\"}"_s,
            u"{\"access_token\":\"#\"}"_s);
        row("a secret whose end is missing", u"{\"x\":1,\"access_token\":\"0.AXo\\"_s,
            u"{\"x\":1,\"access_token\":\"#"_s);
        row("an error code in JSON stays", u"{\"error\":{\"code\":\"InvalidAuthenticationToken\"}}"_s,
            u"{\"error\":{\"code\":\"InvalidAuthenticationToken\"}}"_s);
        row("names that only look like it stay", u"error_code=50058&barcode=123&code_challenge=abc"_s,
            u"error_code=50058&barcode=123&code_challenge=abc"_s);
        row("ordinary text stays", u"The code is fine. eyJ is a prefix."_s, u"The code is fine. eyJ is a prefix."_s);
        row("nothing", {}, {});
    }

    void removes()
    {
        QFETCH(QString, text);
        QFETCH(QString, redactedText);
        QCOMPARE(redacted(text), redactedText);
        QCOMPARE(Redactor().redacted(text), redactedText);
    }

    void removesWhatItLearned()
    {
        const Redactor redactor;
        redactor.learn(Secret("p/a+s s=w&rd"));
        QCOMPARE(redactor.redacted(u"you sent p/a+s s=w&rd; twice: p/a+s s=w&rd"_s),
                 u"you sent %1; twice: %1"_s.arg(mark));
    }

    void removesPercentEncodedEchoes()
    {
        const Redactor redactor;
        redactor.learn(Secret("p/a+s s=w&rd"));
        QCOMPARE(redactor.redacted(u"?echo=p%2Fa%2Bs%20s%3Dw%26rd"_s), u"?echo="_s + mark);
        QCOMPARE(redactor.redacted(u"?echo=p%2fa%2bs%20s%3dw%26rd"_s), u"?echo="_s + mark);
    }

    void ignoresWhatIsTooShortToBeASecret()
    {
        const Redactor redactor;
        redactor.learn(Secret("1234567"));
        redactor.learn(Secret());
        QCOMPARE(redactor.redacted(u"ISBN 1234567"_s), u"ISBN 1234567"_s);
        redactor.learn(Secret("12345678"));
        QCOMPARE(redactor.redacted(u"ISBN 12345678"_s), u"ISBN "_s + mark);
    }

    void copiesShareWhatWasLearned()
    {
        const Redactor first;
        const Redactor second = first;
        first.learn(Secret("correct horse"));
        QCOMPARE(second.redacted(u"correct horse"_s), mark);
        QCOMPARE(Redactor().redacted(u"correct horse"_s), u"correct horse"_s);
    }

    void removesWhatIsEncodedInPart()
    {
        const Redactor redactor;
        redactor.learn(Secret("p/a+s s=w&rd"));
        redactor.learn(Secret("100%25more"));
        QCOMPARE(redactor.redacted(u"?echo=p/a%2Bs%20s%3dw&rd%"_s), u"?echo=%1%"_s.replace(u"%1"_s, mark));
        QCOMPARE(redactor.redacted(u"100%25more, 100%2525more, 100%more"_s),
                 u"%1, %1, 100%more"_s.replace(u"%1"_s, mark));
    }

    void removesSecretsThatOverlap()
    {
        const Redactor redactor;
        redactor.learn(Secret("abcdefghij"));
        redactor.learn(Secret("efghijklmn"));
        redactor.learn(Secret("ghijklmn"));
        QCOMPARE(redactor.redacted(u"<abcdefghijklmn>"_s), u"<%1>"_s.arg(mark));
        QCOMPARE(redactor.redacted(u"code=abcdefghij;ghijklmn;"_s), u"code="_s + mark);
    }

    void removesSecretsAmongAnyText()
    {
        const Redactor redactor;
        redactor.learn(Secret("J\xc3\xbcrgen's \xf0\x9f\x93\x9a"));
        QCOMPARE(redactor.redacted(u"\U0001F4DAé: Jürgen's \U0001F4DA; J%C3%BCrgen%27s%20%f0%9f%93%9a."_s),
                 u"\U0001F4DAé: %1; %1."_s.arg(mark));
    }

    void removesLongSecretsAlone_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("letter");
        QTest::addColumn<QString>("after");
        QTest::newRow("a JWT") << u"token eyJhbGciOiJSUzI1NiJ9.e30."_s << u"a"_s << u" end"_s;
        QTest::newRow("a bearer credential") << u"sent Bearer "_s << u"a"_s << u" end"_s;
        QTest::newRow("a field of a form") << u"x=1&code="_s << u"a"_s << u"&y=2"_s;
        QTest::newRow("a member of JSON") << u"{\"access_token\":\""_s << u"a"_s << u"\"}"_s;
        QTest::newRow("a member with escapes") << u"{\"access_token\":\""_s << u"\\n"_s << u"\"}"_s;
        QTest::newRow("a member with letters and escapes") << u"{\"access_token\":\""_s << u"a\\n"_s << u"\"}"_s;
        QTest::newRow("a cookie") << u"A: b\nCookie: "_s << u"a; "_s << u"\nC: d"_s;
    }

    void removesLongSecretsAlone()
    {
        QFETCH(QString, before);
        QFETCH(QString, letter);
        QFETCH(QString, after);
        for (const int length : {30'000, 100'000, 1'000'000}) {
            const QString text = redacted(before + letter.repeated(length) + after);
            QVERIFY2(text.size() < 200 && text.endsWith(after), qPrintable(text.left(200)));
            QVERIFY2(!text.contains(letter.repeated(3)), qPrintable(text.left(200)));
            QVERIFY2(text.size() > mark.size(), "not everything was removed");
        }
    }

    void removesRunsAndDisguisesOfWhatItLearned_data()
    {
        QTest::addColumn<QByteArray>("echo");
        QTest::addColumn<QByteArray>("shown");
        const QByteArray secret = disguisedSecret().reveal().toByteArray();
        const QByteArray run = secret.mid(25, 20);
        const auto row = [](const char *name, const QByteArray &echo, const QByteArray &shown) {
            QTest::newRow(name) << echo << shown;
        };
        row("the whole", secret, "#");
        row("its beginning", secret.first(20), "#");
        row("its end", secret.last(20), "#");
        row("a run of 20 in its middle", run, "#");
        row("a run of 19", run.chopped(1), run.chopped(1));
        row("a run cut off by an ellipsis", secret.first(40) + "..." + secret.last(30), "#...#");
        row("percent-encoded", run.toPercentEncoding(), "#");
        row("percent-encoded twice", secret.toPercentEncoding().toPercentEncoding(), "#");
        row("all of it percent-encoded", run.toPercentEncoding({}, run), "#");
        row("as references of HTML", QByteArray(secret).replace('/', "&#47;").replace('+', "&#x2B;"), "#");
        row("as references with names", "&quot;" + run + "&quot;", "&quot;#&quot;");
        row("as escapes of JSON", QByteArray(secret).replace("/", "\\/").replace("+", "\\u002B"), "#");
        row("over two lines", run.first(10) + '\n' + run.sliced(10), "#");
        row("over two lines, indented", run.first(10) + "\r\n\t  " + run.sliced(10), "#");
        row("over two lines of JSON", run.first(10) + "\\r\\n" + run.sliced(10), "#");
        row("with line feeds in the URL", run.first(10) + "%0D%0A" + run.sliced(10), "#");
    }

    void removesRunsAndDisguisesOfWhatItLearned()
    {
        QFETCH(QByteArray, echo);
        QFETCH(QByteArray, shown);
        const Redactor redactor;
        redactor.learn(disguisedSecret());
        QCOMPARE(redactor.redacted(u"it said <%1> & more"_s.arg(QString::fromUtf8(echo))),
                 u"it said <%1> & more"_s.arg(QString::fromUtf8(shown).replace(u'#', mark)));
    }

    void removesBase64_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("run");
        const QByteArray secret = disguisedSecret().reveal().toByteArray();
        for (const QByteArray &before : {QByteArray(), QByteArray("a"), QByteArray("ab"), QByteArray("abc")}) {
            QTest::newRow(("the whole behind " + before).constData()) << before << secret;
            QTest::newRow(("a run of 20 behind " + before).constData()) << before << secret.mid(7, 20);
        }
    }

    void removesBase64()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, run);
        const Redactor redactor;
        redactor.learn(disguisedSecret());
        for (const auto option : {QByteArray::Base64Encoding, QByteArray::Base64UrlEncoding}) {
            const QByteArray encoded = (before + run + before).toBase64(option);
            const QByteArray wrapped = encoded.first(17) + "\r\n" + encoded.sliced(17);
            for (const QByteArray &echo : {encoded, wrapped, "x" + encoded, encoded.toPercentEncoding()}) {
                const QString text = redactor.redacted(QString::fromLatin1(echo));
                QVERIFY2(text.contains(mark), echo.constData());
                QVERIFY2(text.size() < mark.size() + 20, qPrintable(text)); // what is around it, and padding
            }
        }
    }

    void knowsRunsOfASecretThatWasReplacedJustNow()
    {
        Bench bench;
        HeldSecrets held(bench.redactor);
        const QString run = QString::fromLatin1(disguisedSecret().reveal().first(20));
        held.replace({disguisedSecret()});
        held.replace({Secret("second-access-token-of-the-person")});
        QVERIFY2(bench.knows(run), "a late answer may still echo it");
        held.replace({disguisedSecret()});
        for (int number = 0; number < 20; ++number)
            bench.redactor.learn(tokenWithNumber(number));
        for (int number = 0; number < 20; ++number)
            held.replace({disguisedSecret(), tokenWithNumber(number)});
        QVERIFY2(bench.knows(run), "it is held again");
        held = HeldSecrets(bench.redactor);
        QVERIFY(!bench.knows(run));
    }

    void staysFastWithLongTextThatLooksLikeASecret()
    {
        const Redactor redactor;
        redactor.learn(tokenWithNumber(1));
        const auto timeFor = [&redactor](qsizetype letters) {
            const QString text(letters, u'x');
            return fastest([&] { static_cast<void>(redactor.redacted(text)); });
        };
        const qint64 few = timeFor(10'000);
        const qint64 many = timeFor(160'000);
        QVERIFY2(many < 80 * few, qPrintable(u"%1, %2"_s.arg(many).arg(few))); // 16 times, or 256 if it were quadratic
    }

    void hidesATextThatNobodyCanSearch()
    {
        const QString half = QString(QChar(0xD83D)) + u" code=0.AXo-short"_s;
        QCOMPARE(redacted(half), mark);
        QCOMPARE(Redactor().redacted(half), mark);
    }

    void forgetsAWhileAfterItLearned()
    {
        Bench bench;
        bench.redactor.learn(Secret("authorization-code"));
        bench.now += 6min;
        bench.redactor.learn(Secret("authorization-code"));
        bench.now += 9min;
        QVERIFY(bench.knows(u"authorization-code"_s));
        bench.now += 2min;
        QVERIFY(!bench.knows(u"authorization-code"_s));
    }

    void forgetsAReplacedSecretAWhileLater()
    {
        Bench bench;
        HeldSecrets held(bench.redactor);
        held.replace({Secret("first-access"), Secret("the-refresh")});
        bench.redactor.learn(Secret("first-access"));
        bench.now += 1000h;
        QVERIFY(bench.knows(u"first-access"_s));
        held.replace({Secret("second-access"), Secret("the-refresh")});
        bench.now += 9min;
        QVERIFY2(bench.knows(u"first-access"_s), "a late answer may still echo it");
        bench.now += 2min;
        QVERIFY(!bench.knows(u"first-access"_s));
        bench.now += 1000h;
        QVERIFY(bench.knows(u"second-access"_s));
        QVERIFY(bench.knows(u"the-refresh"_s));
    }

    void forgetsAllOfAPersonAtOnce()
    {
        Bench bench;
        HeldSecrets other(bench.redactor);
        other.replace({Secret("other-access")});
        {
            HeldSecrets person(bench.redactor);
            bench.redactor.learn(Secret("first-access"));
            person.replace({Secret("first-access"), Secret("the-refresh")});
            person.replace({Secret("second-access"), Secret("the-refresh")});
            bench.redactor.learn(Secret("second-access")); // by a request that carries it
            HeldSecrets moved = std::move(person);
            QVERIFY(bench.knows(u"first-access"_s) && bench.knows(u"second-access"_s) && bench.knows(u"the-refresh"_s));
        }
        QVERIFY(!bench.knows(u"first-access"_s));
        QVERIFY(!bench.knows(u"second-access"_s));
        QVERIFY(!bench.knows(u"the-refresh"_s));
        QVERIFY(bench.knows(u"other-access"_s));
        other = HeldSecrets(bench.redactor);
        QVERIFY(!bench.knows(u"other-access"_s));
    }

    void keepsASecretThatTheNextPersonHolds()
    {
        Bench bench;
        HeldSecrets before(bench.redactor);
        HeldSecrets next(bench.redactor);
        before.replace({Secret("shared-access")});
        next.replace({Secret("shared-access")});
        before.replace({});
        bench.now += 1000h;
        QVERIFY(bench.knows(u"shared-access"_s));
        next.replace({});
        bench.now += 11min;
        QVERIFY(!bench.knows(u"shared-access"_s));
    }

    void doesNotForgetWhileTheClockIsWrong()
    {
        Bench bench;
        HeldSecrets held(bench.redactor);
        held.replace({Secret("first-access")});
        bench.now -= 1000h;
        held.replace({Secret("second-access")});
        QVERIFY(bench.knows(u"first-access"_s));
        bench.now += 11min;
        QVERIFY(!bench.knows(u"first-access"_s));
        QVERIFY(bench.knows(u"second-access"_s));
    }

    void staysFastWithTenThousandRenewals()
    {
        constexpr int renewals = 10'000;
        Bench bench;
        HeldSecrets held(bench.redactor);
        int number = 0;
        const auto renew = [&] {
            for (int i = 0; i < renewals / 10; ++i)
                held.replace({tokenWithNumber(++number)});
        };
        const QString text =
            (u"Some text, ? % & and so on. "_s + QString::fromUtf8(tokenWithNumber(1).reveal())).repeated(20);
        const QString shown = (u"Some text, ? % & and so on. "_s + mark).repeated(20);
        QString redactedText;
        const auto mask = [&] { redactedText = bench.redactor.redacted(text); };

        held.replace({tokenWithNumber(++number)});
        const qint64 maskingWithOne = fastest(mask);
        const qint64 firstRenewals = fastest(renew);
        const qint64 lastRenewals = fastest(renew);
        QCOMPARE(number, renewals + 1);
        QVERIFY(bench.knows(QString::fromUtf8(tokenWithNumber(renewals / 2).reveal()))); // none has been forgotten
        const qint64 maskingWithAll = fastest(mask);
        QCOMPARE(redactedText, shown);
        QVERIFY2(lastRenewals < 4 * firstRenewals, qPrintable(u"%1, %2"_s.arg(lastRenewals).arg(firstRenewals)));
        QVERIFY2(maskingWithAll < 10 * maskingWithOne, qPrintable(u"%1, %2"_s.arg(maskingWithAll).arg(maskingWithOne)));
    }

    void isDoneTwiceWithTheSameOutcome_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("a form and a header") << u"code=abc&x=1 Bearer 0b79bab50daca910"_s;
        QTest::newRow("a cookie in which a string begins") << u"Cookie: x \"access_token\":\"abc\nrest\" more"_s;
    }

    void isDoneTwiceWithTheSameOutcome()
    {
        QFETCH(QString, text);
        const QString once = redacted(text);
        QCOMPARE(redacted(once), once);
    }
};

} // namespace bookdesk

QTEST_GUILESS_MAIN(bookdesk::RedactionTest)
#include "redaction-test.moc"
