/// Report: what one command found, for people, for programs and for the shell.
#pragma once

#include "books/books-api.h"
#include "books/diagnosis.h"
#include "cli/exit-status.h"
#include "core/json.h"
#include "core/secret.h"
#include "identity/signed-in.h"
#include "jose/claim-meanings.h"
#include "jose/verify.h"

#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace bookdesk::cli {

/// A plain value; the Console redacts it and makes it safe to show.
struct Report
{
    ExitStatus status = ExitStatus::success;
    JsonObject json; ///< The whole object that `--json` prints; empty where there is nothing to say.
    QString text;    ///< For standard output.
    QString problem; ///< For standard error.
    Secret revealed; ///< A token that the person asked to see; empty otherwise.
};

Report signInReport(const identity::SignedIn &signedIn);
Report listReport(const books::ListOutcome &outcome);
Report deleteReport(const books::DeleteOutcome &outcome);
/// @param context what its claims are explained by.
Report tokenReport(const jose::InspectedToken &token, const books::Diagnosis &diagnosis,
                   const jose::ClaimContext &context);
/// Adds how far this computer's clock is ahead of the servers', if that is known.
Report withClock(Report report, std::optional<std::chrono::seconds> ahead, TimePoint now);

class Console;

/// Prints the verdict on one token of many on a line of its own. Any thread.
class VerdictPrinter
{
public:
    /// @param console must outlive the printer.
    explicit VerdictPrinter(const Console &console);

    /// @param number the number of the token's line. @param verification an error says why the token could not be
    /// judged.
    /// @param notes what the token was taken out of.
    QByteArray line(qint64 number, const Result<jose::Verification> &verification, const QStringList &notes) const;

private:
    template <class Verdict> QByteArray made(const Verdict &verdict, const QStringList &notes = {}) const;

    const Console &m_console;
    const QByteArray m_passed; ///< The same for every good access token, except for its number.
};

/// Reports of failures without an answer from the API, by where they happened.
Report signInFailureReport(const Error &error);
Report keysFailureReport(const Error &error);
Report usageReport(const Error &error);
Report refusalReport(const Error &error);

/// Adds what the token was taken out of, as the member `notes`, if it was taken out of anything.
JsonObject withNotes(JsonObject json, const QStringList &notes);

/// Adds facts to the outcome in the report.
Report withFacts(Report report, const Facts &facts);

/// The outcome of something that needed no API: `status` is null.
JsonObject outcomeJson(const QString &kind, const QString &code, const QString &explanation, const QString &remedy = {},
                       const Facts &facts = {});

} // namespace bookdesk::cli
