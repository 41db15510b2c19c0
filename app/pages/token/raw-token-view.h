/// RawTokenView: a token as received, masked until it is revealed.
#pragma once

#include "core/secret.h"

#include <QWidget>

class QPlainTextEdit;
class QPushButton;

namespace bookdesk::pages {

/// The token is in the widget only while it is revealed, and is masked again when the view is hidden. Its text cannot
/// be selected: copying goes through *Copy token*. GUI thread.
class RawTokenView : public QWidget
{
    Q_OBJECT

public:
    explicit RawTokenView(QWidget *parent = nullptr);

    void setToken(const Secret &token);
    bool isRevealed() const;

Q_SIGNALS:
    void copyAsked();

protected:
    void hideEvent(QHideEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showText(bool isRevealed);

    Secret m_token;
    QPlainTextEdit *m_text;
    QPushButton *m_reveal;
    QPushButton *m_copy;
};

} // namespace bookdesk::pages
