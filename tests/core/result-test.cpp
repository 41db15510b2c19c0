#include "core/errors.h"
#include "core/result.h"

#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

namespace bookdesk {
namespace {

Result<int> half(int number)
{
    if (number % 2 != 0)
        return failure(errors::jsonInvalid, u"The number is odd."_s, u"Give an even one."_s,
                       {{facts::got, QString::number(number)}});
    return number / 2;
}

Result<void> checkEven(int number)
{
    const Result<int> result = half(number);
    if (!result)
        return failure(result.error());
    return {};
}

} // namespace

class ResultTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsAValue()
    {
        const Result<int> result = half(8);
        QVERIFY(result);
        QCOMPARE(*result, 4);
    }

    void holdsAnError()
    {
        const Result<int> result = half(7);
        QVERIFY(!result);
        QVERIFY(result.error() ==
                (Error{errors::jsonInvalid, u"The number is odd."_s, u"Give an even one."_s, {{facts::got, u"7"_s}}}));
    }

    void passesAnErrorOn()
    {
        QVERIFY(checkEven(8));
        const Result<void> result = checkEven(7);
        QVERIFY(!result);
        QVERIFY(result.error() == half(7).error());
    }

    void holdsWhatCanOnlyBeMoved()
    {
        Result<std::unique_ptr<int>> result = std::make_unique<int>(5);
        QVERIFY(result);
        const std::unique_ptr<int> taken = *std::move(result);
        QCOMPARE(*taken, 5);
    }

    void remedyAndFactsAreOptional()
    {
        const Result<int> result = failure(errors::stopped, u"Stopped."_s);
        QVERIFY(result.error().remedy.isEmpty());
        QVERIFY(result.error().facts.empty());
    }
};

} // namespace bookdesk

QTEST_GUILESS_MAIN(bookdesk::ResultTest)
#include "result-test.moc"
