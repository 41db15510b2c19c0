#include "core/versions.h"

#include <QtGlobal>

using namespace Qt::StringLiterals;

namespace bookdesk {

QString qtOfBuild() { return u"" QT_VERSION_STR ""_s; }

} // namespace bookdesk
