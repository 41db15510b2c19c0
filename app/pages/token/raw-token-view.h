/// RawTokenView: a token as received, its signature masked until it is revealed.
#pragma once

#include "core/secret.h"

#include <QWidget>

class QPushButton;

namespace bookdesk::pages {

class TokenParts;

/// GUI thread.
class RawTokenView : public QWidget
{
    Q_OBJECT

public:
    explicit RawTokenView(QWidget *parent = nullptr);

    /// @param hasParts as for TokenText.
    void setToken(const Secret &token, bool hasParts);
    bool isRevealed() const;

Q_SIGNALS:
    /// All of the token, or the part of it that is selected.
    void copyAsked(const bookdesk::Secret &text);

private:
    Secret m_token;
    QPushButton *m_copy;
    TokenParts *m_parts;
};

} // namespace bookdesk::pages
