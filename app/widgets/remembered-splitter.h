/// RememberedSplitter: a splitter whose position is kept per user.
#pragma once

#include <QSplitter>

namespace bookdesk::widgets {

/// The position is kept in the settings under the splitter's name. GUI thread.
class RememberedSplitter : public QSplitter
{
    Q_OBJECT

public:
    RememberedSplitter(const QString &name, Qt::Orientation orientation, QWidget *parent = nullptr);

    /// Sets the initial sizes, then the remembered ones, if any. Call it after adding the widgets.
    void restore(const QList<int> &firstSizes);
};

} // namespace bookdesk::widgets
