// What is found in HTML pages.
#include "sandbox/html-forms.h"

#include <QTest>

using namespace bookdesk::sandbox;
using namespace Qt::StringLiterals;

using Pairs = std::vector<std::pair<QString, QString>>;
Q_DECLARE_METATYPE(Pairs)

class HtmlFormsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fieldsAndButtonsAreFound_data()
    {
        QTest::addColumn<QString>("inside");
        QTest::addColumn<Pairs>("fields");
        QTest::addColumn<Pairs>("buttons");
        const Pairs none;
        const Pairs ab{{u"a"_s, u"b"_s}};
        QTest::newRow("a hidden field") << u"<input type=\"hidden\" name=\"a\" value=\"b\">"_s << ab << none;
        QTest::newRow("closed in itself") << u"<input type='hidden' name='a' value='b' />"_s << ab << none;
        QTest::newRow("without quotes") << u"<INPUT VALUE=b NAME=a TYPE=hidden>"_s << ab << none;
        QTest::newRow("over lines") << u"<input\n type = \"hidden\"\n name\t=\n\"a\" value=\"b\">"_s << ab << none;
        QTest::newRow("entities") << u"<input name=\"a\" value=\"&lt;&quot;&amp;amp;&#39;&#x2B;&gt;\">"_s
                                  << Pairs{{u"a"_s, u"<\"&amp;'+>"_s}} << none;
        QTest::newRow("a bracket in a value")
            << u"<input name=\"a\" value=\"x>y\">"_s << Pairs{{u"a"_s, u"x>y"_s}} << none;
        QTest::newRow("no value") << u"<input name=\"a\">"_s << Pairs{{u"a"_s, QString()}} << none;
        QTest::newRow("no name") << u"<input value=\"b\">"_s << none << none;
        QTest::newRow("disabled") << u"<input name=\"a\" value=\"b\" disabled>"_s << none << none;
        QTest::newRow("a box that is not checked")
            << u"<input type=\"checkbox\" name=\"a\" value=\"b\">"_s << none << none;
        QTest::newRow("a box that is checked")
            << u"<input type=\"checkbox\" name=\"a\" value=\"b\" checked>"_s << ab << none;
        QTest::newRow("a button") << u"<button name=\"a\" value=\"b\">Go</button>"_s << none << ab;
        QTest::newRow("a submit input") << u"<input type=\"submit\" name=\"a\" value=\"b\">"_s << none << ab;
        QTest::newRow("a button that does not submit")
            << u"<button type=\"button\" name=\"a\" value=\"b\">"_s << none << none;
        QTest::newRow("in a comment") << u"<!-- <input name=\"a\" value=\"b\"> -->"_s << none << none;
        QTest::newRow("in a script") << u"<script>'<input name=\"a\" value=\"b\">'</script>"_s << none << none;
        QTest::newRow("an attribute twice") << u"<input name=\"a\" name=\"c\" value=\"b\">"_s << ab << none;
    }

    void fieldsAndButtonsAreFound()
    {
        QFETCH(QString, inside);
        const std::vector<HtmlForm> forms = readForms(
            u"<html><input name=\"outside\"><form action=\"/x\">%1</form><input name=\"outside\">"_s.arg(inside));
        QCOMPARE(forms.size(), std::size_t{1});
        QTEST(forms[0].fields, "fields");
        QTEST(forms[0].buttons, "buttons");
    }

    void whereAndHowAFormIsSent()
    {
        const std::vector<HtmlForm> forms =
            readForms(u"<FORM METHOD=POST ACTION=\"http://localhost:1/?a=1&amp;b=2\"></FORM><form></form>"_s);
        QCOMPARE(forms.size(), std::size_t{2});
        QCOMPARE(forms[0].method, "post"_ba);
        QCOMPARE(forms[0].action, u"http://localhost:1/?a=1&b=2"_s);
        QCOMPARE(forms[1].method, "get"_ba);
        QCOMPARE(forms[1].action, QString());
        QVERIFY(!forms[0].submitsItself);
    }

    void aScriptThatSubmitsIsSeen()
    {
        QVERIFY(readForms(u"<form></form><script>document.forms[0].submit();</script>"_s).at(0).submitsItself);
        QVERIFY(!readForms(u"<form></form><p>document.forms[0].submit();</p>"_s).at(0).submitsItself);
        QVERIFY(!readForms(u"<form></form><script>alert(1)</script>"_s).at(0).submitsItself);
    }

    void brokenPagesAreTolerated_data()
    {
        QTest::addColumn<QString>("html");
        QTest::newRow("nothing") << QString();
        QTest::newRow("text") << u"a < b & c > d"_s;
        QTest::newRow("an open quote") << u"<form action=\"x><input name=a>"_s;
        QTest::newRow("an open comment") << u"<!-- <form>"_s;
        QTest::newRow("an open script") << u"<script> <form>"_s;
        QTest::newRow("many brackets") << QString(20'000, u'<');
    }

    void brokenPagesAreTolerated()
    {
        QFETCH(QString, html);
        QVERIFY(readForms(html).empty());
    }

    void oddEntitiesStay()
    {
        QCOMPARE(decodedEntities(u"&unknown; &#0; &#1114112; &#x1F600; & &amp;"_s),
                 u"&unknown; &#0; &#1114112; \U0001F600 & &"_s);
    }
};

QTEST_GUILESS_MAIN(HtmlFormsTest)
#include "html-forms-test.moc"
