// How many tokens per second `bookdesk-cli token verify -` verifies: on one core against the bare limit, and on two
// cores against two processes with a core each. Wall-clock times of the real program; the ways take turns, and medians
// count.
//
//   bookdesk-stream-bench [--quick] [--json]
//   bookdesk-stream-bench --limit SECONDS     only prints how many bare verifications a second this core makes
#include "bench/entra-like.h"
#include "bench/limit.h"

#include <QByteArrayList>
#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QThread>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;

namespace {

using namespace bookdesk;
using namespace bookdesk::bench;
using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.at(values.size() / 2);
}

double bareRate(double seconds)
{
    const jose::SigningKey key = orThrow(jose::SigningKey::generateRsa());
    const Limit limit(key.publicJwk(), entraLikeToken(key, QDateTime::currentSecsSinceEpoch()));
    constexpr int atOnce = 200;
    int verified = 0;
    const Clock::time_point begin = Clock::now();
    while (secondsSince(begin) < seconds) {
        for (int i = 0; i < atOnce; ++i)
            verified += limit.verify() ? 1 : 0;
    }
    return verified / secondsSince(begin);
}

/// The files that the program reads, and its runs.
class Stage
{
public:
    Stage(int tokens, QStringList options)
        : m_options(std::move(options))
        , m_tokens(tokens)
    {
        const jose::SigningKey key = orThrow(jose::SigningKey::generateRsa());
        write(u"keys.json"_s, publishedWith(key));
        write(u"tokens"_s, lines(key, tokens));
        write(u"twice"_s, lines(key, 2 * tokens));
    }

    /// Bare verifications per second on one core.
    double limit(double seconds) const
    {
        QProcess process;
        process.start(u"taskset"_s, {u"-c"_s, u"0"_s, QCoreApplication::applicationFilePath(), u"--limit"_s,
                                     QString::number(seconds)});
        finish(process);
        return process.readAllStandardOutput().trimmed().toDouble();
    }

    /// Tokens per second.
    double oneProcess(const QString &cores) const
    {
        const bool isWide = cores.contains(u',');
        const Clock::time_point begin = Clock::now();
        const auto process = start(cores, isWide ? u"twice"_s : u"tokens"_s);
        finish(*process);
        return (isWide ? 2 : 1) * m_tokens / secondsSince(begin);
    }

    double twoProcesses() const
    {
        const Clock::time_point begin = Clock::now();
        const auto first = start(u"0"_s, u"tokens"_s);
        const auto second = start(u"1"_s, u"tokens"_s);
        finish(*first);
        finish(*second);
        return 2 * m_tokens / secondsSince(begin);
    }

private:
    static QByteArray lines(const jose::SigningKey &key, int tokens)
    {
        // Signing takes long, so the same tokens are repeated.
        constexpr int different = 500;
        QByteArrayList made;
        for (int i = 0; i < std::min(tokens, different); ++i)
            made += entraLikeToken(key, QDateTime::currentSecsSinceEpoch(), i) + '\n';
        QByteArray text;
        for (int i = 0; i < tokens; ++i)
            text += made.at(i % made.size());
        return text;
    }

    void write(const QString &name, const QByteArray &content) const
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            throw std::runtime_error("a file cannot be written");
    }

    std::unique_ptr<QProcess> start(const QString &cores, const QString &input) const
    {
        auto process = std::make_unique<QProcess>();
        process->setStandardInputFile(m_folder.filePath(input));
        process->setStandardOutputFile(QProcess::nullDevice());
        process->start(u"taskset"_s, QStringList{u"-c"_s, cores, QStringLiteral(BOOKDESK_CLI), u"token"_s, u"verify"_s,
                                                 u"-"_s, u"--jwks"_s, m_folder.filePath(u"keys.json"_s), u"--issuer"_s,
                                                 issuer(), u"--audience"_s, audience()} +
                                         m_options);
        return process;
    }

    static void finish(QProcess &process)
    {
        if (!process.waitForFinished(-1) || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
            throw std::runtime_error("the program fails: " + process.readAllStandardError().toStdString());
    }

    QTemporaryDir m_folder;
    QStringList m_options;
    int m_tokens;
};

/// What each round measures, in turn.
struct Rates
{
    std::vector<double> limit, oneCore, sideBySide, twoCores;
};

Rates measured(const Stage &stage, int rounds, double limitSeconds)
{
    Rates rates;
    for (int i = 0; i < rounds; ++i) {
        rates.limit.push_back(stage.limit(limitSeconds));
        rates.oneCore.push_back(stage.oneProcess(u"0"_s));
        if (QThread::idealThreadCount() < 2)
            continue;
        rates.sideBySide.push_back(stage.twoProcesses());
        rates.twoCores.push_back(stage.oneProcess(u"0,1"_s));
    }
    return rates;
}

void print(const Rates &rates)
{
    const double limit = median(rates.limit);
    const double oneCore = median(rates.oneCore);
    std::printf("bare RS256 limit, one core     %8.0f a second\n"
                "one process on one core        %8.0f tokens a second, %.3f of the limit\n",
                limit, oneCore, oneCore / limit);
    if (rates.twoCores.empty())
        return;
    const double sideBySide = median(rates.sideBySide);
    const double twoCores = median(rates.twoCores);
    std::printf("two processes, a core each     %8.0f tokens a second\n"
                "one process on two cores       %8.0f tokens a second, %.3f of the two\n",
                sideBySide, twoCores, twoCores / sideBySide);
}

int run(const QStringList &arguments)
{
    const qsizetype bare = arguments.indexOf(u"--limit"_s);
    if (bare >= 0) {
        std::printf("%f\n", bareRate(arguments.value(bare + 1).toDouble()));
        return 0;
    }
    const QStringList options = arguments.contains(u"--json"_s) ? QStringList{u"--json"_s} : QStringList();
    const bool isQuick = arguments.contains(u"--quick"_s);
    print(measured(Stage(isQuick ? 200 : 100'000, options), isQuick ? 1 : 7, isQuick ? 0.01 : 1));
    return 0;
}

} // namespace

int main(int count, char **values)
{
    const QCoreApplication application(count, values);
    try {
        return run(QCoreApplication::arguments());
    } catch (const std::exception &error) {
        std::fprintf(stderr, "ERROR: %s\n", error.what());
        return 1;
    }
}
