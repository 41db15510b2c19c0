/// Bodies of exchanges as people read them.
#pragma once

#include "core/result.h"
#include "core/task.h"

#include <QString>

#include <stop_token>

namespace bookdesk::net {

/// How a body is shown.
enum class BodyLook {
    plain,  ///< As it came.
    pretty, ///< Indented, if it is JSON.
};

/// The text to show: control and bidirectional-formatting characters are visible, and very long lines are broken, which
/// no text view could lay out in time. Any thread; takes time for large bodies.
QString shownBody(const QString &body, BodyLook look);

/// The same, made on a thread of the pool. Errors: stopped.
Task<QString> shownBodyOffThread(QString body, BodyLook look, std::stop_token stop);

} // namespace bookdesk::net
