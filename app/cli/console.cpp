#include "cli/console.h"

#include "cli/terminal.h"
#include "core/json-escapes.h"
#include "core/text.h"

#include <QCoreApplication>

#include <cstdio>
#include <optional>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Console)
};

bool write(std::FILE *stream, const QByteArray &bytes)
{
    const auto size = static_cast<std::size_t>(bytes.size());
    return std::fwrite(bytes.constData(), 1, size, stream) == size && std::fflush(stream) == 0;
}

void collectStrings(const Json &value, QStringList &strings)
{
    if (const QString *text = value.asString())
        strings += *text;
    if (const JsonArray *array = value.asArray()) {
        for (const Json &item : *array)
            collectStrings(item, strings);
    }
    if (const JsonObject *object = value.asObject()) {
        for (const JsonMember &member : object->members()) {
            strings += member.first;
            collectStrings(member.second, strings);
        }
    }
}

Json redactedEach(const Json &value, const Redactor &redactor)
{
    if (const QString *text = value.asString())
        return redactor.redacted(*text);
    if (const JsonArray *array = value.asArray()) {
        JsonArray result;
        for (const Json &item : *array)
            result.push_back(redactedEach(item, redactor));
        return result;
    }
    if (const JsonObject *object = value.asObject()) {
        JsonObject result;
        for (const JsonMember &member : object->members())
            result.append(redactor.redacted(member.first), redactedEach(member.second, redactor));
        return result;
    }
    return value;
}

/// Redacts string by string, because a match across JSON's own quotes would break the syntax. Tries the whole text
/// first, because lists are long and mostly without secrets.
Json redactedJson(const Json &value, const Redactor &redactor)
{
    QStringList strings;
    collectStrings(value, strings);
    const QString all = strings.join(u'\n');
    return redactor.redacted(all) == all ? value : redactedEach(value, redactor);
}

} // namespace

Console::Console(OutputFormat format, Redactor redactor)
    : m_format(format)
    , m_redactor(std::move(redactor))
{}

void Console::print(const Report &report) const
{
    if (m_format == OutputFormat::json) {
        if (!report.json.isEmpty())
            write(stdout, jsonLine(report.json, report.revealed));
        return;
    }
    write(stdout, safeText(report.text));
    if (!report.revealed.isEmpty())
        write(stdout, Texts::tr("Token").toUtf8() + "\n  " +
                          visible(QString::fromUtf8(report.revealed.reveal())).toUtf8() + '\n');
    write(stderr, safeText(report.problem));
}

void Console::printHelp(const QString &text) const { write(stdout, text.toUtf8() + '\n'); }

void Console::printObject(const JsonObject &object) const { write(stdout, jsonLine(object)); }

void Console::note(const QString &text) const
{
    if (m_format == OutputFormat::text)
        write(stderr, safeText(text + u'\n'));
}

bool Console::ask(const QString &question, Interrupts &interrupts) const
{
    write(stderr, safeText(question));
    const std::optional<QByteArray> line = typedLine(interrupts);
    if (!line) {
        // What follows begins on a line of its own.
        write(stderr, "\n"_ba);
        return false;
    }
    const QString answer = QString::fromLocal8Bit(*line).trimmed().toLower();
    return answer == "y"_L1 || answer == "yes"_L1 || answer == Texts::tr("yes");
}

void Console::warn(const QString &text) const { write(stderr, safeText(text + u'\n')); }

bool Console::printLines(const QByteArray &lines) const { return write(stdout, lines); }

QByteArray Console::jsonLine(const JsonObject &object) const { return jsonLine(object, {}); }

QByteArray Console::jsonLine(const JsonObject &object, const Secret &revealed) const
{
    Json json = redactedJson(object, m_redactor);
    if (!revealed.isEmpty()) {
        JsonObject withToken = *json.asObject();
        withToken.set(u"token"_s, QString::fromUtf8(revealed.reveal()));
        json = std::move(withToken);
    }
    return withHiddenCharactersEscaped(toCompactJson(json)) + '\n';
}

QByteArray Console::safeText(const QString &text) const { return visibleLines(m_redactor.redacted(text)).toUtf8(); }

} // namespace bookdesk::cli
