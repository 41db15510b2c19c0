#include "core/json-names.h"

namespace bookdesk {

JsonNames::JsonNames(std::initializer_list<QString> names)
{
    Q_ASSERT(names.size() <= most);
    for (const QString &name : names)
        m_known.try_emplace(name.toStdString(), Known{name, m_known.size()});
}

const JsonNames::Known *JsonNames::find(std::string_view utf8) const
{
    const auto found = m_known.find(utf8);
    return found != m_known.end() ? &found->second : nullptr;
}

QString unicodeText(QByteArrayView utf8)
{
    constexpr QByteArrayView mark = "\xef\xbb\xbf";
    return utf8.startsWith(mark) ? QChar(QChar::ByteOrderMark) + QString::fromUtf8(utf8.sliced(mark.size()))
                                 : QString::fromUtf8(utf8);
}

} // namespace bookdesk
