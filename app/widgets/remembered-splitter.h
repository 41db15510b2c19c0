/// RememberedSplitter: a splitter whose position is kept per user.
#pragma once

#include <QSplitter>

namespace bookdesk::widgets {

/// The position is kept in QSettings under the splitter's name. GUI thread.
class RememberedSplitter : public QSplitter
{
    Q_OBJECT

public:
    RememberedSplitter(const QString &name, Qt::Orientation orientation, QWidget *parent = nullptr);

    /// Sets the sizes of the first start, then those remembered, if any. Call when the widgets are in.
    void restore(const QList<int> &firstSizes);
};

} // namespace bookdesk::widgets
