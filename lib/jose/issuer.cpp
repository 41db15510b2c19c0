#include "jose/issuer.h"

#include <algorithm>

namespace bookdesk::jose {
namespace {

bool isHexDigit(QChar character)
{
    const char16_t c = character.unicode();
    return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
}

/// Where the mark begins, or -1.
qsizetype markIn(QStringView text)
{
    // Nearly all issuers lack the brace, and looking for it is faster than looking for the whole mark.
    const qsizetype brace = text.indexOf(tenantMark.front());
    return brace < 0 ? brace : text.indexOf(tenantMark, brace);
}

} // namespace

bool isGuid(QStringView text)
{
    constexpr QStringView shape = u"xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    if (text.size() != shape.size())
        return false;
    for (qsizetype i = 0; i < shape.size(); ++i) {
        if (shape[i] == u'-' ? text[i] != u'-' : !isHexDigit(text[i]))
            return false;
    }
    return true;
}

bool isIssuerPattern(QStringView text) { return markIn(text) >= 0; }

bool isVersion2Issuer(QStringView text) { return text.endsWith(u"/v2.0"); }

bool matchesIssuer(QStringView pattern, QStringView issuer, QStringView tenant)
{
    qsizetype mark = markIn(pattern);
    if (mark >= 0 && !isGuid(tenant))
        return false;
    for (; mark >= 0; mark = markIn(pattern)) {
        if (!issuer.startsWith(pattern.first(mark)) || !issuer.sliced(mark).startsWith(tenant))
            return false;
        pattern = pattern.sliced(mark + tenantMark.size());
        issuer = issuer.sliced(mark + tenant.size());
    }
    return pattern == issuer;
}

QStringView tenantOf(QStringView issuer)
{
    constexpr qsizetype guidSize = 36;
    for (qsizetype slash = issuer.indexOf(u'/'); slash >= 0; slash = issuer.indexOf(u'/', slash + 1)) {
        const QStringView rest = issuer.sliced(slash + 1);
        const QStringView part = rest.first(std::min(rest.size(), guidSize));
        const bool ends = rest.size() == part.size() || rest[part.size()] == u'/';
        if (ends && isGuid(part))
            return part;
    }
    return {};
}

QString filledIssuer(const QString &pattern, const QString &tenant)
{
    return QString(pattern).replace(tenantMark.toString(), tenant);
}

} // namespace bookdesk::jose
