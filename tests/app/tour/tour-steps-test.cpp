// Which outcomes and states have a picture in the tour: none is lost unnoticed when chapters change.
#include "books/outcome-codes.h"
#include "tour/chapters.h"

#include <QSet>
#include <QTest>

#include <initializer_list>

using namespace Qt::StringLiterals;
using namespace bookdesk;
namespace outcomes = books::outcomes;

namespace {

QStringList stepNames()
{
    QStringList names;
    for (const tour::Chapter &chapter : tour::chapters()) {
        for (const tour::Step &step : chapter)
            names += step.name;
    }
    return names;
}

struct Shown
{
    ErrorCode code;
    QString step;
};

/// The step that shows an outcome of this code.
QList<Shown> shownOutcomes()
{
    return {{outcomes::ok, u"200-deleted"_s},
            {outcomes::tokenExpired, u"401-expired"_s},
            {outcomes::notAuthenticated, u"401-no-token"_s},
            {outcomes::signatureRejected, u"401-not-accepted"_s},
            {outcomes::apiMisconfigured, u"401-misconfigured"_s},
            {outcomes::scopeMissing, u"403-scope"_s},
            {outcomes::roleMissing, u"403-role"_s},
            {outcomes::forbidden, u"403-unexplained"_s},
            {outcomes::claimsChallenge, u"claims-challenge"_s},
            {outcomes::notFound, u"404"_s},
            {outcomes::methodNotAllowed, u"405"_s},
            {outcomes::conflict, u"409"_s},
            {outcomes::requestInvalid, u"422"_s},
            {outcomes::throttled, u"429"_s},
            {outcomes::redirect, u"307"_s},
            {outcomes::serverError, u"500"_s}};
}

/// Codes whose outcome looks like that of another code: further reasons for a 401, other unexplained answers.
QList<ErrorCode> withoutStep()
{
    return {outcomes::tokenRejected,  outcomes::tokenMalformed,     outcomes::tokenNotYetValid, outcomes::tokenVersion,
            outcomes::keyUnknown,     outcomes::issuerRejected,     outcomes::audienceRejected, outcomes::claimMissing,
            outcomes::claimsRejected, outcomes::apiKeysUnreachable, outcomes::unexpected};
}

} // namespace

class TourStepsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachOutcomeHasAStep_data()
    {
        QTest::addColumn<QString>("step");
        for (const ErrorCode &code : outcomes::outcomeCodes) {
            if (withoutStep().contains(code))
                continue;
            QString step;
            for (const Shown &shown : shownOutcomes()) {
                if (shown.code == code)
                    step = shown.step;
            }
            QTest::addRow("%s", qPrintable(code.toString())) << step;
        }
    }

    void eachOutcomeHasAStep()
    {
        QFETCH(const QString, step);
        QVERIFY2(stepNames().contains(step), qPrintable(step));
    }

    /// What has no status of its own, or shares its code with another outcome.
    void eachFurtherOutcomeHasAStep_data()
    {
        QTest::addColumn<QString>("step");
        names({"403-gateway", "offline", "tls", "not-json", "too-large", "not-sent", "504-unknown-fate", "429-over"});
    }

    void eachFurtherOutcomeHasAStep() { isThere(); }

    void eachStateOfAPageHasAStep_data()
    {
        QTest::addColumn<QString>("step");
        names({"sign-in", "waiting", "declined", "admin-consent", "cancelled", "device-code", "device-code-expired",
               "add-connection", "two-connections", "two-accounts"});
        names({"books", "search", "detail", "confirm", "fresh-token", "admin"});
        names({"access-token", "raw-token", "id-token", "wrong-audience", "report", "compare", "keys", "keys-unknown"});
        names({"paste", "pasted", "pasted-stranger", "pasted-opaque", "pasted-no-token"});
        names({"lab-endpoints", "lab-safe-calls", "lab-add-rule", "lab-differs", "lab-delete"});
        names({"lab-probes", "lab-refused", "lab-accepted", "lab-crashed", "lab-findings", "lab-unproven"});
        names({"activity-empty", "activity", "activity-time-out", "activity-running", "activity-cancelled",
               "activity-not-saved", "activity-filtered"});
        names({"register", "register-portal", "register-graph", "register-incomplete"});
        names({"connections-sandbox", "connections", "connection-tested", "connection-edit", "connection-invalid",
               "connection-unsaved", "connection-delete", "connections-small", "connection-edit-small"});
        names({"settings", "settings-checked", "settings-problems", "settings-proxy", "settings-reset"});
        names({"stay-signed-in", "signed-in-again", "no-keychain"});
        names({"account", "sign-out-question", "sign-out-browser", "signed-out", "small-sign-in", "small-books",
               "small-token", "large-books", "large-token"});
    }

    void eachStateOfAPageHasAStep() { isThere(); }

    /// The names are file names.
    void noTwoStepsShareAName()
    {
        const QStringList names = stepNames();
        QCOMPARE(QSet<QString>(names.begin(), names.end()).size(), names.size());
    }

private:
    static void names(std::initializer_list<const char *> steps)
    {
        for (const char *step : steps)
            QTest::newRow(step) << QString::fromLatin1(step);
    }

    static void isThere()
    {
        QFETCH(const QString, step);
        QVERIFY2(stepNames().contains(step), qPrintable(step));
    }
};

QTEST_APPLESS_MAIN(TourStepsTest)
#include "tour-steps-test.moc"
