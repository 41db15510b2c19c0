/// Where to save a report, as Markdown or as JSON.
#pragma once

#include <QString>

class QFileDialog;
class QWidget;

namespace bookdesk::widgets {

/// A dialog that is not open yet and deletes itself. The ending follows the format that is chosen. @param path what it
/// proposes, ending in .md; the folder is the current one where it names none. GUI thread.
QFileDialog *reportDialog(const QString &title, const QString &path, QWidget *parent);

} // namespace bookdesk::widgets
