/// PasteCard: takes a pasted token, says what it was taken out of and which connection judges it.
#pragma once

#include "widgets/card.h"
#include "workspace/token-paste.h"

class QComboBox;
class QLabel;
class QMimeData;
class QPushButton;

namespace bookdesk::widgets {
class Chip;
class IconLabel;
} // namespace bookdesk::widgets

namespace bookdesk::pages {

class PasteField;
class TokenParts;

/// GUI thread.
class PasteCard : public widgets::Card
{
    Q_OBJECT

public:
    /// @param paste must outlive the card.
    explicit PasteCard(workspace::TokenPaste &paste, QWidget *parent = nullptr);

public Q_SLOTS:
    void pasteFromClipboard();
    void openFile();

Q_SIGNALS:
    void copyAsked(const bookdesk::Secret &text);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QLayout *makeTop();
    QWidget *makeEmpty();
    void take(const QMimeData *data);
    void showPaste();
    void fitText();
    void showJudge();
    QString judgeText() const;
    QString problemText() const;

    workspace::TokenPaste &m_paste;
    QLabel *m_title;
    widgets::Chip *m_match;
    QComboBox *m_choice;
    QLabel *m_judge;
    QPushButton *m_clear;
    QWidget *m_empty;
    widgets::IconLabel *m_problemIcon;
    QLabel *m_problem;
    PasteField *m_field;
    TokenParts *m_parts;
    QLabel *m_takenOff;
};

} // namespace bookdesk::pages
