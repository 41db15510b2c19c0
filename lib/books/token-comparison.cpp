#include "books/token-comparison.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::books {
namespace {

template <std::size_t size> bool isAmong(const std::array<QStringView, size> &names, QStringView name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array times{QStringView(u"iat"), QStringView(u"nbf"), QStringView(u"exp"), QStringView(u"auth_time"),
                           QStringView(u"updated_at")};
constexpr std::array serials{QStringView(u"uti"),     QStringView(u"jti"),   QStringView(u"aio"),
                             QStringView(u"rh"),      QStringView(u"sid"),   QStringView(u"nonce"),
                             QStringView(u"at_hash"), QStringView(u"c_hash")};
constexpr std::array scopeNames{QStringView(u"scp"), QStringView(u"scope")};

QString entryText(const Json &entry)
{
    const QString *text = entry.asString();
    return text ? *text : QString::fromUtf8(toCompactJson(entry));
}

QStringList without(const QStringList &entries, const QStringList &others)
{
    QStringList result;
    for (const QString &entry : entries) {
        if (!others.contains(entry) && !result.contains(entry))
            result += entry;
    }
    return result;
}

class Comparing
{
public:
    explicit Comparing(const jose::ClaimNames &names)
        : m_names(names)
    {}

    ClaimDifference claim(const QString &name, const Json *a, const Json *b) const
    {
        ClaimDifference result = members(name, groupOf(name), a, b);
        if (isSetOf(name, a) || isSetOf(name, b))
            compareSets(result);
        else if (isAmong(times, name))
            compareTimes(result);
        return result;
    }

    static ClaimDifference members(const QString &name, ClaimGroup group, const Json *a, const Json *b)
    {
        ClaimDifference result{name, group};
        if (a)
            result.a = *a;
        if (b)
            result.b = *b;
        if (a && b)
            result.difference = *a == *b ? Difference::same : Difference::changed;
        else
            result.difference = a ? Difference::removed : Difference::added;
        return result;
    }

private:
    bool holdsScopes(QStringView name) const { return m_names.scopes.areIn(name) || isAmong(scopeNames, name); }

    ClaimGroup groupOf(QStringView name) const
    {
        if (holdsScopes(name) || m_names.roles.areIn(name))
            return ClaimGroup::decides;
        return isAmong(times, name) || isAmong(serials, name) ? ClaimGroup::time : ClaimGroup::who;
    }

    bool isSetOf(QStringView name, const Json *value) const
    {
        return value && (value->asArray() || (value->asString() && holdsScopes(name)));
    }

    /// A single value counts as a set of one, as `aud` is written in both ways (RFC 7519 section 4.1.3).
    QStringList entries(QStringView name, const std::optional<Json> &value) const
    {
        if (!value)
            return {};
        if (value->asString() && holdsScopes(name))
            return value->asString()->split(u' ', Qt::SkipEmptyParts);
        const JsonArray *array = value->asArray();
        if (!array)
            return {entryText(*value)};
        QStringList result;
        for (const Json &entry : *array)
            result += entryText(entry);
        return result;
    }

    void compareSets(ClaimDifference &claim) const
    {
        claim.isSet = true;
        const QStringList inA = entries(claim.name, claim.a);
        const QStringList inB = entries(claim.name, claim.b);
        claim.onlyInA = without(inA, inB);
        claim.onlyInB = without(inB, inA);
        if (claim.a && claim.b)
            claim.difference =
                claim.onlyInA.isEmpty() && claim.onlyInB.isEmpty() ? Difference::same : Difference::changed;
    }

    static void compareTimes(ClaimDifference &claim)
    {
        const std::optional<TimePoint> from = claim.a ? jose::numericDate(*claim.a) : std::nullopt;
        const std::optional<TimePoint> to = claim.b ? jose::numericDate(*claim.b) : std::nullopt;
        if (!from || !to)
            return;
        claim.movedBy = secondsBetween(*from, *to);
        claim.difference = *from == *to ? Difference::same : Difference::changed;
    }

    const jose::ClaimNames &m_names;
};

/// The names of both, first those of A.
QStringList namesOf(const JsonObject &a, const JsonObject &b)
{
    QStringList names;
    for (const JsonMember &member : a.members())
        names += member.first;
    for (const JsonMember &member : b.members()) {
        if (!a.find(member.first))
            names += member.first;
    }
    return names;
}

bool areOne(const ComparedToken &a, const ComparedToken &b)
{
    if (!a.token.isEmpty() && !b.token.isEmpty())
        return a.token == b.token;
    return !a.claims.isEmpty() && a.header == b.header && a.claims == b.claims;
}

} // namespace

ComparedToken comparedToken(const jose::InspectedToken &token, const jose::ClaimNames &names)
{
    if (!token.decoded)
        return {token.token, {}, {}, {{}, token.verification}};
    return {token.token,
            token.decoded->header,
            token.decoded->claims,
            {jose::readGrants(*token.decoded, names), token.verification}};
}

ComparedToken withoutSecret(ComparedToken token)
{
    token.token = {};
    return token;
}

std::size_t TokenComparison::count(Difference difference) const
{
    return static_cast<std::size_t>(
        std::count_if(claims.begin(), claims.end(),
                      [difference](const ClaimDifference &claim) { return claim.difference == difference; }));
}

TokenComparison compareTokens(const ComparedToken &a, const ComparedToken &b, const jose::ClaimNames &names,
                              const std::vector<AccessRule> &rules)
{
    TokenComparison result;
    result.isOneToken = areOne(a, b);
    const Comparing comparing(names);
    for (const QString &name : namesOf(a.claims, b.claims))
        result.claims.push_back(comparing.claim(name, a.claims.find(name), b.claims.find(name)));
    for (const QString &name : namesOf(a.header, b.header))
        result.claims.push_back(Comparing::members(name, ClaimGroup::header, a.header.find(name), b.header.find(name)));
    std::stable_sort(result.claims.begin(), result.claims.end(),
                     [](const ClaimDifference &x, const ClaimDifference &y) { return x.group < y.group; });
    for (const AccessRule &rule : rules)
        result.predictions.push_back({rule, predict(rule, a.facts), predict(rule, b.facts)});
    return result;
}

} // namespace bookdesk::books
