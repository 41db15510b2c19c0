/// ChecksList: the checks as icon, name, sentence and result.
#pragma once

#include "pages/token/checks-model.h"

#include <QListView>

namespace bookdesk::pages {

/// Wraps long sentences. GUI thread.
class ChecksList : public QListView
{
    Q_OBJECT

public:
    explicit ChecksList(QWidget *parent = nullptr);

    ChecksModel *checks() const { return m_checks; }
    /// As high as the checks, if there is room.
    QSize sizeHint() const override;
    /// Scrolls there for a token that was not shown before; it stays in view until the person scrolls.
    void showFirstFailure();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void scrollToFailure();

    bool m_showsFailure = false;
    ChecksModel *m_checks;
};

/// A view in a card needs no frame of its own, only a focus ring.
void frameless(QAbstractItemView &view);

} // namespace bookdesk::pages
