#include "identity/advice-data.h"

#include "core/errors.h"
#include "core/language-file.h"
#include "core/object-reader.h"

#include <QFile>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::identity {
namespace {

constexpr std::array actors{
    std::pair{AdviceActor::user, "user"_L1},
    std::pair{AdviceActor::administrator, "administrator"_L1},
    std::pair{AdviceActor::registrant, "registrant"_L1},
};

constexpr std::array places{
    std::pair{AdvicePlace::client, "client"_L1},         std::pair{AdvicePlace::api, "api"_L1},
    std::pair{AdvicePlace::enterprise, "enterprise"_L1}, std::pair{AdvicePlace::consent, "consent"_L1},
    std::pair{AdvicePlace::rules, "rules"_L1},           std::pair{AdvicePlace::account, "account"_L1},
    std::pair{AdvicePlace::device, "device"_L1},         std::pair{AdvicePlace::connection, "connection"_L1},
    std::pair{AdvicePlace::browser, "browser"_L1},       std::pair{AdvicePlace::server, "server"_L1},
};

constexpr std::array sites{
    std::pair{ErrorSite::page, "page"_L1},
    std::pair{ErrorSite::redirect, "redirect"_L1},
    std::pair{ErrorSite::token, "token"_L1},
};

template <class Table, class Value> QString codeIn(const Table &table, Value value)
{
    return std::ranges::find(table, value, &Table::value_type::first)->second;
}

template <class Table> auto valueIn(const Table &table, const QString &code)
{
    const auto found = std::ranges::find(table, code, &Table::value_type::second);
    return found == table.end() ? std::nullopt : std::optional(found->first);
}

/// The first tag says who acts, the second where, and the others where the error shows.
bool readTags(const QStringList &tags, Advice &advice)
{
    constexpr qsizetype before = 2;
    const auto actor = valueIn(actors, tags.value(0));
    const auto place = valueIn(places, tags.value(1));
    if (!actor || !place || tags.size() <= before)
        return false;
    advice.actor = *actor;
    advice.place = *place;
    for (const QString &tag : tags.sliced(before)) {
        const auto site = valueIn(sites, tag);
        if (!site)
            return false;
        advice.sites.push_back(*site);
    }
    return true;
}

Result<Advice> readAdvice(const QString &key, const Json &value)
{
    const JsonObject nothing;
    const JsonObject *object = value.asObject();
    ObjectReader reader(object ? *object : nothing, u"The advice on \"%1\""_s.arg(key));
    const QStringList tags = reader.strings(u"tags"_s);
    Advice advice;
    advice.headline = reader.string(u"headline"_s);
    advice.meaning = reader.string(u"meaning"_s);
    advice.remedy = reader.string(u"advice"_s);
    advice.why = reader.optionalString(u"why"_s).value_or(QString());
    advice.ask = reader.optionalString(u"ask"_s).value_or(QString());
    if (const Result<void> read = reader.finishStrictly(); !read)
        return failure(read.error());
    if (!readTags(tags, advice))
        return failure(Error{bookdesk::errors::jsonWrongType,
                             u"The advice on \"%1\" has a tag that is unknown or missing."_s.arg(key)});
    return advice;
}

Result<AdviceData::Entries> readEntries(const JsonObject &object)
{
    AdviceData::Entries entries;
    for (const auto &[key, value] : object.members()) {
        const Result<Advice> advice = readAdvice(key, value);
        if (!advice)
            return failure(advice.error());
        entries.insert(key, *advice);
    }
    return entries;
}

AdviceData dataIn(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return AdviceData::read(file.readAll()).value_or(AdviceData());
}

/// What was read last, because one failed sign-in is explained several times, and a page that is being pasted at each
/// pause. A copy shares the entries. Each thread has its own, so that none waits for another.
struct Kept
{
    QString path; ///< Another language has another file.
    AdviceData data;
};

thread_local Kept last;

} // namespace

QString adviceActorCode(AdviceActor actor) { return codeIn(actors, actor); }

QString advicePlaceCode(AdvicePlace place) { return codeIn(places, place); }

QString errorSiteCode(ErrorSite site) { return codeIn(sites, site); }

AdviceData AdviceData::forLocale(const QLocale &locale)
{
    const QString path = languageFile(u":/bookdesk/advice"_s, locale);
    if (path != last.path)
        last = {path, dataIn(path)};
    return last.data;
}

Result<AdviceData> AdviceData::read(const QByteArray &json)
{
    const Result<JsonObject> members = parseJsonObject(json);
    if (!members)
        return failure(members.error());
    ObjectReader reader(*members, u"The advice"_s);
    const std::array kinds{std::pair{reader.object(u"aadsts"_s), &AdviceData::m_numbers},
                           std::pair{reader.object(u"errors"_s), &AdviceData::m_errors},
                           std::pair{reader.object(u"suberrors"_s), &AdviceData::m_suberrors}};
    if (const Result<void> read = reader.finishStrictly(); !read)
        return failure(read.error());
    AdviceData data;
    for (const auto &[object, entries] : kinds) {
        Result<Entries> read = readEntries(*object);
        if (!read)
            return failure(read.error());
        data.*entries = std::move(*read);
    }
    return data;
}

const Advice *AdviceData::findIn(const Entries &entries, const QString &key)
{
    const auto found = entries.constFind(key);
    return found == entries.constEnd() ? nullptr : &*found;
}

} // namespace bookdesk::identity
