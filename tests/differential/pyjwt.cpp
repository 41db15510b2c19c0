#include "differential/pyjwt.h"

#include <QProcess>

using namespace Qt::StringLiterals;

namespace bookdesk::jose::differential {
namespace {

constexpr int timeLimit = 120'000;

JsonArray strings(const QStringList &texts) { return JsonArray(texts.begin(), texts.end()); }

QByteArray lineFor(const attacks::Trial &trial)
{
    QStringList algorithms;
    for (const Algorithm algorithm : trial.policy.algorithms)
        algorithms += algorithmName(algorithm);
    const double now = std::chrono::duration<double>(trial.now.time_since_epoch()).count();
    return toCompactJson(JsonObject{{u"token"_s, QString::fromLatin1(trial.token.toBase64())},
                                    {u"jwks"_s, QString::fromUtf8(trial.keys.document)},
                                    {u"algorithms"_s, strings(algorithms)},
                                    {u"issuer"_s, trial.policy.issuer},
                                    {u"audiences"_s, strings(trial.policy.audiences)},
                                    {u"leeway"_s, std::int64_t{trial.policy.leeway.count()}},
                                    {u"now"_s, now}}) +
           '\n';
}

} // namespace

PyJwtAnswers askPyJwt(const std::vector<attacks::Trial> &trials)
{
    QProcess python;
    // Debian's own Python, which has Debian's PyJWT.
    python.start(u"/usr/bin/python3"_s, {QStringLiteral(BOOKDESK_SOURCE_DIR "/tests/differential/pyjwt_verdicts.py")});
    for (const attacks::Trial &trial : trials)
        python.write(lineFor(trial));
    python.closeWriteChannel();
    PyJwtAnswers answers;
    if (!python.waitForFinished(timeLimit))
        return answers;
    answers.complaint = QString::fromUtf8(python.readAllStandardError());
    QByteArrayList lines = python.readAllStandardOutput().trimmed().split('\n');
    const QByteArrayList release = lines.takeFirst().split(' ');
    answers.version = QString::fromUtf8(release.value(0));
    answers.readsCrit = release.value(1) == "True";
    for (const QByteArray &line : lines) {
        const QList<QByteArray> words = line.split(' ');
        answers.verdicts.push_back({QString::fromUtf8(words.value(0)), QString::fromUtf8(words.value(1))});
    }
    return answers;
}

} // namespace bookdesk::jose::differential
