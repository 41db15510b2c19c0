/// TokenClipboard: puts a token on the clipboard and takes it away again.
#pragma once

#include "core/secret.h"

#include <QObject>
#include <QTimer>

#include <chrono>

namespace bookdesk::pages {

/// Clears the clipboard after the given time, when the program ends and when this object is destroyed, if it still
/// holds the token. Clipboard histories are asked not to keep it. GUI thread. Source: Microsoft "Clipboard formats"
/// (cloud clipboard and clipboard history formats), KDE Klipper, http://nspasteboard.org.
class TokenClipboard : public QObject
{
    Q_OBJECT

public:
    explicit TokenClipboard(std::chrono::milliseconds keptFor = std::chrono::seconds(60), QObject *parent = nullptr);
    ~TokenClipboard() override;

    void copy(const Secret &token);
    /// Clears the clipboard if it still holds the token.
    void clear();

Q_SIGNALS:
    /// Its time is over.
    void cleared();

private:
    Secret m_token;
    QTimer m_end;
};

} // namespace bookdesk::pages
