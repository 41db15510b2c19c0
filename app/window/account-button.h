/// AccountButton: who is signed in, at the bottom of the side bar; opens the account panel.
#pragma once

#include <QString>
#include <QToolButton>

namespace bookdesk::window {

/// Checked while the panel is open; connect to toggled().
class AccountButton : public QToolButton
{
    Q_OBJECT

public:
    explicit AccountButton(QWidget *parent = nullptr);

    /// @param name empty if nobody is signed in.
    void setAccount(const QString &name, const QString &connection);
    void setCompact(bool isCompact);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void paintAvatar(QPainter &painter, const QRect &circle) const;
    void paintNames(QPainter &painter, const QRect &row) const;

    QString m_name;
    QString m_connection;
    bool m_isCompact = false;
};

/// "RR" of "Riley Reader".
QString initials(const QString &name);

} // namespace bookdesk::window
