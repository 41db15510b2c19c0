#include "differential/pyjwt-cases.h"
#include "differential/pyjwt-differences.h"
#include "differential/pyjwt.h"
#include "jose/verify.h"

#include <QHash>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

namespace bookdesk::jose::differential {
namespace {

QString outcomeOf(const Verification &verification)
{
    const Check *failure = verification.firstFailure();
    if (!failure)
        return u"accepted"_s;
    const bool hasExpired = failure->kind == CheckKind::expiry && failure->fault == CheckFault::outOfTime;
    return hasExpired ? u"expired"_s : u"refused"_s;
}

/// What Python may raise where our first failure is this one. TypeError and OverflowError are the API's answer 500.
QStringList reasonsFor(CheckKind kind)
{
    switch (kind) {
    case CheckKind::signature:
        return {u"InvalidSignatureError"_s};
    case CheckKind::requiredClaims:
        return {u"MissingRequiredClaimError"_s};
    case CheckKind::issuedAt:
        return {u"ImmatureSignatureError"_s, u"InvalidIssuedAtError"_s, u"TypeError"_s};
    case CheckKind::notBefore:
        return {u"ImmatureSignatureError"_s, u"DecodeError"_s, u"TypeError"_s};
    case CheckKind::expiry:
        return {u"DecodeError"_s, u"TypeError"_s};
    case CheckKind::issuer:
        return {u"UnknownIssuer"_s};
    case CheckKind::audience:
        return {u"InvalidAudienceError"_s, u"MissingRequiredClaimError"_s};
    case CheckKind::subject:
        return {u"InvalidSubjectError"_s, u"InvalidJTIError"_s, u"WrongClaimType"_s};
    case CheckKind::claimTypes:
        return {u"WrongClaimType"_s};
    default:
        return {};
    }
}

struct Comparison
{
    QString name;
    Verification verification;
    Verdict theirs;

    QString ours() const { return outcomeOf(verification); }
};

QString told(const Comparison &comparison)
{
    const Check *failure = comparison.verification.firstFailure();
    return u"%1: we say %2 (%3), PyJWT says %4 (%5)"_s.arg(comparison.name, comparison.ours(),
                                                           failure ? checkCode(failure->kind) : QString(),
                                                           comparison.theirs.outcome, comparison.theirs.reason);
}

} // namespace

/// The API server's view of tokens and ours, on the same tokens and keys.
class PyJwtTest : public QObject
{
    Q_OBJECT

private:
    attacks::Forge m_forge;
    Release m_release;
    std::vector<Comparison> m_comparisons;

    QHash<QString, const Difference *> listed() const
    {
        QHash<QString, const Difference *> byName;
        for (const Difference &difference : differences()) {
            if (!isOf(difference.releases, m_release))
                continue;
            for (const QString &name : difference.cases)
                byName.insert(name, &difference);
        }
        return byName;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_forge.isReady());
        std::vector<Case> cases = contractCases(m_forge);
        const std::vector<Case> attacks = attackCases(m_forge);
        cases.insert(cases.end(), attacks.begin(), attacks.end());
        std::vector<attacks::Trial> trials;
        for (const Case &entry : cases)
            trials.push_back(entry.trial);

        const PyJwtAnswers answers = askPyJwt(trials);
        m_release = {QVersionNumber::fromString(answers.version), answers.readsCrit};
        QVERIFY2(m_release.version >= QVersionNumber(2), qPrintable(answers.complaint));
        QCOMPARE(answers.verdicts.size(), cases.size());
        for (std::size_t i = 0; i < cases.size(); ++i) {
            const attacks::Trial &trial = cases[i].trial;
            m_comparisons.push_back({QString::fromUtf8(cases[i].name),
                                     verify(Secret(trial.token), trial.keys.read, trial.policy, trial.now),
                                     answers.verdicts[i]});
        }
        qInfo("%zu tokens, PyJWT %s", cases.size(), qPrintable(answers.version));
    }

    void agrees_data()
    {
        QTest::addColumn<std::size_t>("index");
        for (std::size_t index = 0; index < m_comparisons.size(); ++index)
            QTest::newRow(qPrintable(m_comparisons[index].name)) << index;
    }

    void agrees()
    {
        QFETCH(std::size_t, index);
        const Comparison &comparison = m_comparisons[index];
        if (const Difference *difference = listed().value(comparison.name)) {
            QVERIFY2(comparison.ours() != comparison.theirs.outcome,
                     qPrintable(u"Listed as a difference, but there is none any more. "_s + told(comparison)));
            QVERIFY2(comparison.theirs.outcome == difference->theirs, qPrintable(told(comparison)));
        } else {
            QVERIFY2(comparison.ours() == comparison.theirs.outcome, qPrintable(told(comparison)));
        }
    }

    // So that of several faults, the one that the API reports is reported.
    void refusesForTheSameReason()
    {
        const QHash<QString, const Difference *> known = listed();
        int wrong = 0;
        int compared = 0;
        for (const Comparison &comparison : m_comparisons) {
            if (known.contains(comparison.name) || comparison.ours() != u"refused"_s)
                continue;
            const QStringList reasons = reasonsFor(comparison.verification.firstFailure()->kind);
            if (reasons.isEmpty())
                continue;
            ++compared;
            if (!reasons.contains(comparison.theirs.reason)) {
                ++wrong;
                qWarning("%s", qPrintable(told(comparison)));
            }
        }
        QCOMPARE(wrong, 0);
        QVERIFY(compared > 100);
    }

    void everyListedCaseExistsAndIsListedOnce()
    {
        QSet<QString> names;
        for (const Comparison &comparison : m_comparisons)
            names += comparison.name;
        for (const Difference &difference : differences()) {
            for (const QString &name : difference.cases)
                QVERIFY2(names.remove(name), qPrintable(name));
        }
    }
};

} // namespace bookdesk::jose::differential

QTEST_GUILESS_MAIN(bookdesk::jose::differential::PyJwtTest)
#include "pyjwt-test.moc"
