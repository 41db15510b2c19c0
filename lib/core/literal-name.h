/// LiteralName: a stable name made from a string literal, the base of ErrorCode and FactName.
#pragma once

#include <QString>

#include <string_view>

namespace bookdesk {

/// @tparam Kind the class that derives from it, so that names of different kinds cannot be compared. Any thread.
template <class Kind> class LiteralName
{
public:
    constexpr std::string_view text() const { return m_text; }
    QString toString() const { return QString::fromLatin1(m_text.data(), static_cast<qsizetype>(m_text.size())); }

    friend constexpr bool operator==(const LiteralName &left, const LiteralName &right)
    {
        return left.m_text == right.m_text;
    }

protected:
    template <std::size_t N>
    consteval LiteralName(const char (&text)[N])
        : m_text(text, N - 1)
    {}

private:
    std::string_view m_text;
};

} // namespace bookdesk
