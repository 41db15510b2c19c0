/// TokenClipboard: puts a token on the clipboard and takes it away again.
#pragma once

#include "core/secret.h"

#include <QObject>
#include <QTimer>

#include <chrono>

namespace bookdesk::pages {

/// After the time given the clipboard is cleared where it still holds that token; so it is when this object goes.
/// Clipboard managers are asked not to keep it. GUI thread.
class TokenClipboard : public QObject
{
    Q_OBJECT

public:
    explicit TokenClipboard(std::chrono::milliseconds keptFor = std::chrono::seconds(60), QObject *parent = nullptr);
    ~TokenClipboard() override;

    void copy(const Secret &token);
    /// Clears the clipboard where it still holds the token.
    void clear();

private:
    Secret m_token;
    QTimer m_end;
};

} // namespace bookdesk::pages
