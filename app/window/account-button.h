/// AccountButton: who is signed in, at the bottom of the side bar; opens the account panel.
#pragma once

#include "window/avatar.h"

#include <QString>
#include <QToolButton>

namespace bookdesk::window {

struct AccountFacts;

/// Checked while the panel is open; connect to toggled().
class AccountButton : public QToolButton
{
    Q_OBJECT

public:
    explicit AccountButton(QWidget *parent = nullptr);

    void setAccount(const AccountFacts &facts);
    void setCompact(bool isCompact);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void paintMark(QPainter &painter, const QRect &circle) const;
    void paintNames(QPainter &painter, const QRect &row) const;

    void paintState(QPainter &painter, const QRect &row) const;

    QString m_name; ///< Empty if nobody is signed in.
    QString m_connection;
    bool m_needsPerson = false;
    bool m_isCompact = false;
};

} // namespace bookdesk::window
