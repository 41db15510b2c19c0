#include "core/json-names.h"

namespace bookdesk {
namespace {

constexpr qsizetype longestKept = 40;

} // namespace

QString JsonNameCache::text(QByteArrayView utf8, std::uint32_t hash)
{
    if (utf8.size() > longestKept)
        return QString::fromUtf8(utf8);
    Name &name = m_names[hash % m_names.size()];
    if (name.text.isNull() || QByteArrayView(name.utf8) != utf8)
        name = {utf8.toByteArray(), QString::fromUtf8(utf8)};
    return name.text;
}

} // namespace bookdesk
