/// ClaimPath: where a token carries something: a claim, or a member within claims that are objects.
#pragma once

#include "core/json.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace bookdesk::jose {

/// Never empty. A plain value. Any thread.
class ClaimPath
{
public:
    /// Names separated by dots: `realm_access.roles`. A name with other characters than letters, digits, `_`, `-`, `:`
    /// and `$` is written in brackets and quotes, in which `\` stands before `"` and `\`:
    /// `resource_access["books-api"].roles`, `["https://contoso.com/roles"]`. Nothing for anything else, for control
    /// characters, and for more than 8 names or 256 characters.
    static std::optional<ClaimPath> parse(const QString &text);
    /// The claim of this name, whatever characters it has.
    static ClaimPath ofClaim(const QString &name) { return ClaimPath({name}); }

    const QStringList &names() const { return m_names; }
    /// As parse reads it.
    QString text() const;

    /// The value there, or nullptr.
    const Json *in(const JsonObject &claims) const;
    /// Puts @p value there; objects on the way are made.
    void put(JsonObject &claims, Json value) const;

    friend bool operator==(const ClaimPath &, const ClaimPath &) = default;

private:
    explicit ClaimPath(QStringList names)
        : m_names(std::move(names))
    {}

    QStringList m_names;
};

/// A form in which providers write several names.
enum class ClaimForm {
    words, ///< One string, separated by spaces: `scp`.
    text,  ///< One string that is one name.
    list,  ///< An array of strings.
    keys,  ///< The names of an object's members, as ZITADEL writes roles.
};

/// Where scopes, roles or groups may be, and how they may be written there. A plain value. Any thread.
struct ClaimPlaces
{
    std::vector<ClaimPath> paths;
    std::vector<ClaimForm> forms;

    bool allows(ClaimForm form) const;
    QStringList pathTexts() const; ///< Each as ClaimPath::text.
    /// Whether the claim @p name, or something in it, is one of the places.
    bool areIn(QStringView name) const;

    friend bool operator==(const ClaimPlaces &, const ClaimPlaces &) = default;
};

/// What @p claims say in all of @p places, in their order. What is written in another form counts as absent.
QStringList namesIn(const JsonObject &claims, const ClaimPlaces &places);

/// The first text that is not empty among @p paths, or an empty string.
QString firstTextIn(const JsonObject &claims, const std::vector<ClaimPath> &paths);

} // namespace bookdesk::jose
