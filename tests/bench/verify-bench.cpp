// How much of the bare limit (see limit.h) a whole verification reaches: from the compact string to the Verification
// and the Grants. The ratios are printed at the end; limit and verification take turns, so noise affects both.
//
//   bookdesk-bench [--quick] [options of Google Benchmark]
#include "bench/entra-like.h"
#include "bench/limit.h"
#include "jose/grants.h"
#include "jose/verify.h"

#include <benchmark/benchmark.h>

#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace bookdesk;
using namespace bookdesk::bench;

constexpr std::int64_t now = 1'800'000'000;
constexpr TimePoint nowPoint{std::chrono::seconds{now}};

/// One algorithm's key and token, and all that the token is checked against.
struct Scene
{
    Scene(std::string usedName, const jose::SigningKey &key)
        : name(std::move(usedName))
        , token(entraLikeToken(key, now))
        , limit(key.publicJwk(), token)
        , keys(orThrow(jose::parseJwkSet(publishedWith(key))))
        , policy(entraLikePolicy(key.algorithm()))
    {}

    std::string name;
    QByteArray token;
    Limit limit;
    jose::JwkSet keys;
    jose::TokenPolicy policy;
    jose::ClaimNames names = jose::entraNames();
};

using Scenes = std::vector<std::shared_ptr<const Scene>>;

Scenes allScenes()
{
    return {std::make_shared<Scene>("RS256", orThrow(jose::SigningKey::generateRsa())),
            std::make_shared<Scene>("ES256", orThrow(jose::SigningKey::generateEc(jose::Curve::p256))),
            std::make_shared<Scene>("Ed25519", orThrow(jose::SigningKey::generateEd25519()))};
}

void measureLimit(benchmark::State &state, const Scene &scene)
{
    for ([[maybe_unused]] auto _ : state) {
        if (!scene.limit.verify())
            state.SkipWithError("the bare verification fails");
    }
}

void measureVerification(benchmark::State &state, const Scene &scene)
{
    for ([[maybe_unused]] auto _ : state) {
        const Result<jose::DecodedToken> decoded = jose::decode(Secret(scene.token));
        const jose::Verification verification = jose::verify(*decoded, scene.keys, scene.policy, nowPoint);
        const jose::Grants grants = jose::readGrants(*decoded, scene.names);
        if (!verification.passed() || grants.scopes.size() != 2)
            state.SkipWithError("the verification fails");
    }
}

void measureDecoding(benchmark::State &state, const Scene &scene)
{
    for ([[maybe_unused]] auto _ : state) {
        if (!jose::decode(Secret(scene.token)))
            state.SkipWithError("the decoding fails");
    }
}

/// How often everything is measured.
struct Effort
{
    int repetitions;
    double seconds;              ///< Of one repetition.
    std::int64_t iterations = 0; ///< Used instead of seconds, unless it is 0.
};

void add(const char *what, void (*measure)(benchmark::State &, const Scene &),
         const std::shared_ptr<const Scene> &scene, const Effort &effort)
{
    benchmark::internal::Benchmark *added =
        benchmark::RegisterBenchmark((std::string(what) + '/' + scene->name).c_str(),
                                     [measure, scene](benchmark::State &state) { measure(state, *scene); });
    added->Repetitions(effort.repetitions)->DisplayAggregatesOnly(true)->Unit(benchmark::kMicrosecond);
    if (effort.iterations > 0)
        added->Iterations(effort.iterations);
    else
        added->MinTime(effort.seconds);
}

/// Keeps the medians of the reported results.
class MedianReporter : public benchmark::ConsoleReporter
{
public:
    void ReportRuns(const std::vector<Run> &runs) override
    {
        ConsoleReporter::ReportRuns(runs);
        for (const Run &run : runs) {
            if (run.aggregate_name == "median")
                m_medians[run.run_name.function_name] = run.GetAdjustedCPUTime();
        }
    }

    /// False if something was not measured.
    bool printRatios(const Scene &scene) const
    {
        const auto limit = m_medians.find("limit/" + scene.name);
        const auto verification = m_medians.find("verify/" + scene.name);
        const auto decoding = m_medians.find("decode/" + scene.name);
        if (limit == m_medians.end() || verification == m_medians.end() || decoding == m_medians.end())
            return false;
        std::printf("%-8s token of %d bytes: verification reaches %.3f of the limit, decoding is %.1f times as fast\n",
                    scene.name.c_str(), static_cast<int>(scene.token.size()), limit->second / verification->second,
                    verification->second / decoding->second);
        return true;
    }

private:
    std::map<std::string, double> m_medians;
};

/// Takes our own option out of the arguments.
bool takeQuick(std::vector<char *> &arguments)
{
    return std::erase_if(arguments, [](const char *argument) { return std::string_view(argument) == "--quick"; }) > 0;
}

} // namespace

int main(int count, char **values)
{
    std::vector<char *> arguments(values, values + count);
    const Effort effort = takeQuick(arguments) ? Effort{2, 0, 20} : Effort{41, 0.05};
    std::string interleaved = "--benchmark_enable_random_interleaving=true";
    arguments.push_back(interleaved.data());
    int size = static_cast<int>(arguments.size());
    arguments.push_back(nullptr);
    benchmark::Initialize(&size, arguments.data());
    if (benchmark::ReportUnrecognizedArguments(size, arguments.data()))
        return 2;

    const Scenes scenes = allScenes();
    for (const auto &scene : scenes) {
        add("limit", measureLimit, scene, effort);
        add("verify", measureVerification, scene, effort);
        add("decode", measureDecoding, scene, effort);
    }
    MedianReporter reporter;
    benchmark::RunSpecifiedBenchmarks(&reporter);
    bool areComplete = true;
    for (const auto &scene : scenes)
        areComplete = reporter.printRatios(*scene) && areComplete;
    return areComplete ? 0 : 1;
}
