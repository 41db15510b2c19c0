/// TextRows: a table of texts that is refilled every second and keeps its selection.
#pragma once

#include <QStandardItemModel>
#include <QStringList>

#include <vector>

namespace bookdesk::pages {

/// Cells change only where their text does. GUI thread.
class TextRows : public QStandardItemModel
{
    Q_OBJECT

public:
    TextRows(const QStringList &titles, QObject *parent);

    void fill(const std::vector<QStringList> &rows);
};

} // namespace bookdesk::pages
