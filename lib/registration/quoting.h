/// A text as a literal of each language that a registration is written in, so that no name can be read as code.
#pragma once

#include <QString>

namespace bookdesk::registration {

/// For POSIX shells (POSIX.1-2017 section 2.2): in single quotes, always: within double quotes a bash that somebody
/// types in expands `!`. Line feeds are kept.
QString shellQuoted(const QString &text);

/// In single quotes, for PowerShell, which reads typographic quotes as it reads straight ones (about_Quoting_Rules).
QString powerShellQuoted(const QString &text);

/// With `\u0142` for what is not ASCII, as JSON and .NET's Regex.Unescape read it. Windows PowerShell 5.1 takes a file
/// without a byte order mark for one in the computer's code page, in which a letter's bytes can be quotes.
QString asciiEscaped(const QString &text);

/// In single quotes, for Bicep (its data types, section Strings). @p text has no control characters.
QString bicepQuoted(const QString &text);

/// In double quotes, for Terraform (its expressions, section Strings and Templates). @p text has no control characters.
QString terraformQuoted(const QString &text);

/// In single quotes, for an OData filter (OData 4.01, URL Conventions section 5.1.1.6.2).
QString odataQuoted(const QString &text);

/// In double quotes, for JSON (RFC 8259 section 7).
QString jsonQuoted(const QString &text);

} // namespace bookdesk::registration
