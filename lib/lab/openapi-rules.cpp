#include "lab/openapi-rules.h"

#include "core/object-reader.h"
#include "core/text.h"
#include "lab/endpoint-path.h"
#include "lab/errors.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::lab {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(OpenApiRules)
};

/// Documents are large where an API is, and schemas are nested.
constexpr JsonLimits limits{4 * 1024 * 1024, 64};
constexpr std::size_t mostAlternatives = 20;
constexpr qsizetype mostScopes = 50;
constexpr qsizetype longestShown = 200;

constexpr std::array methods{"get"_L1,    "head"_L1,    "post"_L1,  "put"_L1,
                             "delete"_L1, "options"_L1, "patch"_L1, "trace"_L1};

bool isMethod(const QString &name) { return std::ranges::find(methods, name) != methods.end(); }

/// What Bookdesk calls; OPTIONS and TRACE say nothing about permissions.
bool isCalled(const QString &method) { return method != "options"_L1 && method != "trace"_L1; }

/// The sets of scopes of which each is enough; nothing where the document does not speak of security.
using Requirements = std::optional<std::vector<QStringList>>;

/// A scheme's scopes, added to @p scopes without their resource.
Result<void> addScopes(const QString &scheme, const Json &value, QStringList &scopes)
{
    const JsonObject holder{{scheme, value}};
    ObjectReader reader(holder, Texts::tr("Its security requirement"));
    const QStringList written = reader.strings(scheme);
    for (const QString &scope : written) {
        const QString name = books::bareScope(scope);
        if (name.isEmpty() || visible(name) != name || name.contains(u' ') || scopes.size() >= mostScopes)
            return failure(errors::documentInvalid, Texts::tr("Its scopes cannot be read."));
        if (!scopes.contains(name))
            scopes += name;
    }
    return reader.finish();
}

/// All schemes of one requirement are needed together.
Result<QStringList> readRequirement(const Json &value)
{
    const JsonObject *schemes = value.asObject();
    if (!schemes)
        return failure(errors::documentInvalid, Texts::tr("Its security requirement is no object."));
    QStringList scopes;
    for (const auto &[scheme, names] : schemes->members()) {
        if (const Result<void> added = addScopes(scheme, names, scopes); !added)
            return failure(added.error());
    }
    return scopes;
}

/// `security: []` and `{}` among the requirements.
bool allowsEverybody(const JsonArray &security)
{
    return security.empty() || std::ranges::any_of(security, [](const Json &value) {
               const JsonObject *schemes = value.asObject();
               return schemes && schemes->isEmpty();
           });
}

QString openRemark(bool isStated)
{
    return isStated ? Texts::tr("The document asks for no token here.")
                    : Texts::tr("The document says nothing about security here, so it asks for no token. A check "
                                "in the API's code would not show.");
}

QString noScopesRemark()
{
    return Texts::tr("The document lists no scopes: any valid token (`Depends()` in place of `Security()`), or a check "
                     "in the API's code that the document cannot show. It is no call for everybody.");
}

/// @param security the operation's own, or the document's; nullptr where neither has one.
Result<void> addSecurity(LabRule &rule, const JsonArray *security)
{
    rule.isPublic = !security || allowsEverybody(*security);
    if (rule.isPublic)
        rule.remark = openRemark(security != nullptr);
    if (!security)
        return {};
    if (security->size() > mostAlternatives)
        return failure(errors::documentInvalid, Texts::tr("It has too many security requirements."));
    std::vector<QStringList> alternatives;
    for (const Json &value : *security) {
        const Result<QStringList> scopes = readRequirement(value);
        if (!scopes)
            return failure(scopes.error());
        alternatives.push_back(*scopes);
    }
    if (rule.isPublic)
        return {};
    // A requirement without scopes is met by every token that meets another one.
    if (const auto least = std::ranges::find(alternatives, QStringList()); least != alternatives.end()) {
        rule.remark = noScopesRemark();
        return {};
    }
    rule.rule.scopes = alternatives.front();
    rule.otherScopes.assign(alternatives.begin() + 1, alternatives.end());
    return {};
}

