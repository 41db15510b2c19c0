/// What the Connections page asks before it deletes or changes a connection, and where it exports one to.
#pragma once

#include "core/result.h"
#include "identity/account.h"
#include "workspace/connection-change.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <vector>

class QFileDialog;
class QWidget;

namespace bookdesk::widgets {
class QuestionDialog;
struct BannerText;
} // namespace bookdesk::widgets

namespace bookdesk::pages {

/// @param accounts whom it signs out.
widgets::QuestionDialog *removalQuestion(const identity::Connection &connection,
                                         const std::vector<identity::Account> &accounts, QWidget *parent);

/// Asked where a change signs accounts out.
widgets::QuestionDialog *changeQuestion(const identity::Connection &connection,
                                        const std::vector<identity::Account> &accounts, QWidget *parent);

/// What came of it, for a banner: whom it signed out, and what could not be removed.
widgets::BannerText changeReport(const QString &headline, const workspace::ConnectionChange &change);

/// Asks where to save the connection file, and not whether to replace a file: the system does.
QFileDialog *exportDialog(const QString &name, QWidget *parent);

/// Saves on another thread. @p done runs as long as @p context lives.
void saveFile(const QString &path, const QByteArray &text, QObject *context,
              const std::function<void(const Result<void> &)> &done);

} // namespace bookdesk::pages
