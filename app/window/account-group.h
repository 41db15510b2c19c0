/// AccountGroup: an account in the panel, as one group with one name for assistive technology.
#pragma once

#include "widgets/labels.h"

#include <QWidget>

class QHBoxLayout;
class QVBoxLayout;

namespace bookdesk::window {

class Avatar;
enum class AvatarLook;
struct AccountFacts;

/// Avatar, name and sign-in name; those who derive from it add the rest. GUI thread.
class AccountGroup : public QWidget
{
    Q_OBJECT

protected:
    AccountGroup(AvatarLook look, QWidget *parent);

    void setAccount(const QString &name, const QString &line);
    /// Beside the name.
    void addBesideName(QWidget *widget);
    void addBelow(QWidget *widget);
    void addAtEnd(QWidget *widget);
    QLabel &line() const { return *m_line; }

private:
    Avatar *m_avatar;
    widgets::ValueLabel *m_name;
    QLabel *m_line;
    QHBoxLayout *m_row;
    QHBoxLayout *m_top;
    QVBoxLayout *m_column;
};

} // namespace bookdesk::window
