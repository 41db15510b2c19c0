// A connection whose name is written from the right: the Token page's sentences set it apart.
#include "app/page-fixture.h"
#include "core/isolation.h"
#include "e2e/sandbox-desk.h"
#include "pages/token/compare-view.h"
#include "pages/token/issuer-keys-card.h"
#include "pages/token/keys-texts.h"
#include "pages/token/keys-view.h"
#include "pages/token/token-choices.h"
#include "pages/token/token-page.h"
#include "widgets/chip.h"
#include "workspace/token-paste.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;

namespace {

const QString rightToLeft = u"ספרים (א)"_s;

} // namespace

class TokenNamesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_desk.signIn({u"riley"_s, false}).has_value()); }

    void aComparisonNamesTheHolder()
    {
        workspace::TokenPaste paste(desks(), systemNow);
        const std::vector<pages::TokenChoice> choices = pages::tokenChoices(desks(), paste);
        QCOMPARE(choices.front().holder, u"Riley Reader, "_s + isolated(rightToLeft));
        pages::CompareView view(systemNow);
        // The same name twice, so that the holder is part of each.
        view.setChoices({choices.front(), choices.front()});
        const QStringList texts = test::labelTexts(view);
        QVERIFY2(test::containsPart(texts, choices.front().holder + u" · "_s), qPrintable(texts.join(u'\n')));
        QVERIFY(view.findChild<QComboBox *>(u"tokenA"_s)->currentText().endsWith(choices.front().holder));
    }

    void theKeysNameTheConnection()
    {
        pages::KeysView view(desks(), systemNow);
        view.refresh();
        const auto *issuers = view.findChild<QListWidget *>(u"issuers"_s);
        QCOMPARE(issuers->item(0)->data(pages::IssuersList::nameRole).toString(), isolated(rightToLeft));
        const QString spoken = withoutIsolates(isolated(rightToLeft));
        QVERIFY(issuers->item(0)->text().startsWith(spoken + u", current\n"_s));
        QVERIFY(test::containsPart(test::labelTexts(view), isolated(rightToLeft)));
        const pages::IssuerEntry issuer{rightToLeft, m_desk.desk().keys().snapshots().front()};
        QVERIFY(pages::keysReport(issuer.connection, issuer.keys, systemNow()).startsWith(spoken + u'\n'));
    }

    void aPastedTokenNamesTheConnectionThatItMatches()
    {
        pages::TokenPage page(nullptr, systemNow, desks());
        page.show();
        QVERIFY(QTest::qWaitForWindowActive(&page));
        QApplication::clipboard()->setText(
            QString::fromLatin1(m_desk.desk().session().current()->tokens.accessToken.reveal()));
        QTest::keySequence(&page, QKeySequence::Paste);
        QTRY_VERIFY(matchOf(page));
        QCOMPARE(matchOf(page)->text(), u"matches "_s + isolated(rightToLeft));
        const QString sentence = u"The connection %1 trusts the token's issuer"_s;
        QStringList spoken;
        for (const QLabel *label : matchOf(page)->findChildren<QLabel *>())
            spoken += label->accessibleName();
        QVERIFY(spoken.contains(sentence.arg(withoutIsolates(isolated(rightToLeft)))));
    }

private:
    static const widgets::Chip *matchOf(const pages::TokenPage &page)
    {
        for (const widgets::Chip *chip : page.findChildren<widgets::Chip *>()) {
            if (chip->isVisible() && chip->text().startsWith("matches"_L1))
                return chip;
        }
        return nullptr;
    }

    workspace::Desks desks()
    {
        return {[this] { return std::vector{m_desk.desk().connection()}; },
                [this](const QString &) { return &m_desk.desk(); }, [this] { return std::vector{&m_desk.desk()}; }};
    }

    test::SandboxDesk m_desk{{}, {{u"name"_s, rightToLeft}}};
};

QTEST_MAIN(TokenNamesTest)
#include "token-names-test.moc"
