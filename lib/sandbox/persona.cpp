#include "sandbox/persona.h"

#include "jose/base64url.h"

#include <QCoreApplication>
#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Persona)
};

} // namespace

QString loginHintOf(const Persona &persona)
{
    const QByteArray hash = QCryptographicHash::hash(persona.objectId.toUtf8(), QCryptographicHash::Sha256);
    return u"O."_s + QString::fromLatin1(jose::toBase64Url(hash));
}

std::vector<Persona> defaultPersonas()
{
    return {
        {u"riley"_s,
         u"Riley Reader"_s,
         u"riley.reader@sandbox.test"_s,
         u"1e71985a-4cb4-4dbb-b6c7-379e4bc28c60"_s,
         Texts::tr("Can read books, but not delete them."),
         {u"Books.Read"_s},
         {u"Books.Reader"_s}},
        {u"ada"_s,
         u"Ada Admin"_s,
         u"ada.admin@sandbox.test"_s,
         u"00c7a6ce-9d44-4d1a-a77c-9595d3e0035e"_s,
         Texts::tr("Can read and delete books."),
         {u"Books.Read"_s, u"Books.Write"_s},
         {u"Books.Reader"_s, u"Books.Admin"_s}},
        {u"nora"_s,
         u"Nora NoScope"_s,
         u"nora.noscope@sandbox.test"_s,
         u"508da84e-411f-414d-9606-9e7d9c5520a2"_s,
         Texts::tr("Can sign in, but do nothing else."),
         {},
         {}},
    };
}

} // namespace bookdesk::sandbox
