/// What makes reading the names of members cheap: the same ones come again and again; for json-parsing.cpp only.
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <array>
#include <cstdint>

namespace bookdesk {

/// FNV-1a, so good that different short names hardly ever share one.
constexpr std::uint32_t nameHash(QByteArrayView name)
{
    std::uint32_t hash = 2166136261U;
    for (const char c : name)
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return hash;
}

/// Remembers names that were seen lately, so that the next object shares their text instead of allocating its own.
/// Of bounded size whatever comes. One thread.
class JsonNameCache
{
public:
    /// @param utf8 must be valid. @param hash its nameHash.
    QString text(QByteArrayView utf8, std::uint32_t hash);

private:
    struct Name
    {
        QByteArray utf8;
        QString text;
    };
    std::array<Name, 256> m_names;
};

} // namespace bookdesk
