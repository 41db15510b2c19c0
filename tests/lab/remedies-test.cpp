#include "core/errors.h"
#include "core/json.h"
#include "lab/probe-catalogue.h"
#include "lab/remedies.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace bookdesk;
using namespace bookdesk::lab;
using namespace Qt::StringLiterals;

namespace {

constexpr int timeLimit = 60'000;
constexpr int widestLine = 110;

bool hasChange(const std::vector<CodeLine> &code)
{
    return std::any_of(code.begin(), code.end(), [](const CodeLine &line) { return line.isChange; });
}

qsizetype sentencesIn(const QString &text) { return text.count(u". "_s) + (text.endsWith(u'.') ? 1 : 0); }

} // namespace

class RemediesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachSaysWhyInTwoSentences()
    {
        const Remedies remedies = Remedies::forLocale(QLocale::c());
        QVERIFY(!remedies.all().empty());
        for (const Remedy &remedy : remedies.all()) {
            QVERIFY2(!remedy.title.isEmpty() && !remedy.title.endsWith(u'.'), qPrintable(remedy.key));
            QVERIFY2(sentencesIn(remedy.why) == 2, qPrintable(remedy.key));
        }
    }

    /// And one more for an API that crashes, whatever check it lacks.
    void thereIsOneForEachCheckThatAnApiMayLack()
    {
        QStringList checks{u"crash"_s};
        for (const char *check : allRemedies)
            checks += QString::fromLatin1(check);
        const Remedies remedies = Remedies::forLocale(QLocale::c());
        QStringList keys;
        for (const Remedy &remedy : remedies.all())
            keys += remedy.key;
        checks.sort();
        keys.sort();
        QCOMPARE(keys, checks);
    }

    void eachHasALineToChangeInEveryFramework()
    {
        const Remedies remedies = Remedies::forLocale(QLocale::c());
        for (const Remedy &remedy : remedies.all()) {
            for (const Framework framework : allFrameworks) {
                const QString where = remedy.key + u' ' + frameworkCode(framework);
                QVERIFY2(hasChange(remedy.codeFor(framework)), qPrintable(where));
                for (const CodeLine &line : remedy.codeFor(framework))
                    QVERIFY2(line.text.size() <= widestLine, qPrintable(where + u": "_s + line.text));
            }
        }
    }

    /// Checked against the documentation of Microsoft.IdentityModel.Tokens 8 and of Spring Security 6 and 7.
    void namesOptionsThatThereAre_data()
    {
        QTest::addColumn<Framework>("framework");
        QTest::addColumn<QRegularExpression>("name");
        QTest::addColumn<QStringList>("known");
        const QRegularExpression option(u"\\b([A-Z]\\w+) = (?!>)"_s);
        QTest::newRow("ASP.NET Core") << Framework::aspNetCore << option
                                      << QStringList{u"Authority"_s,
                                                     u"TokenValidationParameters"_s,
                                                     u"RequireSignedTokens"_s,
                                                     u"ValidAlgorithms"_s,
                                                     u"ValidateIssuerSigningKey"_s,
                                                     u"TryAllIssuerSigningKeys"_s,
                                                     u"ValidateLifetime"_s,
                                                     u"RequireExpirationTime"_s,
                                                     u"ClockSkew"_s,
                                                     u"ValidateIssuer"_s,
                                                     u"ValidIssuer"_s,
                                                     u"ValidateAudience"_s,
                                                     u"ValidAudience"_s,
                                                     u"ValidTypes"_s,
                                                     u"Events"_s,
                                                     u"OnTokenValidated"_s,
                                                     u"OnMessageReceived"_s,
                                                     u"MaximumTokenSizeInBytes"_s};
        const QRegularExpression type(u"\\b((?:Nimbus|Jwt|JWS|Bearer|DefaultBearer|DelegatingOAuth2|OAuth2)\\w+)"_s);
        QTest::newRow("Spring types") << Framework::spring << type
                                      << QStringList{u"NimbusJwtDecoder"_s,    u"JwtDecoder"_s,
                                                     u"JwtValidators"_s,       u"JwtTimestampValidator"_s,
                                                     u"JwtClaimValidator"_s,   u"JwtIssuerValidator"_s,
                                                     u"JWSKeySelector"_s,      u"DelegatingOAuth2TokenValidator"_s,
                                                     u"BearerTokenResolver"_s, u"DefaultBearerTokenResolver"_s,
                                                     u"BearerTokenErrors"_s,   u"OAuth2AuthenticationException"_s};
        const QRegularExpression method(u"\\.(set\\w+|with\\w+|jws\\w+|jwt\\w+|create\\w+)\\("_s);
        QTest::newRow("Spring methods") << Framework::spring << method
                                        << QStringList{u"withJwkSetUri"_s,
                                                       u"jwsAlgorithm"_s,
                                                       u"jwtProcessorCustomizer"_s,
                                                       u"setJWSKeySelector"_s,
                                                       u"setJwtValidator"_s,
                                                       u"createDefaultWithIssuer"_s,
                                                       u"withDefaults"_s,
                                                       u"setAllowUriQueryParameter"_s,
                                                       u"setAllowFormEncodedBodyParameter"_s};
    }

    void namesOptionsThatThereAre()
    {
        QFETCH(const Framework, framework);
        QFETCH(const QRegularExpression, name);
        QFETCH(const QStringList, known);
        QStringList found;
        const Remedies remedies = Remedies::forLocale(QLocale::c());
        for (const Remedy &remedy : remedies.all()) {
            for (const CodeLine &line : remedy.codeFor(framework)) {
                const QString code = line.text.section(u"//"_s, 0, 0);
                for (const QRegularExpressionMatch &match : name.globalMatch(code)) {
                    QVERIFY2(known.contains(match.captured(1)), qPrintable(remedy.key + u": "_s + line.text));
                    found += match.captured(1);
                }
            }
        }
        // What is known is in use, so that the list says no more than was checked.
        for (const QString &one : known)
            QVERIFY2(found.contains(one), qPrintable(one));
    }

    /// A line that begins with anything else would lose its first two characters.
    void everyLineIsMarked()
    {
        QFile file(u":/bookdesk/remedies/en.json"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const Result<JsonObject> data = parseJsonObject(file.readAll());
        QVERIFY(data);
        for (const auto &[key, remedy] : data->members()) {
            for (const Framework framework : allFrameworks) {
                const Json *lines = remedy.asObject()->find(frameworkCode(framework));
                for (const Json &line : *lines->asArray()) {
                    const QString text = *line.asString();
                    QVERIFY2(text == "+"_L1 || text.startsWith("+ "_L1) || text.startsWith("  "_L1),
                             qPrintable(key + u": "_s + text));
                }
            }
        }
    }

    void linesToAddAreMarked()
    {
        const Remedies remedies = Remedies::forLocale(QLocale::c());
        const Remedy *remedy = remedies.find(u"audience"_s);
        QVERIFY(remedy);
        QCOMPARE(remedy->title, u"The audience is not checked"_s);
        const std::vector<CodeLine> &code = remedy->codeFor(Framework::pyJwt);
        QVERIFY(std::find(code.begin(), code.end(), CodeLine{u"    audience=CLIENT_ID,"_s, true}) != code.end());
        QVERIFY(std::find(code.begin(), code.end(), CodeLine{u"    jwt=token,"_s, false}) != code.end());
        QVERIFY(codeText(code).contains("      jwt=token,\n"_L1));
        QVERIFY(codeText(code).contains("+     audience=CLIENT_ID,\n"_L1));
    }

    void anUnknownOneIsNotFound() { QVERIFY(!Remedies::forLocale(QLocale::c()).find(u"no-such-check"_s)); }

    void wrongDataIsRefused_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("code");
        QTest::newRow("no object") << "[]"_ba << errors::jsonWrongType.toString();
        QTest::newRow("a remedy that is no object")
            << R"({"audience":"text"})"_ba << errors::jsonMemberMissing.toString();
        QTest::newRow("a framework is missing") << R"({"audience":{"title":"t","why":"w","pyjwt":[],"spring":[]}})"_ba
                                                << errors::jsonMemberMissing.toString();
        QTest::newRow("a framework that nobody knows")
            << R"({"audience":{"title":"t","why":"w","pyjwt":[],"spring":[],"aspnet-core":[],"rails":[]}})"_ba
            << errors::jsonMemberUnknown.toString();
    }

    void wrongDataIsRefused()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, code);
        const Result<Remedies> read = Remedies::read(json);
        QVERIFY(!read);
        QCOMPARE(read.error().code.toString(), code);
    }

    /// Debian's Python, which has Debian's PyJWT.
    void thePyJwtLinesRefuseWhatTheyAreForAndNothingElse()
    {
        QProcess python;
        python.start(u"/usr/bin/python3"_s, {QStringLiteral(BOOKDESK_SOURCE_DIR "/tests/lab/pyjwt_remedies.py"),
                                             QStringLiteral(BOOKDESK_SOURCE_DIR "/resources/remedies/en.json")});
        QVERIFY(python.waitForFinished(timeLimit));
        const QByteArray complaint = python.readAllStandardError();
        QVERIFY2(python.exitCode() == 0, complaint.constData());
        QByteArrayList lines = python.readAllStandardOutput().trimmed().split('\n');
        qInfo("PyJWT %s", lines.takeFirst().constData());
        QCOMPARE(std::size_t(lines.size()), Remedies::forLocale(QLocale::c()).all().size());
        for (const QByteArray &line : lines)
            QVERIFY2(line.endsWith(" accepted refused") || line.endsWith(" compiled"), line.constData());
    }
};

QTEST_GUILESS_MAIN(RemediesTest)

#include "remedies-test.moc"
