/// KeptStates: what a part of the window remembers of each account that it does not show now: a search, a selection.
#pragma once

#include <QObject>

#include <map>
#include <utility>

namespace bookdesk::widgets {

/// One for each owner, forgotten with it. GUI thread.
template <class State> class KeptStates
{
public:
    /// @param owner nothing is kept for nullptr.
    void keep(QObject *owner, State state)
    {
        if (!owner)
            return;
        if (m_states.insert_or_assign(owner, std::move(state)).second)
            QObject::connect(owner, &QObject::destroyed, &m_context, [this, owner] { m_states.erase(owner); });
    }

    /// Gives it back, and keeps it no longer; a new one where nothing is kept.
    State take(QObject *owner)
    {
        auto kept = m_states.extract(owner);
        if (kept.empty())
            return {};
        QObject::disconnect(owner, &QObject::destroyed, &m_context, nullptr);
        return std::move(kept.mapped());
    }

private:
    std::map<QObject *, State> m_states;
    QObject m_context; ///< Gone first, so that nothing is erased afterwards.
};

} // namespace bookdesk::widgets
