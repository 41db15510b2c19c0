// Redaction: a secret that is planted in a text, disguised as the input says, never survives. An input has a line with
// the disguise, one with the secret, and a text: `@` there is where the secret is planted, or else its end. The letters
// of a disguise are steps, in their order; digits behind them choose among their variants:
//     c  cut to a run of 20 bytes or more       b  base64, behind so many bytes     B  base64url
//     u  percent-encoded where URLs ask for it  U  all of it                        n  a line break every so many
//     letters j  escaped as in JSON                     J  all of it as \u escapes          h  as in HTML      H  all
//     of it
#include "core/redaction.h"
#include "fuzz/target.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <span>
#include <utility>
#include <vector>

namespace bookdesk::fuzz {
namespace {

constexpr qsizetype shortestRun = 20;
constexpr int bits = 8;

/// A piece of the disguised secret, and the bits of the secret that it stands for.
struct Piece
{
    QByteArray text;
    qsizetype begin = 0;
    qsizetype end = 0;
};

using Pieces = std::vector<Piece>;

QByteArray textOf(std::span<const Piece> pieces)
{
    QByteArray text;
    for (const Piece &piece : pieces)
        text += piece.text;
    return text;
}

/// What tokens, codes and verifiers consist of (RFC 6750 section 2.1, RFC 7636 section 4.1), one letter for each byte.
QByteArray secretFrom(const QByteArray &line)
{
    constexpr QByteArrayView letters("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=");
    QByteArray secret;
    for (const char letter : line.first(std::min<qsizetype>(line.size(), 300)))
        secret += letters.contains(letter) ? letter : letters[static_cast<unsigned char>(letter) % letters.size()];
    return secret;
}

Pieces plain(const QByteArray &secret)
{
    Pieces pieces;
    for (qsizetype i = 0; i < secret.size(); ++i)
        pieces.push_back({secret.sliced(i, 1), i * bits, (i + 1) * bits});
    return pieces;
}

Pieces cut(const Pieces &pieces, int variant)
{
    const auto size = static_cast<qsizetype>(pieces.size());
    const qsizetype begin = variant % (size - shortestRun + 1);
    const qsizetype length = std::min<qsizetype>(shortestRun + variant % 7, size - begin);
    return {pieces.begin() + begin, pieces.begin() + begin + length};
}

/// Only of plain pieces.
Pieces base64(const Pieces &pieces, int variant, QByteArray::Base64Options options)
{
    const QByteArray before(variant % 4, 'a');
    const QByteArray encoded = (before + textOf(pieces)).toBase64(options);
    Pieces letters;
    const qsizetype shift = pieces.front().begin - before.size() * bits;
    for (qsizetype i = 0; i < encoded.size(); ++i)
        letters.push_back({encoded.sliced(i, 1), shift + i * 6, shift + (i + 1) * 6});
    return letters;
}

template <class Encode> Pieces encoded(Pieces pieces, Encode encode)
{
    for (Piece &piece : pieces) {
        QByteArray text;
        for (const char letter : piece.text)
            text += encode(letter);
        piece.text = text;
    }
    return pieces;
}

QByteArray hex(char letter, int digits)
{
    return QByteArray::number(static_cast<unsigned char>(letter), 16).rightJustified(digits, '0');
}

QByteArray inUrl(char letter) { return QByteArray(1, letter).toPercentEncoding(); }

QByteArray inJson(char letter)
{
    switch (letter) {
    case '"':
    case '\\':
    case '/':
        return QByteArray("\\") + letter;
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        return QByteArray(1, letter);
    }
}

QByteArray inHtml(char letter)
{
    switch (letter) {
    case '&':
        return "&amp;";
    case '+':
        return "&#43;";
    case '/':
        return "&#x2F;";
    case '=':
        return "&#61;";
    default:
        return QByteArray(1, letter);
    }
}

Pieces wrapped(const Pieces &pieces, int variant)
{
    const auto width = static_cast<std::size_t>(3 + variant);
    Pieces lines;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (i > 0 && i % width == 0)
            lines.push_back({variant % 2 == 0 ? "\r\n  " : "\n", pieces[i].begin, pieces[i].begin});
        lines.push_back(pieces[i]);
    }
    return lines;
}

/// A disguise as the line asks for, of at most two encodings: readers undo no more.
class Disguise
{
public:
    explicit Disguise(Pieces pieces)
        : m_pieces(std::move(pieces))
    {}

    void add(char step, int variant)
    {
        if (step == 'c' && m_isPlain)
            m_pieces = cut(m_pieces, variant);
        else if (step == 'b' || step == 'B')
            addBase64(step, variant);
        else if (step == 'n' && !m_isWrapped)
            addLines(variant);
        else
            addEncoding(step);
    }

    const Pieces &pieces() const { return m_pieces; }

private:
    void addBase64(char step, int variant)
    {
        if (m_isPlain)
            m_pieces =
                base64(m_pieces, variant, step == 'b' ? QByteArray::Base64Encoding : QByteArray::Base64UrlEncoding);
        m_isPlain = false;
    }

    void addLines(int variant)
    {
        m_pieces = wrapped(m_pieces, variant);
        m_isWrapped = true;
        m_isPlain = false;
    }

