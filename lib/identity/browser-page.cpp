#include "identity/browser-page.h"

#include "core/redaction.h"

#include <QRegularExpression>

#include <algorithm>
#include <functional>
#include <optional>

using namespace Qt::StringLiterals;

namespace bookdesk::identity {
namespace {

constexpr qsizetype longestLabel = 40;
constexpr QRegularExpression::PatternOptions labelOptions =
    QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption;

Stretch stretchOf(const QRegularExpressionMatch &match, int group = 0)
{
    return {match.capturedStart(group), match.capturedEnd(group)};
}

QString textAt(const QString &text, const Stretch &place) { return text.sliced(place.begin, place.end - place.begin); }

/// As everywhere else, and the states, which belong to the attempt that is under way.
QString withoutSecrets(const QString &text)
{
    static const QRegularExpression state(
        u"\\b(?:state|session_state|nonce|code_challenge|client_info)=([^&\\s\"']++)"_s,
        QRegularExpression::CaseInsensitiveOption);
    Stretches states;
    addMatches(states, state, text);
    return redacted(masked(text, std::move(states)));
}

/// A text that is nothing but a number, as people type it.
std::optional<PageMark> findBareNumber(const QString &text)
{
    static const QRegularExpression bare(u"\\A\\s*+([0-9]{4,7})\\s*+\\z"_s);
    const QRegularExpressionMatch match = bare.match(text);
    return match.hasMatch() ? std::optional(PageMark{PageMarkKind::number, stretchOf(match, 1)}) : std::nullopt;
}

/// The number may be set apart, for instance by the marks that change the direction.
std::optional<PageMark> findNumber(const QString &text)
{
    static const QRegularExpression number(
        u"AADSTS[\\s:\\x{200B}-\\x{200F}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}]{0,3}[0-9]{4,10}(?![0-9])"_s,
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = number.match(text);
    return match.hasMatch() ? std::optional(PageMark{PageMarkKind::number, stretchOf(match)}) : findBareNumber(text);
}

std::optional<PageMark> findTime(const QString &text)
{
    static const QRegularExpression time(
        u"(?<![0-9])[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,7})?Z?"_s);
    const QRegularExpressionMatch match = time.match(text);
    return match.hasMatch() ? std::optional(PageMark{PageMarkKind::timestamp, stretchOf(match)}) : std::nullopt;
}

/// An account's name in the quotation marks of any language.
std::optional<PageMark> findUser(const QString &text)
{
    static const QRegularExpression user(
        u"[\\x{2018}\\x{201A}\\x{201B}\\x{201C}\\x{201E}\\x{201D}\\x{2019}\\x{AB}\\x{BB}"
        "\\x{2039}\\x{203A}\\x{300C}\\x{300E}'\"]\\s?"
        "([^\\s@'\"\\x{2018}-\\x{201F}]{1,64}+@[\\w.-]{1,190}+)"
        "\\s?[\\x{2018}-\\x{201F}\\x{AB}\\x{BB}\\x{2039}\\x{203A}\\x{300D}\\x{300F}'\"]"_s,
        QRegularExpression::UseUnicodePropertiesOption);
    const QRegularExpressionMatch match = user.match(text);
    return match.hasMatch() ? std::optional(PageMark{PageMarkKind::user, stretchOf(match, 1)}) : std::nullopt;
}

/// A GUID with the words before it on its line.
struct LabelledId
{
    Stretch place;
    QString label;

    /// In most languages that Entra speaks and write in Latin letters.
    bool isCorrelation() const
    {
        static const QRegularExpression correlation(u"[ck]or+[e\\x{E9}\\x{E8}]l"_s, labelOptions);
        return label.contains(correlation);
    }
    bool isRequest() const
    {
        static const QRegularExpression request(u"\\b(?:request|trace)"_s, labelOptions);
        return label.contains(request);
    }
    /// Behind a colon, as no ID within a sentence is.
    bool isListed() const
    {
        static const QRegularExpression colon(u"[:\\x{FF1A}]\\s*$"_s, labelOptions);
        return label.isEmpty() || label.contains(colon);
    }
};

std::vector<LabelledId> findIds(const QString &text)
{
    constexpr std::size_t most = 50;
    static const QRegularExpression guid(
        u"(?<![0-9a-f-])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-f-])"_s,
        QRegularExpression::CaseInsensitiveOption);
    std::vector<LabelledId> ids;
    qsizetype end = 0;
    for (const QRegularExpressionMatch &match : guid.globalMatch(text)) {
        const qsizetype begin = std::max(end, match.capturedStart() - longestLabel);
        const QString before = text.sliced(begin, match.capturedStart() - begin);
        ids.push_back({stretchOf(match), before.section(u'\n', -1)});
        end = match.capturedEnd();
        if (ids.size() == most)
            break;
    }
    return ids;
}

/// By their labels, else by their order.
std::vector<PageMark> findRequest(const QString &text)
{
    std::vector<LabelledId> ids = findIds(text);
    const auto take = [&ids](auto isWanted, PageMarkKind kind) -> std::optional<PageMark> {
        const auto found = std::ranges::find_if(ids, isWanted);
        if (found == ids.end())
            return std::nullopt;
        const PageMark mark{kind, found->place};
        ids.erase(found);
        return mark;
    };
    std::optional<PageMark> correlation = take(std::mem_fn(&LabelledId::isCorrelation), PageMarkKind::correlationId);
    std::optional<PageMark> request = take(std::mem_fn(&LabelledId::isRequest), PageMarkKind::requestId);
    if (!request)
        request = take(std::mem_fn(&LabelledId::isListed), PageMarkKind::requestId);
    if (!correlation)
        correlation = take(std::mem_fn(&LabelledId::isListed), PageMarkKind::correlationId);
    std::vector<PageMark> marks;
    for (const std::optional<PageMark> &mark : {request, correlation}) {
        if (mark)
            marks.push_back(*mark);
    }
    return marks;
}

std::vector<PageMark> findRemoved(const QString &text)
{
    std::vector<PageMark> marks;
    const QString removed = removedMark();
    for (qsizetype at = text.indexOf(removed); at >= 0; at = text.indexOf(removed, at + removed.size()))
        marks.push_back({PageMarkKind::removed, {at, at + removed.size()}});
    return marks;
}

std::vector<PageMark> findMarks(const QString &text)
{
    std::vector<PageMark> marks = findRequest(text);
    for (const std::optional<PageMark> &mark : {findNumber(text), findTime(text), findUser(text)}) {
        if (mark)
            marks.push_back(*mark);
    }
    const std::vector<PageMark> removed = findRemoved(text);
    marks.insert(marks.end(), removed.begin(), removed.end());
    std::ranges::sort(marks, {}, [](const PageMark &mark) { return mark.place.begin; });
    return marks;
}

QString digitsOf(const QString &number)
{
    static const QRegularExpression digits(u"[0-9]+"_s);
    return digits.match(number).captured();
}

void readMark(BrowserPage &page, const PageMark &mark)
{
    const QString text = textAt(page.text, mark.place);
    switch (mark.kind) {
    case PageMarkKind::number:
        page.error.aadsts = digitsOf(text);
        break;
    case PageMarkKind::requestId:
        page.error.traceId = text;
        break;
    case PageMarkKind::correlationId:
        page.error.correlationId = text;
        break;
    case PageMarkKind::timestamp:
        page.error.timestamp = text;
        break;
    case PageMarkKind::user:
        page.user = text;
        break;
    case PageMarkKind::removed:
        break;
    }
}

} // namespace

BrowserPage readBrowserPage(const QString &text)
{
    BrowserPage page;
    page.isCut = text.size() > BrowserPage::mostCharacters;
    // What is cut off could be the rest of a secret, so its beginning is not kept either.
    const QString kept = page.isCut ? text.first(BrowserPage::mostCharacters).section(u' ', 0, -2) : text;
    page.text = withoutSecrets(kept);
    page.marks = findMarks(page.text);
    for (const PageMark &mark : page.marks)
        readMark(page, mark);
    return page;
}

} // namespace bookdesk::identity
