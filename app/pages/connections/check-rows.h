/// CheckRows: what *Test connection* has found so far, row by row.
#pragma once

#include "style/colors.h"
#include "workspace/connection-check-rows.h"

#include <QWidget>

#include <vector>

namespace bookdesk::pages {

class CheckRow;

/// A row is shown once its turn has come. GUI thread.
class CheckRows : public QWidget
{
    Q_OBJECT

public:
    explicit CheckRows(QWidget *parent = nullptr);

    void show(const workspace::CheckFindings &findings);
    void clear() { show({}); }
    /// What a row says, as a sentence for screen readers; empty while it waits.
    QString sentence(workspace::CheckSubject subject) const;

private:
    std::vector<CheckRow *> m_rows; ///< In the order of allCheckSubjects.
};

/// The icon and colour of a state, with its word.
struct CheckLook
{
    QString icon;
    style::Role ink;
    QString tone; ///< As widgets::setTone.
};

CheckLook lookOf(workspace::CheckState state);

} // namespace bookdesk::pages
