/// Labels: text as the UI specification has it, always plain text.
#pragma once

#include "style/colors.h"

#include <QLabel>
#include <QString>

namespace bookdesk::widgets {

enum class Look { body, muted, small, smallMuted, strong, section, title, mono };

/// A plain-text label. Wraps where @p look is a running text and the caller calls setWordWrap(true).
QLabel *label(const QString &text, Look look, QWidget *parent = nullptr);

/// Gives any label a look.
void setLook(QLabel &label, Look look);

/// A label's tone: "muted", "ok", "bad", "warn", "accent", or empty; re-evaluates the style sheet.
void setTone(QLabel &label, const QString &tone);

/// A value that takes the focus by Tab and that Ctrl+C copies (the selection, else all of it). Plain text.
class ValueLabel : public QLabel
{
    Q_OBJECT

public:
    explicit ValueLabel(const QString &text, Look look = Look::body, QWidget *parent = nullptr);

    /// Long runs without a blank may be broken anywhere, so that nothing of them is cut off; text() then holds
    /// zero-width blanks, value() does not.
    void setBreakableText(const QString &text);
    QString value() const;

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
};

/// One line that is shortened where it does not fit; the full text is the tool tip and what screen readers get.
class ElidedLabel : public QLabel
{
    Q_OBJECT

public:
    explicit ElidedLabel(const QString &text = {}, Look look = Look::body, QWidget *parent = nullptr);

    void setFullText(const QString &text);

    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

/// One of the program's icons in the size of the text; nameless, the text beside it says the same.
class IconLabel : public QWidget
{
    Q_OBJECT

public:
    explicit IconLabel(const QString &icon = {}, style::Role role = style::Role::text, QWidget *parent = nullptr);

    void setIcon(const QString &icon, style::Role role);
    /// In the specification's logical pixels; 16 unless told.
    void setLogicalSize(int size);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_icon;
    style::Role m_role;
    int m_size = 16;
};

} // namespace bookdesk::widgets
