/// Chip: a small pill with an icon and a word.
#pragma once

#include "widgets/kind.h"

#include <QFrame>
#include <QString>

class QLabel;

namespace bookdesk::widgets {

class IconLabel;

/// Names a state in a word or two, such as a permission that is held or missing. GUI thread.
class Chip : public QFrame
{
    Q_OBJECT

public:
    /// @param sentence the full sentence for screen readers: "Delete not allowed, role Books.Admin is missing".
    Chip(Kind kind, const QString &text, const QString &sentence, QWidget *parent = nullptr);

    void set(Kind kind, const QString &text, const QString &sentence);
    /// Replaces the kind's own icon; empty for none.
    void setIcon(const QString &icon);
    /// For a chip on a ground of its own colour.
    void setOutlined(bool isOutlined);
    Kind kind() const { return m_kind; }
    QString text() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Kind m_kind = Kind::neutral;
    bool m_isOutlined = false;
    IconLabel *m_icon;
    QLabel *m_text;
};

} // namespace bookdesk::widgets