/// The document, while it is read.
class Reading
{
public:
    explicit Reading(const JsonArray *security)
        : m_security(security)
    {}

    void readPath(const QString &path, const Json &item)
    {
        const QString reason = refusedPathReason(path);
        const JsonObject *operations = item.asObject();
        if (!reason.isEmpty())
            return leaveOut(path, reason);
        if (!operations)
            return leaveOut(path, Texts::tr("What the document says about it is no object."));
        if (operations->find(u"$ref"))
            return leaveOut(path, Texts::tr("It refers to another place, where Bookdesk does not look."));
        for (const auto &[name, operation] : operations->members()) {
            if (isMethod(name))
                readOperation(path, name, operation);
        }
    }

    OpenApiRules take() { return std::move(m_result); }

private:
    void readOperation(const QString &path, const QString &method, const Json &operation)
    {
        const QString name = method.toUpper() + u' ' + path;
        if (m_result.rules.size() >= mostOperations) {
            ++m_result.moreLeftOut;
            return;
        }
        if (!isCalled(method))
            return leaveOut(name, Texts::tr("Bookdesk does not call this method, because it needs no permission."));
        LabRule rule;
        rule.rule.method = method.toUpper().toLatin1();
        rule.rule.path = path;
        rule.origin = RuleOrigin::openApi;
        if (const Result<void> read = readSecurity(rule, operation); !read)
            return leaveOut(name, read.error().message);
        m_result.rules.push_back(std::move(rule));
    }

    Result<void> readSecurity(LabRule &rule, const Json &operation) const
    {
        const JsonObject *object = operation.asObject();
        if (!object)
            return failure(errors::documentInvalid, Texts::tr("What the document says about it is no object."));
        if (!object->find(u"security"))
            return addSecurity(rule, m_security);
        ObjectReader reader(*object, Texts::tr("The operation"));
        const JsonArray *security = reader.array(u"security"_s);
        if (const Result<void> read = reader.finish(); !read)
            return read;
        return addSecurity(rule, security);
    }

    void leaveOut(const QString &what, const QString &why)
    {
        if (m_result.leftOut.size() < mostLeftOut)
            m_result.leftOut.push_back({shortened(visible(what), longestShown), shortened(visible(why), longestShown)});
        else
            ++m_result.moreLeftOut;
    }

    const JsonArray *m_security;
    OpenApiRules m_result;
};

tl::unexpected<Error> unreadable(const Error &cause)
{
    return failure(errors::documentInvalid, Texts::tr("The API's /openapi.json cannot be read."),
                   Texts::tr("The built-in rules and your own still work. Tell the API's owner."), factsOfCause(cause));
}

bool isKnownVersion(const QString &version)
{
    return version == "3.0"_L1 || version == "3.1"_L1 || version.startsWith("3.0."_L1) || version.startsWith("3.1."_L1);
}

} // namespace

Result<OpenApiRules> readOpenApi(QByteArrayView document)
{
    const Result<JsonObject> object = parseJsonObject(document, limits);
    if (!object)
        return unreadable(object.error());
    ObjectReader reader(*object, Texts::tr("The document"));
    const QString version = reader.string(u"openapi"_s);
    const JsonObject *paths = reader.object(u"paths"_s);
    const JsonArray *security = reader.has(u"security"_s) ? reader.array(u"security"_s) : nullptr;
    if (const Result<void> read = reader.finish(); !read)
        return unreadable(read.error());
    if (!isKnownVersion(version))
        return unreadable(
            {errors::documentInvalid,
             Texts::tr("It is of OpenAPI %1, and Bookdesk reads 3.0 and 3.1.").arg(shortened(visible(version), 20))});
    Reading reading(security);
    for (const auto &[path, item] : paths->members())
        reading.readPath(path, item);
    return reading.take();
}

} // namespace bookdesk::lab
