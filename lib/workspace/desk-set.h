/// DeskSet: the desks of all accounts, and which of them is in use.
#pragma once

#include "workspace/desk.h"

#include <QString>

#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace bookdesk::workspace {

/// Desks are made when they are needed and live as long as the set; one that nobody uses any more is used for the next
/// account of its connection. Those of a connection that is another one now, or gone, are retired: they live on for
/// those who still look at them, but nobody finds them any more. GUI thread.
class DeskSet
{
public:
    /// Makes a desk for the connection with this ID; nullptr where there is none.
    using Make = std::function<std::unique_ptr<Desk>(const QString &connectionId)>;

    explicit DeskSet(Make make);

    /// In the order in which they were made.
    std::vector<Desk *> all() const;
    /// The one in use, or nullptr.
    Desk *current() const { return m_current; }
    void setCurrent(Desk &desk);

    /// The connection's desk that was in use last, else the first one with an account, else any; made if need be.
    /// nullptr where there is no such connection.
    Desk *ofConnection(const QString &connectionId);
    /// nullptr where no desk has it.
    Desk *withAccount(const QString &accountId) const;
    /// One that is not in use and is nobody's; made if need be. nullptr where there is no such connection.
    Desk *vacant(const QString &connectionId);

    /// Retires all of a connection and returns them. If one was in use, none is now.
    std::vector<Desk *> retire(const QString &connectionId);
    /// Takes in a desk that is retired already.
    Desk *retire(std::unique_ptr<Desk> desk);

private:
    Desk *make(const QString &connectionId);
    Desk *known(const QString &connectionId) const;

    Make m_make;
    std::vector<std::unique_ptr<Desk>> m_desks;
    std::vector<std::unique_ptr<Desk>> m_retired;
    Desk *m_current = nullptr;
    std::map<QString, Desk *> m_last; ///< In use last, by the connection's ID.
};

} // namespace bookdesk::workspace
