/// JsonNames: names that many documents have in common, made into text once.
#pragma once

#include <QByteArrayView>
#include <QString>

#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>

namespace bookdesk {

/// Fixed when it is made, so that no document adds to it. A token has two dozen names: allocating each of them, and
/// comparing each with all others to find duplicates, would take 4 % of a verification (tests/bench, RS256). Any
/// thread.
class JsonNames
{
public:
    JsonNames() = default;
    /// @param names at most `most`; best literals (`u"aud"_s`), whose copies need no counting.
    JsonNames(std::initializer_list<QString> names);

    struct Known
    {
        QString text;
        std::size_t number; ///< Counts up from 0.
    };
    static constexpr std::size_t most = 128;

    /// The name where it is one of these, else nullptr. @param utf8 must be valid.
    const Known *find(std::string_view utf8) const;

private:
    struct Hash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view name) const { return std::hash<std::string_view>()(name); }
    };

    std::unordered_map<std::string, Known, Hash, std::equal_to<>> m_known;
};

/// Valid UTF-8 as text, with a byte order mark in front too, which QString::fromUtf8 drops: it is a character where no
/// document begins.
QString unicodeText(QByteArrayView utf8);

} // namespace bookdesk
