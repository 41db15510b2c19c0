#include "core/error.h"
#include "core/errors.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

namespace bookdesk {

class ErrorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCodeIsItsText()
    {
        constexpr ErrorCode code{"json.invalid"};
        static_assert(code.text() == "json.invalid");
        static_assert(code == errors::jsonInvalid);
        static_assert(!(code == errors::jsonTooLarge));
        QCOMPARE(code.toString(), u"json.invalid"_s);
    }

    void errorsCompareByAllTheyHold()
    {
        const Error error{errors::stopped, u"Stopped."_s, u"Start again."_s, {{facts::host, u"details"_s}}};
        Error other = error;
        QVERIFY(error == other);
        other.facts.front().value = u"others"_s;
        QVERIFY(!(error == other));
        other = error;
        other.remedy.clear();
        QVERIFY(!(error == other));
        other = error;
        other.code = errors::jsonInvalid;
        QVERIFY(!(error == other));
    }

    void theListedCodesDiffer()
    {
        QSet<QString> texts;
        for (const ErrorCode code : errors::coreCodes)
            texts += code.toString();
        QCOMPARE(texts.size(), qsizetype{errors::coreCodes.size()});
    }
};

} // namespace bookdesk

QTEST_GUILESS_MAIN(bookdesk::ErrorTest)
#include "error-test.moc"
