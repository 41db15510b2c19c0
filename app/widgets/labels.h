/// Labels: text as in the UI specification, always plain.
#pragma once

#include "style/colors.h"

#include <QLabel>
#include <QMargins>
#include <QString>

namespace bookdesk::widgets {

enum class Look { body, muted, small, smallMuted, strong, section, title, mono };

/// A plain-text label. Does not wrap unless the caller calls setWordWrap(true).
QLabel *label(const QString &text, Look look, QWidget *parent = nullptr);

/// A label that names @p field, for screen readers too, and leads to it by the key behind its `&`.
QLabel *fieldLabel(const QString &text, QWidget *field);

/// Gives any label a look.
void setLook(QLabel &label, Look look);

/// A label's tone: "muted", "ok", "bad", "warn", "accent", or empty; re-evaluates the style sheet.
void setTone(QLabel &label, const QString &tone);

/// A tool tip for text from anywhere: it is plain, and breaks its lines within the screen, if need be within words.
QString plainToolTip(const QString &text);
/// Gives @p widget such a tool tip, and screen readers the text without markup.
void setPlainToolTip(QWidget &widget, const QString &text);

/// A value that can get the focus by Tab and be copied by Ctrl+C (the selection, or else all of it). Plain text.
class ValueLabel : public QLabel
{
    Q_OBJECT

public:
    explicit ValueLabel(const QString &text, Look look = Look::body, QWidget *parent = nullptr);

    /// Replaces the text while the label may be hidden. Qt keeps the one before until the label is laid out.
    void replaceText(const QString &text);
    /// Long words may be broken anywhere, so that nothing is cut off. text() then contains zero-width spaces; value(),
    /// what is copied or selected, and what screen readers get do not.
    void setBreakableText(const QString &text);
    QString value() const;

    /// Where the focus ring is: around the text, which may be narrower than the label.
    QRect ringRect() const;

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    /// The selection, or else all of it.
    QString toCopy() const;
};

/// What a headline has around its text besides the label's own margin, so that its focus ring touches no letter. Texts
/// in the same column have it too.
QMargins headlineMargins();

/// Takes the focus, so that screen readers start there, but shows no cursor as a field for text does.
void makeHeadline(ValueLabel &label);

/// One line that is shortened if it does not fit; tool tip and screen readers have the full text.
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

/// One of the program's icons in the size of the text. Has no accessible name, because the text beside it says the
/// same.
class IconLabel : public QWidget
{
    Q_OBJECT

public:
    explicit IconLabel(const QString &icon = {}, style::Role role = style::Role::text, QWidget *parent = nullptr);

    void setIcon(const QString &icon, style::Role role);
    /// In the specification's logical pixels; 16 by default.
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
