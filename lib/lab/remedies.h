/// Remedies: for each check that an API may lack, why it matters and what to change, as data of resources/remedies.
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QLocale>
#include <QString>

#include <array>
#include <vector>

namespace bookdesk::lab {

/// What APIs are written in, in the order in which it is shown.
enum class Framework { pyJwt, aspNetCore, spring };

inline constexpr std::array allFrameworks{Framework::pyJwt, Framework::aspNetCore, Framework::spring};

/// "PyJWT", "ASP.NET Core", "Spring"
QString frameworkName(Framework framework);
/// For programs, and the member in the data: "pyjwt", "aspnet-core", "spring".
QString frameworkCode(Framework framework);

struct CodeLine
{
    QString text;
    bool isChange = false; ///< To be added; the others show where.

    friend bool operator==(const CodeLine &, const CodeLine &) = default;
};

/// A plain value. Any thread.
struct Remedy
{
    QString key;   ///< "audience"
    QString title; ///< "The audience is not checked"
    QString why;   ///< Why that matters, in two sentences.
    std::array<std::vector<CodeLine>, allFrameworks.size()> code;

    const std::vector<CodeLine> &codeFor(Framework framework) const
    {
        return code.at(static_cast<std::size_t>(framework));
    }
};

/// The lines with `+ ` before those to add and two spaces before the others.
QString codeText(const std::vector<CodeLine> &code);

/// A plain value. Any thread.
class Remedies
{
public:
    /// Those in the language of @p locale, or in English.
    static Remedies forLocale(const QLocale &locale = QLocale());
    /// Errors: those of parseJsonObject, json.member-missing, json.member-unknown, json.wrong-type.
    static Result<Remedies> read(const QByteArray &json);

    /// The remedy for a probe's `remedy`, or nullptr.
    const Remedy *find(const QString &key) const;
    /// In the order of the data.
    const std::vector<Remedy> &all() const { return m_remedies; }

private:
    std::vector<Remedy> m_remedies;
};

} // namespace bookdesk::lab
