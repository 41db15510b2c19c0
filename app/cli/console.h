/// Console: the one place where the command line writes.
#pragma once

#include "cli/report.h"
#include "core/redaction.h"

#include <QString>

namespace bookdesk::cli {

class Interrupts;

/// How results are written.
enum class OutputFormat { text, json };

/// All output goes through it: secrets are removed by name, shape and value, control and bidirectional characters are
/// escaped, results go to standard output, and everything else to standard error. One thread, apart from jsonLine and
/// safeText.
class Console
{
public:
    Console(OutputFormat format, Redactor redactor);

    void print(const Report &report) const;
    /// Help and other plain text, as it is.
    void printHelp(const QString &text) const;
    /// One JSON object on a line of its own, at once and in either format.
    void printObject(const JsonObject &object) const;
    /// A note for people while they wait; left out of JSON output.
    void note(const QString &text) const;
    /// What somebody has to know before the command can go on. Goes to stderr, even with JSON output.
    void warn(const QString &text) const;

    /// Asks on standard error, in either format, and waits for a line or an interrupt. True for yes alone.
    bool ask(const QString &question, Interrupts &interrupts) const;

    bool printsJson() const { return m_format == OutputFormat::json; }
    /// What printObject would write. Any thread.
    QByteArray jsonLine(const JsonObject &object) const;
    /// What print would write for this text. Any thread.
    QByteArray safeText(const QString &text) const;
    /// Writes lines that jsonLine or safeText made; false if nobody reads them any more.
    [[nodiscard]] bool printLines(const QByteArray &lines) const;

private:
    QByteArray jsonLine(const JsonObject &object, const Secret &revealed) const;

    OutputFormat m_format;
    Redactor m_redactor;
};

} // namespace bookdesk::cli
