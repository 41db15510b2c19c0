#include "lab/remedies.h"

#include "core/language-file.h"
#include "core/object-reader.h"

#include <QFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::lab {
namespace {

/// Each line of the data begins with `+ ` or two spaces.
std::vector<CodeLine> codeLines(const QStringList &lines)
{
    std::vector<CodeLine> code;
    for (const QString &line : lines)
        code.push_back({line.mid(2), line.startsWith(u'+')});
    return code;
}

Result<Remedy> readRemedy(const QString &key, const Json &value)
{
    const JsonObject nothing;
    const JsonObject *object = value.asObject();
    ObjectReader reader(object ? *object : nothing, u"The remedy \"%1\""_s.arg(key));
    Remedy remedy{key, reader.string(u"title"_s), reader.string(u"why"_s), {}};
    for (const Framework framework : allFrameworks)
        remedy.code.at(static_cast<std::size_t>(framework)) = codeLines(reader.strings(frameworkCode(framework)));
    if (const Result<void> read = reader.finishStrictly(); !read)
        return failure(read.error());
    return remedy;
}

} // namespace

QString frameworkName(Framework framework)
{
    switch (framework) {
    case Framework::pyJwt:
        return u"PyJWT"_s;
    case Framework::aspNetCore:
        return u"ASP.NET Core"_s;
    case Framework::spring:
        break;
    }
    return u"Spring"_s;
}

QString frameworkCode(Framework framework)
{
    switch (framework) {
    case Framework::pyJwt:
        return u"pyjwt"_s;
    case Framework::aspNetCore:
        return u"aspnet-core"_s;
    case Framework::spring:
        break;
    }
    return u"spring"_s;
}

QString codeText(const std::vector<CodeLine> &code)
{
    QString text;
    for (const CodeLine &line : code) {
        if (line.isChange || !line.text.isEmpty())
            text += line.isChange ? u'+' : u' ';
        text += (line.text.isEmpty() ? QString() : u' ' + line.text) + u'\n';
    }
    return text;
}

Remedies Remedies::forLocale(const QLocale &locale)
{
    QFile file(languageFile(u":/bookdesk/remedies"_s, locale));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return read(file.readAll()).value_or(Remedies());
}

Result<Remedies> Remedies::read(const QByteArray &json)
{
    const Result<JsonObject> members = parseJsonObject(json);
    if (!members)
        return failure(members.error());
    Remedies remedies;
    for (const auto &[key, value] : members->members()) {
        Result<Remedy> remedy = readRemedy(key, value);
        if (!remedy)
            return failure(remedy.error());
        remedies.m_remedies.push_back(*std::move(remedy));
    }
    return remedies;
}

const Remedy *Remedies::find(const QString &key) const
{
    const auto found =
        std::find_if(m_remedies.begin(), m_remedies.end(), [&](const Remedy &remedy) { return remedy.key == key; });
    return found == m_remedies.end() ? nullptr : &*found;
}

} // namespace bookdesk::lab
