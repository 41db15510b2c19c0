#include "core/fact.h"

#include "core/redaction.h"
#include "core/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Fact)
};

constexpr qsizetype longestValue = 2000;

constexpr std::array labels{
    std::pair{facts::aadsts, QT_TRANSLATE_NOOP("Fact", "AADSTS number")},
    std::pair{facts::oauthError, QT_TRANSLATE_NOOP("Fact", "OAuth error")},
    std::pair{facts::suberror, QT_TRANSLATE_NOOP("Fact", "Suberror")},
    std::pair{facts::correlationId, QT_TRANSLATE_NOOP("Fact", "Correlation ID")},
    std::pair{facts::traceId, QT_TRANSLATE_NOOP("Fact", "Trace ID")},
    std::pair{facts::timestamp, QT_TRANSLATE_NOOP("Fact", "Timestamp")},
    std::pair{facts::redirectUri, QT_TRANSLATE_NOOP("Fact", "Redirect URI")},
    std::pair{facts::check, QT_TRANSLATE_NOOP("Fact", "Failed check")},
    std::pair{facts::claim, QT_TRANSLATE_NOOP("Fact", "Claim")},
    std::pair{facts::expected, QT_TRANSLATE_NOOP("Fact", "Expected")},
    std::pair{facts::got, QT_TRANSLATE_NOOP("Fact", "Got")},
    std::pair{facts::url, QT_TRANSLATE_NOOP("Fact", "Address")},
    std::pair{facts::host, QT_TRANSLATE_NOOP("Fact", "Host")},
    std::pair{facts::httpStatus, QT_TRANSLATE_NOOP("Fact", "HTTP status")},
    std::pair{facts::location, QT_TRANSLATE_NOOP("Fact", "Redirects to")},
    std::pair{facts::networkError, QT_TRANSLATE_NOOP("Fact", "Network error")},
    std::pair{facts::proxy, QT_TRANSLATE_NOOP("Fact", "Proxy")},
    std::pair{facts::proxyVariable, QT_TRANSLATE_NOOP("Fact", "Proxy set by")},
    std::pair{facts::proxySaid, QT_TRANSLATE_NOOP("Fact", "Proxy said")},
    std::pair{facts::certificateError, QT_TRANSLATE_NOOP("Fact", "Certificate error")},
    std::pair{facts::certificateSubject, QT_TRANSLATE_NOOP("Fact", "Certificate of")},
    std::pair{facts::certificateIssuer, QT_TRANSLATE_NOOP("Fact", "Certificate issued by")},
    std::pair{facts::certificateNames, QT_TRANSLATE_NOOP("Fact", "Certificate names")},
    std::pair{facts::certificateValidFrom, QT_TRANSLATE_NOOP("Fact", "Certificate valid from")},
    std::pair{facts::certificateValidUntil, QT_TRANSLATE_NOOP("Fact", "Certificate valid until")},
    std::pair{facts::file, QT_TRANSLATE_NOOP("Fact", "File")},
    std::pair{facts::member, QT_TRANSLATE_NOOP("Fact", "Member")},
    std::pair{facts::bytes, QT_TRANSLATE_NOOP("Fact", "Bytes")},
    std::pair{facts::mostBytes, QT_TRANSLATE_NOOP("Fact", "Bytes at most")},
    std::pair{facts::keysLeftOut, QT_TRANSLATE_NOOP("Fact", "Keys left out")},
    std::pair{facts::portsTried, QT_TRANSLATE_NOOP("Fact", "Ports tried")},
    std::pair{facts::cause, QT_TRANSLATE_NOOP("Fact", "Caused by")},
    std::pair{facts::reason, QT_TRANSLATE_NOOP("Fact", "Reason")},
    std::pair{facts::serverSaid, QT_TRANSLATE_NOOP("Fact", "Server said")},
};

} // namespace

QString factLabel(FactName name)
{
    const auto found = std::ranges::find(labels, name, &decltype(labels)::value_type::first);
    return found == labels.end() ? name.toString() : Texts::tr(found->second);
}

Fact foreignFact(FactName name, const QString &text)
{
    return {name, visibleLines(shortened(redacted(text.trimmed()), longestValue))};
}

QString factValue(const Facts &facts, FactName name)
{
    const auto found = std::ranges::find(facts, name, &Fact::name);
    return found == facts.end() ? QString() : found->value;
}

Facts merged(Facts facts, const Facts &more)
{
    for (const Fact &fact : more) {
        if (fact.value.isEmpty())
            continue;
        const auto known = std::ranges::find(facts, fact.name, &Fact::name);
        if (known == facts.end())
            facts.push_back(fact);
        else if (known->value != fact.value)
            known->value += u'\n' + fact.value;
    }
    return facts;
}

QString factLines(const Facts &facts)
{
    QString lines;
    for (const Fact &fact : facts)
        lines += factLabel(fact.name) + u": "_s + QString(fact.value).replace(u'\n', "\n    "_L1) + u'\n';
    return lines;
}

} // namespace bookdesk
