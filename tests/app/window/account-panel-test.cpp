// The account panel with many accounts: the list scrolls, and the actions stay.
#include "app/page-fixture.h"
#include "widgets/fitting-area.h"
#include "window/account-panel.h"
#include "window/other-account.h"

#include <QPointer>
#include <QScrollBar>
#include <QSignalSpy>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using window::AccountFacts;
using window::AccountPanel;
using window::AccountState;
using window::OtherAccount;

namespace {

AccountFacts account(const QString &name, AccountState state = AccountState::signedIn)
{
    AccountFacts facts;
    facts.id = name;
    facts.name = name;
    facts.state = state;
    facts.hasPerson = true;
    facts.userName = name.toLower() + u"@contoso.com"_s;
    facts.connection = u"Contoso"_s;
    return facts;
}

std::vector<AccountFacts> others(int count)
{
    std::vector<AccountFacts> others;
    for (int i = 1; i <= count; ++i)
        others.push_back(account(u"Person %1"_s.arg(i)));
    return others;
}

/// A window with what the panel opens next to.
struct Frame
{
    explicit Frame(const QSize &size)
    {
        window.resize(size);
        opener.setCheckable(true);
        left.setGeometry(0, 0, 196, size.height());
        below.setGeometry(0, size.height() - 26, size.width(), 26);
        window.show();
    }
    QScrollBar &bar() const { return *panel.findChild<widgets::FittingArea *>()->verticalScrollBar(); }
    bool isInside(const QWidget &part) const
    {
        return panel.rect().contains(QRect(part.mapTo(&panel, QPoint()), part.size()));
    }

    QWidget window;
    QToolButton opener{&window};
    QWidget left{&window};
    QWidget below{&window};
    AccountPanel panel{{opener, left, below}, &window};
};

} // namespace

class AccountPanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLongListScrolls_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("count");
        QTest::addColumn<bool>("scrolls");
        QTest::newRow("one") << QSize(1180, 760) << 1 << false;
        QTest::newRow("five") << QSize(1180, 860) << 5 << false;
        QTest::newRow("six") << QSize(1180, 860) << 6 << true;
        QTest::newRow("two in the smallest window") << QSize(900, 600) << 2 << false;
        QTest::newRow("thirty in the smallest window") << QSize(900, 600) << 30 << true;
    }

    void aLongListScrolls()
    {
        QFETCH(const QSize, size);
        QFETCH(const int, count);
        QFETCH(const bool, scrolls);
        Frame frame(size);
        frame.panel.setAccounts(account(u"Riley Reader"_s), others(count));
        frame.panel.setOpen(true);
        QTRY_COMPARE(frame.bar().maximum() > 0, scrolls);
        QVERIFY(frame.panel.y() >= 0);
        QVERIFY(frame.panel.geometry().bottom() < frame.below.y());
        for (const char *name : {"panelFreshToken", "panelAnotherAccount", "panelSignOut", "panelHelp"}) {
            const auto *button = frame.panel.findChild<QPushButton *>(QString::fromLatin1(name));
            QVERIFY2(button->isVisible() && frame.isInside(*button), name);
            QVERIFY2(button->height() >= button->sizeHint().height(), name);
        }
    }

    void asksForTheAccountThatWasClicked()
    {
        Frame frame({1180, 760});
        frame.panel.setAccounts(account(u"Riley Reader"_s), others(3));
        frame.panel.setOpen(true);
        const QSignalSpy asked(&frame.panel, &AccountPanel::switchAsked);
        const QList<OtherAccount *> rows = frame.panel.findChildren<OtherAccount *>();
        QCOMPARE(rows.size(), 3);
        rows.at(1)->findChild<QPushButton *>()->click();
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.front().front().toString(), u"Person 2"_s);
        QVERIFY(frame.panel.isHidden());
    }

    void aChangeOfTheShownAccountLeavesTheFocus()
    {
        Frame frame({1180, 760});
        frame.panel.setAccounts(account(u"Riley Reader"_s), others(2));
        frame.panel.setOpen(true);
        QVERIFY(QTest::qWaitForWindowActive(&frame.window));
        const QPointer button(frame.panel.findChildren<OtherAccount *>().at(1)->findChild<QPushButton *>());
        button->setFocus();
        frame.panel.setAccounts(account(u"Riley Reader"_s, AccountState::needsPerson), others(2));
        QVERIFY(frame.panel.isVisible());
        QVERIFY(button && button->hasFocus());
    }

    void aChangeOfAnotherAccountLeavesTheFocus()
    {
        Frame frame({1180, 760});
        std::vector<AccountFacts> listed = others(3);
        frame.panel.setAccounts(account(u"Riley Reader"_s), listed);
        frame.panel.setOpen(true);
        QVERIFY(QTest::qWaitForWindowActive(&frame.window));
        const QPointer row(frame.panel.findChildren<OtherAccount *>().at(1));
        auto *button = row->findChild<QPushButton *>();
        button->setFocus();
        listed.at(1).state = AccountState::needsPerson;
        listed.erase(listed.begin());
        std::ranges::reverse(listed);
        frame.panel.setAccounts(account(u"Riley Reader"_s), listed);
        QVERIFY(frame.panel.isVisible());
        QVERIFY(row && button->hasFocus());
        QCOMPARE(row->accessibleName(), u"Person 2, Contoso, needs you to sign in again"_s);
        QVERIFY(test::containsPart(test::labelTexts(*row), u"needs you to sign in again"_s));
        QTRY_COMPARE(frame.panel.findChildren<OtherAccount *>().size(), 2);
        QTRY_VERIFY(row->y() > 0); // below Person 3
    }

    void aButtonIsThereForAsLongAsItsClickLasts()
    {
        Frame frame({1180, 760});
        frame.panel.setAccounts(account(u"Riley Reader"_s), others(2));
        frame.panel.setOpen(true);
        const QPointer button(frame.panel.findChildren<OtherAccount *>().front()->findChild<QPushButton *>());
        bool isThere = false;
        connect(&frame.panel, &AccountPanel::switchAsked, this, [&] {
            frame.panel.setAccounts(account(u"Person 1"_s), {account(u"Person 2"_s), account(u"Riley Reader"_s)});
            isThere = !button.isNull();
        });
        button->click();
        QVERIFY(isThere);
        QTRY_VERIFY(!button);
    }

    void eachSwitchHasANameOfItsOwn()
    {
        Frame frame({1180, 760});
        frame.panel.setAccounts(account(u"Riley Reader"_s), others(2));
        QStringList names;
        for (const OtherAccount *row : frame.panel.findChildren<OtherAccount *>())
            names += row->findChild<QPushButton *>()->accessibleName();
        QCOMPARE(names, QStringList({u"Switch to Person 1"_s, u"Switch to Person 2"_s}));
    }

    void namesAreNoMarkup()
    {
        Frame frame({1180, 760});
        frame.panel.setAccounts(account(u"<b>Riley</b>"_s), {account(u"<img src=x>"_s)});
        frame.panel.setOpen(true);
        QVERIFY(test::containsPart(test::labelTexts(frame.panel), u"<img src=x>"_s));
    }
};

BOOKDESK_PAGE_TEST_MAIN(AccountPanelTest)
#include "account-panel-test.moc"
