// Collects every library's error codes and compares them with the table in the README.
#include "books/errors.h"
#include "books/outcome-codes.h"
#include "cli/errors.h"
#include "core/errors.h"
#include "identity/errors.h"
#include "jose/errors.h"
#include "lab/errors.h"
#include "net/errors.h"
#include "registration/errors.h"
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
    append(all, books::outcomes::outcomeCodes);
    append(all, lab::errors::labCodes);
    append(all, registration::errors::registrationCodes);
    append(all, sandbox::errors::sandboxCodes);
    append(all, workspace::errors::workspaceCodes);
    append(all, cli::errors::cliCodes);
    all.sort();
    return all;
}

/// What is in the first column of the tables in the README's section @p heading.
QStringList namesInTheReadme(const QString &heading)
{
    QFile readme(QStringLiteral(BOOKDESK_SOURCE_DIR "/README.md"));
    if (!readme.open(QIODevice::ReadOnly))
        return {};
    const QString text = QString::fromUtf8(readme.readAll()).section(u"\n## "_s + heading, 1).section(u"\n## "_s, 0, 0);
    static const QRegularExpression row(u"^\\| `([A-Za-z.-]+)` \\|"_s, QRegularExpression::MultilineOption);
    QStringList names;
    for (const QRegularExpressionMatch &match : row.globalMatch(text))
        names += match.captured(1);
    names.sort();
    return names;
}

} // namespace

class ErrorCodesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noCodeHasTwoMeanings()
    {
        QStringList codes = codesInTheLibraries();
        QCOMPARE(codes.removeDuplicates(), 0);
    }

    void theReadmeListsExactlyTheCodesThereAre()
    {
        QCOMPARE(namesInTheReadme(u"Error codes"_s), codesInTheLibraries());
    }

    void theReadmeListsExactlyTheFactsThereAre()
    {
        QStringList facts;
        for (const FactName name : facts::all)
            facts += name.toString();
        facts.sort();
        QCOMPARE(namesInTheReadme(u"Facts"_s), facts);
    }
};

QTEST_GUILESS_MAIN(ErrorCodesTest)
#include "error-codes-test.moc"
