#include "pages/token/concealed-type.h"

#include <QtGlobal>

#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)

#include <QUtiMimeConverter>
#include <QVariant>

namespace bookdesk::pages {
namespace {

using namespace Qt::StringLiterals;

/// Registers itself. Nothing is read back.
class ConcealedType : public QUtiMimeConverter
{
public:
    QString utiForMime(const QString &mime) const override
    {
        return mime == concealedFormat ? u"org.nspasteboard.ConcealedType"_s : QString();
    }
    QList<QByteArray> convertFromMime(const QString &, const QVariant &data, const QString &) const override
    {
        return {data.toByteArray()};
    }
    QString mimeForUti(const QString &) const override { return {}; }
    QVariant convertToMime(const QString &, const QList<QByteArray> &, const QString &) const override { return {}; }
};

} // namespace

void knowConcealedFormat() { static const ConcealedType type; }

} // namespace bookdesk::pages

#else

namespace bookdesk::pages {

/// Qt has no way to name a type there.
void knowConcealedFormat() {}

} // namespace bookdesk::pages

#endif
