/// SideButton: an entry of the side bar: icon, name, shortcut.
#pragma once

#include <QString>
#include <QToolButton>

namespace bookdesk::window {

/// Checkable; connect to toggled(), which assistive technology triggers too.
class SideButton : public QToolButton
{
    Q_OBJECT

public:
    SideButton(const QString &icon, const QString &name, const QString &shortcut, QWidget *parent = nullptr);

    /// Compact: the icon alone, name and shortcut in the tool tip.
    void setCompact(bool isCompact);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_icon;
    QString m_shortcut;
    bool m_isCompact = false;
};

/// Paints what the side bar's buttons share: the background when selected or hovered, and the focus ring.
void paintSideGround(QPainter &painter, const QToolButton &button);

} // namespace bookdesk::window
