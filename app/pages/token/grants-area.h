/// GrantsArea: scrolls scopes and roles where they are many.
#pragma once

#include "widgets/fitting-area.h"

class QVBoxLayout;

namespace bookdesk::pages {

/// As high as what is in it, up to a limit. Takes the focus only where there is something to scroll. GUI thread.
class GrantsArea : public widgets::FittingArea
{
    Q_OBJECT

public:
    explicit GrantsArea(QWidget *parent = nullptr);

    QVBoxLayout *content() const { return m_content; }

Q_SIGNALS:
    void focusChanged(bool hasFocus);

protected:
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    QVBoxLayout *m_content;
};

} // namespace bookdesk::pages
