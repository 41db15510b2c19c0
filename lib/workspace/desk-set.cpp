#include "workspace/desk-set.h"

#include <algorithm>
#include <utility>

namespace bookdesk::workspace {

DeskSet::DeskSet(Make make)
    : m_make(std::move(make))
{}

std::vector<Desk *> DeskSet::all() const
{
    std::vector<Desk *> desks;
    for (const std::unique_ptr<Desk> &desk : m_desks)
        desks.push_back(desk.get());
    return desks;
}

void DeskSet::setCurrent(Desk &desk)
{
    m_current = &desk;
    m_last[desk.connection().id] = &desk;
}

Desk *DeskSet::ofConnection(const QString &connectionId)
{
    Desk *const desk = known(connectionId);
    return desk ? desk : make(connectionId);
}

Desk *DeskSet::known(const QString &connectionId) const
{
    if (const auto last = m_last.find(connectionId); last != m_last.end())
        return last->second;
    Desk *any = nullptr;
    for (const std::unique_ptr<Desk> &desk : m_desks) {
        if (desk->connection().id != connectionId)
            continue;
        if (desk->account())
            return desk.get();
        any = any ? any : desk.get();
    }
    return any;
}

Desk *DeskSet::withAccount(const QString &accountId) const
{
    const auto found = std::ranges::find_if(m_desks, [&accountId](const std::unique_ptr<Desk> &desk) {
        return desk->account() && desk->account()->id() == accountId;
    });
    return found == m_desks.end() ? nullptr : found->get();
}

Desk *DeskSet::vacant(const QString &connectionId)
{
    const auto found = std::ranges::find_if(m_desks, [&](const std::unique_ptr<Desk> &desk) {
        return desk.get() != m_current && desk->connection().id == connectionId && desk->isVacant();
    });
    return found == m_desks.end() ? make(connectionId) : found->get();
}

std::vector<Desk *> DeskSet::retire(const QString &connectionId)
{
    std::vector<std::unique_ptr<Desk>> kept;
    std::vector<Desk *> retired;
    for (std::unique_ptr<Desk> &desk : m_desks) {
        if (desk->connection().id != connectionId) {
            kept.push_back(std::move(desk));
            continue;
        }
        retired.push_back(desk.get());
        m_retired.push_back(std::move(desk));
    }
    m_desks = std::move(kept);
    m_last.erase(connectionId);
    if (m_current && m_current->connection().id == connectionId)
        m_current = nullptr;
    return retired;
}

Desk *DeskSet::retire(std::unique_ptr<Desk> desk)
{
    m_retired.push_back(std::move(desk));
    return m_retired.back().get();
}

Desk *DeskSet::make(const QString &connectionId)
{
    std::unique_ptr<Desk> desk = m_make(connectionId);
    if (!desk)
        return nullptr;
    m_desks.push_back(std::move(desk));
    return m_desks.back().get();
}

} // namespace bookdesk::workspace
