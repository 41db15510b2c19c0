// Collects every library's error codes and compares them with the table in the README.
#include "books/errors.h"
#include "cli/errors.h"
#include "core/errors.h"
#include "identity/errors.h"
#include "jose/errors.h"
#include "net/errors.h"
#include "sandbox/errors.h"
#include "workspace/errors.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace bookdesk;
using namespace Qt::StringLiterals;

namespace {

template <std::size_t N> void append(QStringList &all, const std::array<ErrorCode, N> &codes)
{
    for (const ErrorCode code : codes)
        all += code.toString();
}

QStringList codesInTheLibraries()
{
    QStringList all;
    append(all, errors::coreCodes);
    append(all, jose::errors::joseCodes);
    append(all, net::errors::netCodes);
    append(all, identity::errors::identityCodes);
    append(all, books::errors::booksCodes);
    append(all, sandbox::errors::sandboxCodes);
    append(all, workspace::errors::workspaceCodes);
    append(all, cli::errors::cliCodes);
    all.sort();
    return all;
}

QStringList codesInTheReadme()
{
    QFile readme(QStringLiteral(BOOKDESK_SOURCE_DIR "/README.md"));
    if (!readme.open(QIODevice::ReadOnly))
        return {};
    const QString text = QString::fromUtf8(readme.readAll()).section(u"## Error codes"_s, 1);
    static const QRegularExpression row(u"^\\| `([a-z.-]+)` \\|"_s, QRegularExpression::MultilineOption);
    QStringList codes;
    for (const QRegularExpressionMatch &match : row.globalMatch(text))
        codes += match.captured(1);
    codes.sort();
    return codes;
}

} // namespace

class ErrorCodesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noCodeStandsForTwoThings()
    {
        QStringList codes = codesInTheLibraries();
        QCOMPARE(codes.removeDuplicates(), 0);
    }

    void theReadmeListsExactlyTheCodesThereAre() { QCOMPARE(codesInTheReadme(), codesInTheLibraries()); }
};

QTEST_GUILESS_MAIN(ErrorCodesTest)
#include "error-codes-test.moc"
