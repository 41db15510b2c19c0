#include "net/auth-challenge.h"

#include <QByteArrayView>

#include <optional>

using namespace Qt::StringLiterals;

namespace bookdesk::net {
namespace {

bool isLetterOrDigit(char character)
{
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
           (character >= '0' && character <= '9');
}

bool isTokenCharacter(char character)
{
    return isLetterOrDigit(character) || QByteArrayView("!#$%&'*+-.^_`|~").contains(character);
}

bool isToken68Character(char character)
{
    return isLetterOrDigit(character) || QByteArrayView("-._~+/").contains(character);
}

bool isBlank(char character) { return character == ' ' || character == '\t' || character == '\r' || character == '\n'; }

/// Walks over one header's value from challenge to challenge.
class Reader
{
public:
    explicit Reader(QByteArrayView text)
        : m_text(text)
    {}

    std::vector<AuthChallenge> read()
    {
        while (skipSeparators()) {
            const QByteArrayView name = take(isTokenCharacter);
            if (name.isEmpty())
                skipPart();
            else if (takeEquals())
                readValue(name);
            else
                startChallenge(name);
        }
        return std::move(m_challenges);
    }

private:
    bool isAtEnd() const { return m_position >= m_text.size(); }
    char current() const { return m_text[m_position]; }

    template <class Predicate> QByteArrayView take(Predicate accepts)
    {
        const qsizetype begin = m_position;
        while (!isAtEnd() && accepts(current()))
            ++m_position;
        return m_text.sliced(begin, m_position - begin);
    }

    bool skipSeparators()
    {
        take([](char character) { return isBlank(character) || character == ','; });
        return !isAtEnd();
    }

    /// Takes `=` with the blanks around it, or nothing.
    bool takeEquals()
    {
        const qsizetype before = m_position;
        take(isBlank);
        if (isAtEnd() || current() != '=') {
            m_position = before;
            return false;
        }
        ++m_position;
        take(isBlank);
        return true;
    }

    void readValue(QByteArrayView name)
    {
        const std::optional<QByteArray> value = !isAtEnd() && current() == '"' ? takeQuoted() : takeUnquoted();
        if (value && !m_challenges.empty())
            m_challenges.back().parameters.emplace_back(QString::fromLatin1(name).toLower(), QString::fromUtf8(*value));
    }

    std::optional<QByteArray> takeUnquoted()
    {
        return take([](char character) { return !isBlank(character) && character != ',' && character != '"'; })
            .toByteArray();
    }

    /// Nothing where the closing quote is missing.
    std::optional<QByteArray> takeQuoted()
    {
        QByteArray value;
        for (++m_position; !isAtEnd(); ++m_position) {
            if (current() == '"') {
                ++m_position;
                return value;
            }
            if (current() == '\\' && m_position + 1 < m_text.size())
                ++m_position;
            value += current();
        }
        return std::nullopt;
    }

    void startChallenge(QByteArrayView scheme)
    {
        AuthChallenge challenge;
        challenge.scheme = QString::fromLatin1(scheme);
        if (!take(isBlank).isEmpty())
            challenge.token68 = QString::fromLatin1(takeToken68());
        m_challenges.push_back(std::move(challenge));
    }

    /// A token68 stands alone between the scheme and the next comma; else it was the beginning of a parameter.
    QByteArrayView takeToken68()
    {
        const qsizetype begin = m_position;
        take(isToken68Character);
        take([](char character) { return character == '='; });
        const QByteArrayView taken = m_text.sliced(begin, m_position - begin);
        take(isBlank);
        if (isAtEnd() || current() == ',')
            return taken;
        m_position = begin;
        return {};
    }

    /// Goes to the next comma that is not quoted.
    void skipPart()
    {
        while (!isAtEnd() && current() != ',') {
            if (current() == '"')
                takeQuoted();
            else
                ++m_position;
        }
    }

    QByteArrayView m_text;
    qsizetype m_position = 0;
    std::vector<AuthChallenge> m_challenges;
};

} // namespace

QString AuthChallenge::parameter(QStringView name) const
{
    for (const auto &[known, value] : parameters) {
        if (name.compare(known, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

std::optional<AuthChallenge> proofChallenge(const Headers &headers)
{
    for (const AuthChallenge &challenge : readChallenges(headers)) {
        const QString error = challenge.parameter(u"error");
        const bool asks = error == "insufficient_claims"_L1 || error == "insufficient_user_authentication"_L1 ||
                          !challenge.parameter(u"claims").isEmpty();
        if (asks && challenge.scheme.compare("Bearer"_L1, Qt::CaseInsensitive) == 0)
            return challenge;
    }
    return std::nullopt;
}

std::vector<AuthChallenge> readChallenges(const Headers &headers)
{
    std::vector<AuthChallenge> challenges;
    for (const auto &[name, value] : headers) {
        if (name.compare("www-authenticate", Qt::CaseInsensitive) != 0)
            continue;
        for (AuthChallenge &challenge : Reader(value).read())
            challenges.push_back(std::move(challenge));
    }
    return challenges;
}

} // namespace bookdesk::net
