#include "app/tour/hostile-data.h"

#include "core/json.h"
#include "tour/stage.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <optional>

using namespace Qt::StringLiterals;

// Macros that have to be used outside of all namespaces.
static void forgetOwnBooks() { Q_CLEANUP_RESOURCE(bookdesk_sandbox_data); }
static void restoreOwnBooks() { Q_INIT_RESOURCE(bookdesk_sandbox_data); }

namespace bookdesk::test {
namespace {

const QString books = u"catalogue/books.json"_s;

const QString longWord = u' ' + QString(300, u'w');

/// In one of three books, so that others remain to be told apart.
QString longWordOf(std::size_t book) { return book % 3 == 0 ? longWord : QString(); }

std::optional<Json> hostileCatalogue()
{
    QFile file(u":/bookdesk/"_s + books);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const Result<Json> own = parseJson(file.readAll());
    if (!own)
        return {};
    JsonArray hostile;
    for (const Json &book : *own->asArray()) {
        JsonObject changed = *book.asObject();
        for (const QString &field : {u"title"_s, u"subject"_s})
            changed.set(field, *book.asObject()->find(field)->asString() + hostileText() + longWordOf(hostile.size()));
        hostile.emplace_back(std::move(changed));
    }
    return Json(std::move(hostile));
}

} // namespace

QString markupText() { return u" <img src=x onerror=alert(1)> <i>i</i>"_s; }

QString hostileText() { return markupText() + u" gnp.\u202Eexe.\u202C z\u200Bw"_s; }

QString HostileNames::translate(const char *, const char *source, const char *, int) const
{
    return qstrcmp(source, "Sandbox") == 0 ? u"Sandbox"_s + markupText() : QString();
}

HostileBooks::HostileBooks() = default;

HostileBooks::~HostileBooks() { restoreOwnBooks(); }

bool HostileBooks::install()
{
    const QTemporaryDir folder;
    const QDir root(folder.path());
    const std::optional<Json> catalogue = hostileCatalogue();
    QFile file(root.filePath(books));
    if (!catalogue || !root.mkpath(u"catalogue"_s) || !file.open(QIODevice::WriteOnly))
        return false;
    file.write(toCompactJson(*catalogue));
    file.close();
    forgetOwnBooks();
    return m_data.install(root);
}

void nameHostilePersonas(tour::Stage &stage)
{
    workspace::Workspace &workspace = stage.workspace();
    QObject::connect(&workspace, &workspace::Workspace::connectionsChanged, &workspace, [&workspace] {
        sandbox::SandboxServer *sandbox = workspace.sandbox();
        if (!sandbox)
            return;
        const std::vector<sandbox::Persona> personas = sandbox->personas();
        for (const sandbox::Persona &persona : personas)
            if (!persona.name.endsWith(longWord))
                sandbox->rename(persona.id, persona.name + hostileText() + longWord);
    });
}

} // namespace bookdesk::test
