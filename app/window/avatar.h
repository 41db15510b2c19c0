/// Avatar: a person's initials in a circle.
#pragma once

#include <QString>
#include <QWidget>

class QPainter;
class QRect;

namespace bookdesk::window {

/// "RR" of "Riley Reader".
QString initials(const QString &name);

enum class AvatarLook {
    shown, ///< The account whose data is on the screen.
    other,
};

/// @param name is plain text.
void paintAvatar(QPainter &painter, const QRect &circle, const QString &name, AvatarLook look);

/// Decoration: the name stands beside it. GUI thread.
class Avatar : public QWidget
{
    Q_OBJECT

public:
    explicit Avatar(AvatarLook look, QWidget *parent = nullptr);

    void setName(const QString &name);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    AvatarLook m_look;
    QString m_name;
};

} // namespace bookdesk::window
