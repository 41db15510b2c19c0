#include "lab/endpoint-path.h"

#include "core/percent-encoding.h"
#include "core/text.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::lab {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(EndpointPath)
};

constexpr qsizetype longestPath = 500;

/// One in braces, of letters that occur in names.
const QRegularExpression &placeholder()
{
    static const QRegularExpression pattern(u"\\{([A-Za-z0-9_.-]{1,100})\\}"_s);
    return pattern;
}

/// What a server sees; nothing where a percent sign encodes nothing.
std::optional<QString> percentDecoded(const QString &path)
{
    const QByteArray bytes = path.toUtf8();
    QByteArray decoded;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        if (bytes[i] != '%') {
            decoded += bytes[i];
            continue;
        }
        const std::optional<char> byte = percentEncodedByte(bytes, i);
        if (!byte)
            return std::nullopt;
        decoded += *byte;
        i += 2;
    }
    return QString::fromUtf8(decoded);
}

bool isDotSegment(const QString &segment) { return segment == "."_L1 || segment == ".."_L1; }

/// Of a path that is decoded; @p written is as it was before.
QString refusedDecodedReason(const QString &decoded, const QString &written)
{
    if (visible(decoded) != decoded || decoded.contains(QChar::ReplacementCharacter))
        return Texts::tr("It contains control characters.");
    if (decoded.contains(u'\\'))
        return Texts::tr("It contains a backslash.");
    if (decoded.contains(u"//"_s))
        return Texts::tr("It contains “//”, behind which another host can be named.");
    if (decoded.contains(u'%') || decoded.count(u'/') != written.count(u'/'))
        return Texts::tr("It contains an encoded slash or percent sign.");
    const QStringList segments = decoded.split(u'/');
    if (std::ranges::any_of(segments, isDotSegment))
        return Texts::tr("It contains “.” or “..” as a segment, which leads elsewhere.");
    return {};
}

} // namespace

QString refusedPathReason(const QString &path)
{
    if (path.size() > longestPath)
        return Texts::tr("It is longer than %1 characters.").arg(longestPath);
    if (!path.startsWith(u'/'))
        return Texts::tr("It does not begin with a slash.");
    if (path.contains(u'?') || path.contains(u'#'))
        return Texts::tr("It contains “?” or “#”, so it is more than a path.");
    QString literal = path;
    literal.remove(placeholder());
    if (literal.contains(u'{') || literal.contains(u'}'))
        return Texts::tr("Its placeholders cannot be read.");
    const std::optional<QString> decoded = percentDecoded(path);
    if (!decoded)
        return Texts::tr("It contains a percent sign that encodes nothing.");
    return refusedDecodedReason(*decoded, path);
}

QStringList placeholdersOf(const QString &path)
{
    QStringList names;
    for (const QRegularExpressionMatch &match : placeholder().globalMatch(path)) {
        if (!names.contains(match.captured(1)))
            names += match.captured(1);
    }
    return names;
}

QString refusedValueReason(const QString &value)
{
    if (value.isEmpty())
        return Texts::tr("A value is needed.");
    if (isDotSegment(value))
        return Texts::tr("“%1” cannot be part of a web address.").arg(value);
    return {};
}

QString filledPath(const QString &path, const QMap<QString, QString> &values)
{
    // What is encoded already stays as it is; braces are replaced below.
    QByteArray encoded = QUrl::toPercentEncoding(path, "/{}:@!$&'()*+,;=");
    QString filled = QString::fromLatin1(encoded.replace("%25", "%"));
    for (const QString &name : placeholdersOf(path)) {
        const QByteArray segment = QUrl::toPercentEncoding(values.value(name));
        filled.replace(u'{' + name + u'}', QString::fromLatin1(segment));
    }
    return filled;
}

} // namespace bookdesk::lab
