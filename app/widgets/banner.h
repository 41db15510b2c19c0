/// Banner: a message with its reason, its facts and what can be done; icon and words say what kind it is.
#pragma once

#include "widgets/key-value-rows.h"
#include "widgets/kind.h"

#include <QFrame>
#include <QString>

#include <vector>

class QHBoxLayout;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace bookdesk::widgets {

class Chip;
class FlowLayout;
class IconLabel;

/// What a banner says; plain text throughout; control characters are made visible.
struct BannerText
{
    Kind kind = Kind::neutral;
    QString headline;
    QString text;               ///< May be empty.
    std::vector<KeyValue> rows; ///< May be empty.
    QString icon;               ///< Replaces the kind's own icon; may be empty.
};

/// Reports the outcome of an action above the content that it concerns. Hidden until show() is called. GUI thread.
class Banner : public QFrame
{
    Q_OBJECT

public:
    explicit Banner(QWidget *parent = nullptr);

    /// Sets the content, removes buttons and chip, shows the banner and has it announced to screen readers.
    void show(const BannerText &text);
    /// Replaces the headline, for instance in a countdown: nothing is announced.
    void setHeadline(const QString &headline);
    /// Replaces the rows: nothing is announced.
    void setRows(const std::vector<KeyValue> &rows);
    /// Adds a chip after the headline: "as predicted".
    void setChip(Kind kind, const QString &text, const QString &sentence);
    /// Adds a button at the right, or below the text where it is too wide for that; the caller connects it. @p icon may
    /// be empty.
    QPushButton *addButton(const QString &text, const QString &icon);
    /// As addButton, but without a frame, for less important actions.
    QPushButton *addFlatButton(const QString &text);
    /// Offers the close button.
    void setClosable(bool isClosable);
    /// Hides it and forgets its text.
    void forget();
    /// Hides it and emits closed().
    void close();
    /// Moves the focus to the headline, so that screen readers start there.
    void takeFocus();

    Kind kind() const { return m_kind; }
    QString headline() const;
    QString text() const;
    const KeyValueRows &rows() const { return *m_rows; }

Q_SIGNALS:
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fillTexts();
    QVBoxLayout *makeActionColumn();
    QPushButton *add(QPushButton *button);
    void dropButtons();
    /// Wraps the headline where it does not fit in one line; a wrapping one would push the chip away from it.
    void fitHeadline();
    /// Puts the text after the headline where both are all that is said and fit in one line, or else below it.
    void placeText();
    bool isOneLine() const;
    void setTextBeside(bool isBeside);
    /// Puts the buttons below the text where they would take too much of its width.
    void placeButtons();

    Kind m_kind = Kind::neutral;
    QHBoxLayout *m_row; ///< The icon, the texts, the buttons.
    IconLabel *m_icon;
    QHBoxLayout *m_top;
    QVBoxLayout *m_column;
    ValueLabel *m_headline;
    Chip *m_chip;
    ValueLabel *m_text;
    bool m_isTextBeside = false;
    KeyValueRows *m_rows;
    QWidget *m_texts; ///< All but the icon and what stands at the right.
    std::vector<QPushButton *> m_buttons;
    QVBoxLayout *m_beside;
    FlowLayout *m_below;
    bool m_areButtonsBelow = false;
    QToolButton *m_close;
};

} // namespace bookdesk::widgets
