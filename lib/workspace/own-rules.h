/// OwnRules: the access rules that a person has written, stored beside the connections that they are for.
#pragma once

#include "books/access-rule.h"
#include "core/json.h"
#include "core/result.h"

#include <QString>

#include <vector>

namespace bookdesk::workspace {

/// One JSON file in @p folder, `rules.json`: an object with an array of rules for each connection's ID, the Sandbox's
/// too. Rules that cannot be used are left out when read. It holds no secrets. A plain value; one thread.
class OwnRules
{
public:
    /// Nothing is stored.
    OwnRules() = default;
    explicit OwnRules(QString folder);

    std::vector<books::AccessRule> of(const QString &connectionId) const;
    /// Replaces those of one connection; the others stay as they are in the file. Errors: connection.store-failed.
    Result<void> save(const QString &connectionId, const std::vector<books::AccessRule> &rules);
    /// Removes those of a connection that is gone. Errors: connection.store-failed.
    Result<void> remove(const QString &connectionId);

private:
    Result<void> write(JsonObject all) const;
    QString filePath() const;

    QString m_folder;
};

} // namespace bookdesk::workspace
