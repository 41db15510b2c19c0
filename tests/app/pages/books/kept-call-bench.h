/// KeptCallBench: the Books page on a real Sandbox, with calls that wait and a browser that the test plays.
#pragma once

#include "app/desk-page-fixture.h"
#include "pages/books/books-page.h"
#include "pages/books/books-table.h"
#include "pages/books/proof-panel.h"
#include "widgets/outcome-panel.h"
#include "widgets/step-row.h"

#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include <algorithm>
#include <functional>
#include <memory>
#include <vector>

namespace bookdesk::test {

/// For tests to inherit. GUI thread.
class KeptCallBench
{
protected:
    /// Ada is signed in and the books are listed; the browser's pages are kept from then on.
    void beginAsAda()
    {
        m_at = std::make_unique<DeskPageFixture<pages::BooksPage>>();
        QVERIFY(m_at->isActive());
        const QSignalSpy listed(m_at->page.get(), &pages::BooksPage::listed);
        QCOMPARE(problemOf(m_at->desk->signIn({QStringLiteral("ada")})), QString());
        QTRY_VERIFY(!listed.isEmpty());
        m_opened.clear();
        m_at->desk->useBrowser([this](const QUrl &url) -> Result<void> {
            m_opened.push_back(url);
            return {};
        });
    }

    const pages::ProofPanel &panel() const { return m_at->page->proof(); }
    const widgets::OutcomePanel &outcome() const { return m_at->page->outcome(); }
    QPushButton *button(const QString &name) const { return buttonNamed(*m_at->page, name); }

    void press(const QString &name) const
    {
        QTRY_VERIFY(button(name) && button(name)->isVisible() && button(name)->isEnabled());
        QTest::mouseClick(button(name), Qt::LeftButton);
    }

    QList<widgets::RowState> states() const
    {
        QList<widgets::RowState> all;
        for (const widgets::StepRow *step : panel().steps())
            all += step->state();
        return all;
    }

    /// As screen readers say it.
    QString titleOf(int row) const
    {
        const QAbstractItemModel *model = m_at->page->table().view()->model();
        return model->index(row, 0).data(Qt::AccessibleTextRole).toString();
    }

    int sent(const std::function<bool(const net::Exchange &)> &isMeant) const
    {
        return static_cast<int>(std::ranges::count_if(m_at->desk->desk().exchanges().exchanges(), isMeant));
    }
    int deletes() const
    {
        return sent([](const net::Exchange &exchange) { return exchange.method == "DELETE"; });
    }

    /// The first book of the list.
    books::Book tryToDelete() const
    {
        m_at->page->table().view()->selectRow(0);
        const books::Book book = m_at->page->table().selectedBook().value_or(books::Book());
        QTest::mouseClick(button(QStringLiteral("delete")), Qt::LeftButton);
        QTest::mouseClick(button(QStringLiteral("confirm")), Qt::LeftButton);
        return book;
    }
    books::Book tryToDelete(sandbox::Fault fault) const
    {
        m_at->desk->sandbox().arm(fault, sandbox::FaultSpan::untilCleared);
        return tryToDelete();
    }

    /// Goes through the sign-in page that was opened last.
    void comeBack(const sandbox::Visit &visit)
    {
        QTRY_VERIFY(!m_opened.empty());
        m_visitor = workspace::personaBrowser(visit, {});
        m_visitor(m_opened.back());
        m_opened.clear();
    }

    std::vector<QUrl> m_opened;
    identity::OpenUrl m_visitor;
    std::unique_ptr<DeskPageFixture<pages::BooksPage>> m_at;
};

} // namespace bookdesk::test
