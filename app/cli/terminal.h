/// The terminal, where somebody is there who can answer.
#pragma once

#include <QByteArray>

#include <optional>

namespace bookdesk::cli {

class Interrupts;

/// True if standard input and standard error are a terminal.
bool canAsk();

/// Waits for a line that somebody types, and runs the event loop meanwhile. Nothing where the input or an interrupt
/// ends the wait. Of a long line the beginning. Main thread.
std::optional<QByteArray> typedLine(Interrupts &interrupts);

} // namespace bookdesk::cli