    void addEncoding(char step)
    {
        if (!QByteArrayView("uUjJhH").contains(step) || m_encodings == 2)
            return;
        m_pieces = encoded(m_pieces, [step](char letter) -> QByteArray {
            switch (step) {
            case 'u':
                return inUrl(letter);
            case 'U':
                return '%' + hex(letter, 2);
            case 'j':
                return inJson(letter);
            case 'J':
                return "\\u" + hex(letter, 4);
            case 'h':
                return inHtml(letter);
            default:
                return "&#x" + hex(letter, 1) + ';';
            }
        });
        ++m_encodings;
        m_isPlain = false;
    }

    Pieces m_pieces;
    bool m_isPlain = true;
    bool m_isWrapped = false;
    int m_encodings = 0;
};

Pieces disguised(const QByteArray &secret, const QByteArray &steps)
{
    Disguise disguise(plain(secret));
    for (qsizetype i = 0; i < std::min<qsizetype>(steps.size(), 12); ++i) {
        const bool hasVariant = i + 1 < steps.size() && std::isdigit(static_cast<unsigned char>(steps[i + 1])) != 0;
        disguise.add(steps[i], hasVariant ? steps[i + 1] - '0' : 0);
    }
    return disguise.pieces();
}

/// The pieces between two bits of the secret, without what stands for no bits before and behind them.
std::span<const Piece> within(const Pieces &pieces, qsizetype begin, qsizetype end)
{
    auto first = std::ranges::lower_bound(pieces, begin, {}, &Piece::begin);
    auto last = std::ranges::upper_bound(pieces, end, {}, &Piece::end);
    const auto isEmpty = [](const Piece &piece) { return piece.begin == piece.end; };
    while (first < last && isEmpty(*first))
        ++first;
    while (first < last && isEmpty(*std::prev(last)))
        --last;
    return first < last ? std::span<const Piece>(first, last) : std::span<const Piece>();
}

/// What stands for each run of 20 bytes, as far as it was not cut off.
QByteArrayList runs(const Pieces &pieces, qsizetype secretSize)
{
    QByteArrayList texts;
    for (qsizetype begin = 0; begin + shortestRun <= secretSize; ++begin) {
        const std::span run = within(pieces, begin * bits, (begin + shortestRun) * bits);
        if (!run.empty() && run.back().end > (begin + shortestRun - 1) * bits && run.front().begin < (begin + 1) * bits)
            texts += textOf(run);
    }
    return texts;
}

bool containsAny(const QByteArray &text, const QByteArrayList &runs)
{
    return std::any_of(runs.begin(), runs.end(), [&text](const QByteArray &run) { return text.contains(run); });
}

/// What is left is the text without some stretches.
void requireFaithful(const QString &text, const QString &redactedText)
{
    qsizetype at = 0;
    for (const QString &rest : redactedText.split(removedMark())) {
        const qsizetype found = text.indexOf(rest, at);
        require(found >= 0, "what is left stands in the text, in the same order");
        at = found + rest.size();
    }
    const qsizetype marks = redactedText.count(removedMark());
    require(redactedText.size() <= text.size() + marks * removedMark().size(), "only marks make a text longer");
}

void requireStable(const Redactor &redactor, const QString &text, const QString &once)
{
    requireFaithful(text, once);
    require(redactor.redacted(once) == once, "what is redacted stays as it is");
}

void tryPlanted(const QByteArray &steps, const QByteArray &secret, const QByteArray &before, const QByteArray &after)
{
    const Pieces pieces = disguised(secret, steps);
    const QByteArrayList hidden = runs(pieces, secret.size());
    if (containsAny(before + '@' + after, hidden))
        return; // The text has it, too, perhaps behind half an escape.
    const Redactor redactor;
    redactor.learn(Secret(secret));
    redactor.learn(Secret(secret.first(secret.size() / 2) + "-another-one"));
    const QString text = QString::fromUtf8(before + '<' + textOf(pieces) + '>' + after);
    const QString left = redactor.redacted(text);
    require(!containsAny(left.toUtf8(), hidden), "no run of 20 bytes of a secret survives");
    requireStable(redactor, text, left);
}

} // namespace

void tryInput(QByteArrayView input)
{
    const QByteArray bytes = input.toByteArray();
    const qsizetype first = bytes.indexOf('\n');
    const qsizetype second = first < 0 ? -1 : bytes.indexOf('\n', first + 1);
    const QString whole = QString::fromUtf8(bytes);
    const QString byShape = redacted(whole);
    require(Redactor().redacted(whole) == byShape, "who has learned nothing goes by names and shapes alone");
    requireStable(Redactor(), whole, byShape);
    if (second < 0)
        return;
    const QByteArray secret = secretFrom(bytes.sliced(first + 1, second - first - 1));
    const QByteArray text = bytes.sliced(second + 1);
    const qsizetype place = text.indexOf('@');
    if (secret.size() >= shortestRun)
        tryPlanted(bytes.first(first), secret, text.first(place < 0 ? text.size() : place),
                   place < 0 ? QByteArray() : text.sliced(place + 1));
}

} // namespace bookdesk::fuzz
