#include "workspace/own-rules.h"

#include "core/object-reader.h"
#include "lab/endpoint-rules.h"
#include "workspace/errors.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSaveFile>

#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::workspace {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(OwnRules)
};

constexpr JsonLimits limits{1024 * 1024, 8};

tl::unexpected<Error> unsaved(const QString &path, const QString &why)
{
    const QString shown = QDir::toNativeSeparators(path);
    return failure(errors::connectionStoreFailed, Texts::tr("The rule could not be saved to “%1”.").arg(shown),
                   Texts::tr("Check the file, the free space and your permissions there, and try again."),
                   {{facts::file, shown}, {facts::reason, why}});
}

/// An empty object where there is no file.
Result<JsonObject> readFile(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return JsonObject();
    if (!file.open(QIODevice::ReadOnly))
        return unsaved(path, file.errorString());
    return parseJsonObject(file.read(limits.bytes + 1), limits);
}

JsonArray texts(const QStringList &all)
{
    JsonArray array;
    for (const QString &text : all)
        array.emplace_back(text);
    return array;
}

Json writeRule(const books::AccessRule &rule)
{
    return JsonObject{{u"method"_s, QString::fromLatin1(rule.method)},
                      {u"path"_s, rule.path},
                      {u"scopes"_s, texts(rule.scopes)},
                      {u"roles"_s, texts(rule.roles)}};
}

Result<books::AccessRule> readRule(const Json &json)
{
    const JsonObject object = json.asObject() ? *json.asObject() : JsonObject();
    ObjectReader reader(object, Texts::tr("The rule"));
    const QString method = reader.string(u"method"_s);
    const QString path = reader.string(u"path"_s);
    const QString scopes = reader.strings(u"scopes"_s).join(u' ');
    const QString roles = reader.strings(u"roles"_s).join(u' ');
    if (const Result<void> read = reader.finish(); !read)
        return failure(read.error());
    return lab::readOwnRule(method, path, scopes, roles);
}

} // namespace

OwnRules::OwnRules(QString folder)
    : m_folder(std::move(folder))
{}

QString OwnRules::filePath() const { return QDir(m_folder).filePath(u"rules.json"_s); }

std::vector<books::AccessRule> OwnRules::of(const QString &connectionId) const
{
    if (m_folder.isEmpty())
        return {};
    const Result<JsonObject> all = readFile(filePath());
    const Json *entry = all ? all->find(connectionId) : nullptr;
    const JsonArray *array = entry ? entry->asArray() : nullptr;
    std::vector<books::AccessRule> rules;
    for (const Json &json : array ? *array : JsonArray()) {
        if (const Result<books::AccessRule> rule = readRule(json))
            rules.push_back(*rule);
    }
    return rules;
}

Result<void> OwnRules::save(const QString &connectionId, const std::vector<books::AccessRule> &rules)
{
    if (m_folder.isEmpty())
        return {};
    // Read again, because another window may have added one to another connection meanwhile.
    Result<JsonObject> all = readFile(filePath());
    if (!all)
        return unsaved(filePath(), all.error().message);
    JsonArray array;
    for (const books::AccessRule &rule : rules)
        array.push_back(writeRule(rule));
    all->set(connectionId, std::move(array));
    return write(*std::move(all));
}

Result<void> OwnRules::remove(const QString &connectionId)
{
    if (m_folder.isEmpty())
        return {};
    Result<JsonObject> all = readFile(filePath());
    if (!all)
        return unsaved(filePath(), all.error().message);
    if (!all->find(connectionId))
        return {};
    all->remove(connectionId);
    return write(*std::move(all));
}

Result<void> OwnRules::write(JsonObject all) const
{
    const QByteArray text = toPrettyJson(std::move(all));
    QSaveFile file(filePath());
    if (QDir().mkpath(m_folder) && file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit())
        return {};
    return unsaved(filePath(), file.errorString());
}

} // namespace bookdesk::workspace
