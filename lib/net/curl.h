/// An exchange as a command for a shell.
#pragma once

#include "net/exchange.h"

#include <QString>

namespace bookdesk::net {

/// A curl command that sends the request again, for POSIX shells. The access token comes from the variable TOKEN;
/// headers whose secret was removed are left out. Every word is quoted, and control and bidirectional-formatting
/// characters are spelled by printf, so that pasting it into a terminal does nothing but run it.
/// Source: POSIX.1-2017, Shell Command Language 2.2; curl(1).
QString curlCommand(const Exchange &exchange);

/// One word that a POSIX shell reads as @p text. Zero characters, which no word can hold, are dropped.
QString shellWord(const QString &text);

} // namespace bookdesk::net
