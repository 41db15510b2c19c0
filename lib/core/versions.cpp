#include "core/versions.h"

#include <QCoreApplication>
#include <QSysInfo>

#include <openssl/crypto.h>

using namespace Qt::StringLiterals;

namespace bookdesk {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Versions)
};

QString version(const QString &text) { return text.isEmpty() ? Texts::tr("unknown") : text; }

} // namespace

std::vector<Version> versions()
{
    return {{u"Bookdesk"_s, version(QCoreApplication::applicationVersion())},
            {u"Qt"_s, Texts::tr("%1, running on %2").arg(qtOfBuild(), QString::fromLatin1(qVersion()))},
            {u"OpenSSL"_s, QString::fromLatin1(OpenSSL_version(OPENSSL_VERSION_STRING))},
            {Texts::tr("System"), u"%1, %2"_s.arg(QSysInfo::prettyProductName(), QSysInfo::currentCpuArchitecture())}};
}

} // namespace bookdesk
