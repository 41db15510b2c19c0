#include "jose/pasted-token.h"

#include "core/json.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <optional>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(PastedToken)
};

constexpr QByteArrayView utf8Mark = "\xef\xbb\xbf";
/// Layers of quotes, headers and answers around one token; more is no mishap of pasting.
constexpr int mostLayers = 8;
/// More than a token and an answer may have.
constexpr qsizetype longestBeginning = 2 * 1024 * 1024;

constexpr QByteArrayView header = "Authorization:";
constexpr QByteArrayView scheme = "Bearer";

bool isBlank(char letter) { return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n'; }

bool startsWithWord(QByteArrayView text, QByteArrayView word)
{
    return text.size() >= word.size() && text.first(word.size()).compare(word, Qt::CaseInsensitive) == 0;
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

constexpr QByteArrayView tokenBegin = "eyJ";

qsizetype dotsIn(QByteArrayView text) { return std::count(text.begin(), text.end(), '.'); }

/// Whether a line after the first begins another token. People also break the lines of one at its dots.
bool isSeveral(QByteArrayView text)
{
    for (qsizetype feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', feed + 1)) {
        if (!text.sliced(feed + 1).startsWith(tokenBegin))
            continue;
        const QByteArrayView before = text.first(feed).trimmed();
        const bool isAtItsDot = before.endsWith('.') && dotsIn(before) < 2;
        if (!before.isEmpty() && !isAtItsDot)
            return true;
    }
    return false;
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
        return {Secret(m_rest), m_notes, m_takenOff};
    }

private:
    void peelEncoding()
    {
        if (const std::optional<qsizetype> low = lowByteOfUtf16(m_rest)) {
            keep(fromUtf16(m_rest, *low));
            note(utf16Note(), u"UTF-16"_s);
        }
        if (!m_rest.startsWith(utf8Mark))
            return;
        m_rest = m_rest.sliced(utf8Mark.size()).trimmed();
        note(Texts::tr("A byte order mark stood before the token."), Texts::tr("byte order mark"));
    }

    bool peelLayer()
    {
        if (startsWithWord(m_rest, header))
            return peel(m_rest.sliced(header.size()), Texts::tr("The token was taken out of an Authorization header."),
                        u"Authorization:"_s);
        if (startsWithWord(m_rest, scheme) && m_rest.size() > scheme.size() && isBlank(m_rest[scheme.size()]))
            return peel(m_rest.sliced(scheme.size()), Texts::tr("The word Bearer stood before the token."),
                        u"Bearer"_s);
        if (const std::optional<QByteArrayView> inner = unquoted(m_rest))
            return peel(*inner, Texts::tr("Quotes stood around the token."), Texts::tr("two quotes"));
        if (!m_rest.startsWith('{'))
            return false;
        const Secret token = tokenOfAnswer(Secret(m_rest));
        if (token.isEmpty())
            return false;
        keep(token);
        note(Texts::tr("The token was taken out of a token endpoint's answer."), Texts::tr("the rest of an answer"));
        return true;
    }

    bool peel(QByteArrayView inner, const QString &sentence, const QString &what)
    {
        m_rest = inner;
        note(sentence, what);
        return true;
    }

    void note(const QString &sentence, const QString &what)
    {
        m_notes += sentence;
        // The word and the header before it are one item.
        if (what == "Bearer"_L1 && m_takenOff.endsWith(u"Authorization:"_s))
            m_takenOff.last() += u' ' + what;
        else
            m_takenOff += what;
    }

    /// Lines of one token; several tokens stay what they are, and blanks within a line are no wrapping.
    void joinLines()
    {
        if (!m_rest.contains('\n') || isSeveral(m_rest))
            return;
        const auto breaks = static_cast<int>(m_rest.count('\n'));
        const Secret joined = Secret::written(m_rest.size(), [this](char *out) -> qsizetype {
            return std::copy_if(m_rest.begin(), m_rest.end(), out, [](char letter) { return !isBlank(letter); }) - out;
        });
        keep(joined);
        note(Texts::tr("The token was wrapped over several lines."),
             breaks == 1 ? Texts::tr("one line break") : Texts::tr("%1 line breaks").arg(breaks));
    }

    void keep(const Secret &text)
    {
        m_kept = text;
        m_rest = m_kept.reveal().trimmed();
    }

    Secret m_kept; ///< What the rest is a part of, unless it is the text itself.
    QByteArrayView m_rest;
    QStringList m_notes;
    QStringList m_takenOff;
};

QByteArrayView withoutOpeningQuote(QByteArrayView text)
{
    for (const Quotes &pair : quotes) {
        if (text.startsWith(pair.opening))
            return text.sliced(pair.opening.size());
    }
    return text;
}

/// Without what may stand before a token; what closes it is not looked for.
QByteArrayView withoutBeginning(QByteArrayView text)
{
    text = text.trimmed();
    if (text.startsWith(utf8Mark))
        text = text.sliced(utf8Mark.size());
    for (int layer = 0; layer < mostLayers; ++layer) {
        text = withoutOpeningQuote(text.trimmed());
        for (const QByteArrayView word : {header, scheme}) {
            if (startsWithWord(text, word))
                text = text.sliced(word.size());
        }
    }
    return text.trimmed();
}

bool isLetter(char letter)
{
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
           QByteArrayView("-_.").contains(letter);
}

/// A line of a wrapped token: its letters and, at the end, a closing quote.
bool isPartOfToken(QByteArrayView line)
{
    const auto *const end = std::find_if_not(line.begin(), line.end(), isLetter);
    constexpr qsizetype longestQuote = 3;
    return line.end() - end <= longestQuote && std::none_of(end, line.end(), isBlank);
}

/// The sizes of signatures by the algorithms of RFC 7518 and RFC 8037; one that is cut off by a line's end has nearly
/// always another.
bool isWholeSignature(qsizetype size)
{
    constexpr std::array<qsizetype, 6> sizes{32, 48, 64, 96, 114, 132};
    const bool isRsa = size >= 128 && size % 64 == 0;
    return isRsa || std::find(sizes.begin(), sizes.end(), size) != sizes.end();
}

bool isWholeToken(QByteArrayView line)
{
    const qsizetype dots = dotsIn(line);
    if (dots != 2)
        return dots > 3;
    const QByteArrayView signature = line.sliced(line.lastIndexOf('.') + 1);
    const auto *const end = std::find_if_not(signature.begin(), signature.end(), isLetter);
    const qsizetype size = end - signature.begin();
    return size % 4 != 1 && isWholeSignature(size * 3 / 4);
}

Beginning beginningOfAnswer(QByteArrayView text)
{
    if (text.contains("\n{") || text.contains("\neyJ"))
        return Beginning::lines;
    if (text.endsWith('}') && parseObjectWithSecrets(Secret(text)))
        return text.contains('\n') ? Beginning::whole : Beginning::lines;
    return Beginning::open;
}

Beginning beginningOfToken(QByteArrayView text)
{
    if (isSeveral(text))
        return Beginning::lines;
    const qsizetype feed = text.indexOf('\n');
    if (feed < 0)
        return isWholeToken(text) ? Beginning::lines : Beginning::open;
    for (qsizetype begin = feed + 1; begin < text.size();) {
        const qsizetype next = text.indexOf('\n', begin);
        const qsizetype end = next < 0 ? text.size() : next;
        if (!isPartOfToken(text.sliced(begin, end - begin).trimmed()))
            return Beginning::lines;
        begin = end + 1;
    }
    return Beginning::open;
}

} // namespace

std::optional<qsizetype> lowByteOfUtf16(QByteArrayView text)
{
    if (text.size() < 2)
        return std::nullopt;
    if (text.startsWith("\xff\xfe") || (text[0] != '\0' && text[1] == '\0'))
        return 0;
    return text.startsWith("\xfe\xff") || text[0] == '\0' ? std::optional<qsizetype>(1) : std::nullopt;
}

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

QString utf16Note() { return Texts::tr("The text is in UTF-16; tokens are plain letters."); }

Beginning beginningOf(QByteArrayView text)
{
    if (text.size() > longestBeginning)
        return Beginning::lines;
    const QByteArrayView rest = withoutBeginning(text);
    if (rest.isEmpty())
        return Beginning::open;
    if (rest.startsWith('{'))
        return beginningOfAnswer(rest);
    return rest.startsWith(tokenBegin) ? beginningOfToken(rest) : Beginning::lines;
}

PastedToken takenOut(QByteArrayView text) { return Peeling(text).done(); }

} // namespace bookdesk::jose
