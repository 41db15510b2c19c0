/// ProxyLogins: the names and passwords that proxies want: the person is asked when a request needs one.
#pragma once

#include "core/one-shot.h"
#include "core/secret.h"
#include "net/proxy.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>
#include <deque>
#include <map>
#include <optional>

namespace bookdesk::net {

/// A plain value. Any thread.
struct ProxyLogin
{
    QString user;
    Secret password;

    bool operator==(const ProxyLogin &) const = default;
};

/// Shared by all connections, so that each proxy is asked for once. One question at a time; the log-ins are kept in
/// memory only. GUI thread.
class ProxyLogins : public QObject
{
    Q_OBJECT

public:
    using Answer = OneShot<std::optional<ProxyLogin>>;

    struct Question
    {
        QString proxy;           ///< As proxyName.
        bool isRepeated = false; ///< The proxy has refused a log-in.
    };

    /// @param limit for the answer to a question.
    explicit ProxyLogins(std::chrono::milliseconds limit = std::chrono::minutes(5), QObject *parent = nullptr);

    /// @p proxy with the log-in that was given for it, if one was.
    Proxy completed(Proxy proxy) const;

    /// Asks for a log-in in place of the one in @p proxy, which was not enough. Everybody who asks for the same proxy
    /// meanwhile gets the same answer; nothing where it is declined, takes too long, or nobody listens.
    Answer ask(const Proxy &proxy);

    /// What the person is being asked, if anything.
    std::optional<Question> question() const;
    void give(const ProxyLogin &login) { answer(login); }
    void decline() { answer(std::nullopt); }

Q_SIGNALS:
    /// There is a question.
    void asked();
    /// It is no longer one. @p isGiven whether there is a log-in now.
    void answered(bool isGiven);

private:
    struct Asked
    {
        Question question;
        Answer answer;
    };

    void askFirst();
    void answer(const std::optional<ProxyLogin> &login);

    std::map<QString, ProxyLogin> m_logins; ///< By the proxy's name.
    std::deque<Asked> m_asked;              ///< The first is the question; the others wait.
    QTimer m_limit;
};

} // namespace bookdesk::net
