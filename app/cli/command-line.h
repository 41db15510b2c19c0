/// The command line as values: which command, with which options.
#pragma once

#include "cli/exit-status.h"

#include <QString>
#include <QStringList>

#include <variant>

namespace bookdesk::cli {

/// Where to sign in, and who goes through the sign-in page. All of these are plain values. No option takes a token.
struct ConnectionChoice
{
    QString connection; ///< A connection file's path, or "sandbox".
    QString browser;    ///< A command, or empty for the desktop's browser.
    QString persona;    ///< Signs in without a browser, or empty.
};

/// `sign-in`: who signed in and what the tokens grant.
struct SignInCommand
{
    ConnectionChoice where;
};

/// `books list`: signs in and lists the books.
struct ListBooksCommand
{
    ConnectionChoice where;
};

/// `books delete`: signs in and deletes one book by its ID.
struct DeleteBookCommand
{
    ConnectionChoice where;
    QString id;
};

/// `token show`: signs in and shows one token's content and checks.
struct ShowTokenCommand
{
    ConnectionChoice where;
    bool showsIdToken = false;
    bool revealsToken = false;
};

/// What a token is checked against without a connection.
struct OfflineTrust
{
    QString jwksFile;
    QString issuer;
    QString audience;
    QStringList algorithms; ///< Empty for the API's own.
};

/// `token verify`: verifies the tokens in a file, without signing in.
struct VerifyTokenCommand
{
    QString file; ///< "-" is standard input.
    std::variant<ConnectionChoice, OfflineTrust> trust;
};

/// `sandbox`: runs a Sandbox until it is interrupted.
struct SandboxCommand
{
    quint16 port = 0;
    bool usesTls = false;
};

using Command = std::variant<SignInCommand, ListBooksCommand, DeleteBookCommand, ShowTokenCommand, VerifyTokenCommand,
                             SandboxCommand>;

/// A command line without mistakes: what to run and how to print the result.
struct CommandLine
{
    Command command;
    bool printsJson = false;
};

/// Help, version, or a mistake in the arguments: there is nothing to run.
struct EarlyEnd
{
    ExitStatus status = ExitStatus::success;
    QString text;
    bool printsJson = false;
};

/// @param arguments without the program's name.
std::variant<CommandLine, EarlyEnd> readCommandLine(const QStringList &arguments);

} // namespace bookdesk::cli
