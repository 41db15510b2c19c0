// Code from patterns: what is put in is marked, and is not read as a pattern.
#include "registration/code.h"

#include <QTest>

using namespace bookdesk::registration;
using namespace Qt::StringLiterals;

class CodeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void valuesAndCommandsAreMarked()
    {
        const Code code = filled(u"¦az show¦ --id §id§ end"_s, {{u"id"_s, u"'x'"_s}});
        QCOMPARE(code.text, u"az show --id 'x' end"_s);
        const std::vector<Span> spans{{0, 7, Mark::command}, {13, 3, Mark::value}};
        QCOMPARE(code.spans, spans);
    }

    void valuesAreNoPatterns()
    {
        const Code code = filled(u"a §b§ c"_s, {{u"b"_s, u"§c§ ¦d¦"_s}, {u"c"_s, u"no"_s}});
        QCOMPARE(code.text, u"a §c§ ¦d¦ c"_s);
        QCOMPARE(code.spans.size(), std::size_t(1));
    }

    void joinedCodeKeepsItsMarks()
    {
        const Code code = joined(filled(u"¦a¦"_s, {}), filled(u"b §c§"_s, {{u"c"_s, u"d"_s}}));
        QCOMPARE(code.text, u"a\nb d"_s);
        const std::vector<Span> spans{{0, 1, Mark::command}, {4, 1, Mark::value}};
        QCOMPARE(code.spans, spans);
    }
};

QTEST_APPLESS_MAIN(CodeTest)
#include "code-test.moc"
