#include "jose/pasted-token.h"

#include "core/json.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <optional>

namespace bookdesk::jose {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(PastedToken)
};

constexpr QByteArrayView utf8Mark = "\xef\xbb\xbf";
/// Layers of quotes, headers and answers around one token; more is no mishap of pasting.
constexpr int mostLayers = 8;

bool isBlank(char letter) { return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n'; }

bool startsWithWord(QByteArrayView text, QByteArrayView word)
{
    return text.size() >= word.size() && text.first(word.size()).compare(word, Qt::CaseInsensitive) == 0;
}

/// Where the lower byte of UTF-16 is: by its byte order mark, or because every other byte of ASCII is a zero then.
std::optional<qsizetype> lowByteOfUtf16(QByteArrayView text)
{
    if (text.size() < 2)
        return std::nullopt;
    if (text.startsWith("\xff\xfe") || (text[0] != '\0' && text[1] == '\0'))
        return 0;
    return text.startsWith("\xfe\xff") || text[0] == '\0' ? std::optional<qsizetype>(1) : std::nullopt;
}

/// The ASCII in it, and what else there is as quotes, which is all that stands around tokens.
Secret fromUtf16(QByteArrayView text, qsizetype low)
{
    return Secret::written(text.size() / 2, [text, low](char *out) -> qsizetype {
        const char *begin = out;
        for (qsizetype i = 0; i + 1 < text.size(); i += 2) {
            const bool isMark = static_cast<unsigned char>(text[i + 1 - low]) == 0xfe && text[i + low] == '\xff';
            if (!isMark)
                *out++ = text[i + 1 - low] == '\0' ? text[i + low] : '"';
        }
        return out - begin;
    });
}

struct Quotes
{
    QByteArrayView opening;
    QByteArrayView closing;
};

constexpr std::array quotes{Quotes{"\"", "\""},
                            Quotes{"'", "'"},
                            Quotes{"`", "`"},
                            Quotes{"\xe2\x80\x9c", "\xe2\x80\x9d"},
                            Quotes{"\xe2\x80\x9e", "\xe2\x80\x9c"},
                            Quotes{"\xe2\x80\x98", "\xe2\x80\x99"}};

std::optional<QByteArrayView> unquoted(QByteArrayView text)
{
    for (const Quotes &pair : quotes) {
        const qsizetype size = pair.opening.size() + pair.closing.size();
        if (text.size() > size && text.startsWith(pair.opening) && text.endsWith(pair.closing))
            return text.sliced(pair.opening.size(), text.size() - size);
    }
    return std::nullopt;
}

/// The access token, or else the ID token, of a token endpoint's answer.
Secret tokenOfAnswer(const Secret &text)
{
    const Result<ObjectWithSecrets> answer = parseObjectWithSecrets(text);
    if (!answer)
        return {};
    const auto access = answer->secrets.find(QStringLiteral("access_token"));
    if (access != answer->secrets.end())
        return access->second;
    const auto id = answer->secrets.find(QStringLiteral("id_token"));
    return id != answer->secrets.end() ? id->second : Secret();
}

/// Takes off one layer after the other.
class Peeling
{
public:
    explicit Peeling(QByteArrayView text)
        : m_rest(text)
    {}

    PastedToken done()
    {
        peelEncoding();
        m_rest = m_rest.trimmed();
        for (int layer = 0; layer < mostLayers && peelLayer(); ++layer)
            m_rest = m_rest.trimmed();
        joinLines();
        return {Secret(m_rest), m_notes};
    }

private:
    void peelEncoding()
    {
        if (const std::optional<qsizetype> low = lowByteOfUtf16(m_rest)) {
            keep(fromUtf16(m_rest, *low));
            m_notes += Texts::tr("The text is in UTF-16; tokens are plain letters.");
        }
        if (!m_rest.startsWith(utf8Mark))
            return;
        m_rest = m_rest.sliced(utf8Mark.size()).trimmed();
        m_notes += Texts::tr("A byte order mark stood before the token.");
    }

    bool peelLayer()
    {
        constexpr QByteArrayView header = "Authorization:";
        constexpr QByteArrayView scheme = "Bearer";
        if (startsWithWord(m_rest, header))
            return peel(m_rest.sliced(header.size()), Texts::tr("The token was taken out of an Authorization header."));
        if (startsWithWord(m_rest, scheme) && m_rest.size() > scheme.size() && isBlank(m_rest[scheme.size()]))
            return peel(m_rest.sliced(scheme.size()), Texts::tr("The word Bearer stood before the token."));
        if (const std::optional<QByteArrayView> inner = unquoted(m_rest))
            return peel(*inner, Texts::tr("Quotes stood around the token."));
        if (!m_rest.startsWith('{'))
            return false;
        const Secret token = tokenOfAnswer(Secret(m_rest));
        if (token.isEmpty())
            return false;
        keep(token);
        m_notes += Texts::tr("The token was taken out of a token endpoint's answer.");
        return true;
    }

    bool peel(QByteArrayView inner, const QString &note)
    {
        m_rest = inner;
        m_notes += note;
        return true;
    }

    /// Lines of one token; several tokens stay what they are, and blanks within a line are no wrapping.
    void joinLines()
    {
        if (!m_rest.contains('\n') || m_rest.contains("\neyJ"))
            return;
        const Secret joined = Secret::written(m_rest.size(), [this](char *out) -> qsizetype {
            return std::copy_if(m_rest.begin(), m_rest.end(), out, [](char letter) { return !isBlank(letter); }) - out;
        });
        keep(joined);
        m_notes += Texts::tr("The token was wrapped over several lines.");
    }

    void keep(const Secret &text)
    {
        m_kept = text;
        m_rest = m_kept.reveal().trimmed();
    }

    Secret m_kept; ///< What the rest is a part of, unless it is the text itself.
    QByteArrayView m_rest;
    QStringList m_notes;
};

} // namespace

PastedToken takenOut(QByteArrayView text) { return Peeling(text).done(); }

} // namespace bookdesk::jose
