#include "cli/token-content.h"

#include "core/text-cells.h"
#include "core/text.h"

#include <QCoreApplication>

#include <functional>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(TokenContent)
};

constexpr int nameWidth = 22;

using MeaningOf = std::function<QString(const JsonMember &)>;

/// The meaning is below the value, in the same column.
QString membersText(const JsonObject &object, const MeaningOf &meaningOf)
{
    QString text;
    for (const JsonMember &member : object.members()) {
        text += u"  "_s + padded(visible(member.first), nameWidth) + u' ' +
                visible(QString::fromUtf8(toCompactJson(member.second))) + u'\n';
        if (const QString meaning = meaningOf(member); !meaning.isEmpty())
            text += QString(nameWidth + 3, u' ') + meaning + u'\n';
    }
    return text;
}

Json meaningsOf(const JsonObject &object, const MeaningOf &meaningOf)
{
    JsonObject meanings;
    for (const JsonMember &member : object.members()) {
        if (QString meaning = meaningOf(member); !meaning.isEmpty())
            meanings.append(member.first, std::move(meaning));
    }
    return meanings;
}

MeaningOf headerMeanings(const jose::ClaimMeanings &meanings)
{
    return [&meanings](const JsonMember &member) { return meanings.headerMember(member.first); };
}

MeaningOf claimMeanings(const jose::ClaimMeanings &meanings, const jose::ClaimContext &context, TimePoint now)
{
    return [&meanings, &context, now](const JsonMember &member) {
        return meanings.claim(member.first, member.second, context, now);
    };
}

} // namespace

QString contentText(const jose::DecodedToken &token, const jose::ClaimContext &context, TimePoint now)
{
    const jose::ClaimMeanings meanings = jose::ClaimMeanings::forLocale();
    return Texts::tr("Header") + u'\n' + membersText(token.header, headerMeanings(meanings)) + Texts::tr("Claims") +
           u'\n' + membersText(token.claims, claimMeanings(meanings, context, now));
}

Json meaningsJson(const jose::DecodedToken &token, const jose::ClaimContext &context, TimePoint now)
{
    const jose::ClaimMeanings meanings = jose::ClaimMeanings::forLocale();
    return JsonObject{{u"header"_s, meaningsOf(token.header, headerMeanings(meanings))},
                      {u"claims"_s, meaningsOf(token.claims, claimMeanings(meanings, context, now))}};
}

} // namespace bookdesk::cli
