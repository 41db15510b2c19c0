#include "pages/books/books-table.h"

#include "pages/books/book-row-delegate.h"
#include "pages/books/books-filter.h"
#include "pages/books/books-model.h"
#include "pages/books/sort-header.h"
#include "style/metrics.h"
#include "widgets/bars.h"
#include "widgets/card.h"
#include "widgets/column-shares.h"
#include "widgets/labels.h"
#include "widgets/row-table.h"
#include "workspace/settings.h"

#include <QApplication>
#include <QHeaderView>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using workspace::Setting;
using workspace::Settings;

BooksTable::BooksTable(QWidget *parent)
    : QWidget(parent)
    , m_model(new BooksModel(this))
    , m_filter(new BooksFilter(*m_model, this))
    , m_view(new widgets::RowTable(this))
    , m_bar(new widgets::ThinBar(tr("Loading books"), this))
    , m_message(widgets::label({}, widgets::Look::muted, this))
    , m_stack(new QStackedLayout)
{
    m_model->setIsbnFont(style::monoFont(QApplication::font()));
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setWordWrap(true);
    setUpView();
    m_stack->addWidget(m_view);
    auto *messageCard = new widgets::Card({}, this);
    messageCard->body()->addWidget(m_message);
    m_stack->addWidget(messageCard);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(m_stack, 1);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &BooksTable::selectionChanged);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &BooksTable::selectionChanged);
}

void BooksTable::setUpView()
{
    const style::Metrics metrics = style::metricsOf(*this);
    m_view->setObjectName(u"books"_s);
    m_view->setAccessibleName(tr("Books"));
    m_view->setModel(m_filter);
    m_view->setItemDelegate(new BookRowDelegate(m_view));
    m_view->setHorizontalHeader(new SortHeader(m_view));
    setUpSorting();
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setWordWrap(false);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->verticalHeader()->setDefaultSectionSize(metrics.px(31));
    QHeaderView *header = m_view->horizontalHeader();
    header->setMinimumSectionSize(metrics.px(60));
    new widgets::ColumnShares(m_view, {40, 28, 11, 21});
}

void BooksTable::setUpSorting()
{
    const bool isDescending = Settings().number(Setting::sortDescending) == 1;
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(Settings().number(Setting::sortColumn),
                         isDescending ? Qt::DescendingOrder : Qt::AscendingOrder);
    connect(m_view->horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, [this](int by, Qt::SortOrder order) {
        Settings().setNumber(Setting::sortColumn, by);
        Settings().setNumber(Setting::sortDescending, order == Qt::DescendingOrder ? 1 : 0);
        m_view->scrollTo(m_view->currentIndex());
    });
}

void BooksTable::select(const QString &id)
{
    const int row = m_model->rowOf(id);
    const QModelIndex index = row < 0 ? QModelIndex() : m_filter->mapFromSource(m_model->index(row, 0));
    if (!index.isValid())
        return;
    m_view->setCurrentIndex(index);
    m_view->scrollTo(index);
}

void BooksTable::setBooks(std::shared_ptr<const books::BookList> list)
{
    const std::optional<books::Book> selected = selectedBook();
    const QString wanted = std::exchange(m_wantedId, {});
    m_model->setBooks(std::move(list));
    m_reason = tr("The API returned no books.");
    select(selected ? selected->id : wanted);
    if (!wanted.isEmpty() && !selectedBook())
        m_hiddenId = wanted;
    showRowsOrReason();
}

void BooksTable::removeBook(const QString &id)
{
    const int row = m_view->currentIndex().row();
    m_model->removeBook(id);
    m_reason = tr("No books are left in the list.");
    if (row >= 0 && shown() > 0)
        m_view->setCurrentIndex(m_filter->index(std::min(row, shown() - 1), 0));
    showRowsOrReason();
}

void BooksTable::clear(const QString &reason)
{
    m_model->setBooks(std::make_shared<books::BookList>());
    m_reason = reason;
    showRowsOrReason();
}

void BooksTable::forget()
{
    m_wantedId.clear();
    m_hiddenId.clear();
    clear({});
}

void BooksTable::setLoading(bool isLoading)
{
    m_isLoading = isLoading;
    m_model->setGreyed(isLoading);
    showRowsOrReason();
    if (isLoading)
        m_bar->startIndeterminate();
    else
        m_bar->stop();
    m_bar->raise();
}

void BooksTable::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    // On top of the rows, so that nothing moves when it appears or disappears.
    const int margin = style::metricsOf(*this).px(8);
    m_bar->setGeometry(margin, height() - m_bar->height() - 2, width() - 2 * margin, m_bar->height());
}

void BooksTable::setSearch(const QString &search)
{
    const std::optional<books::Book> selected = selectedBook();
    const QString id = selected ? selected->id : m_hiddenId;
    m_filter->setSearch(search);
    // Another row would take its place.
    m_view->clearSelection();
    m_view->selectionModel()->clearCurrentIndex();
    select(id);
    m_hiddenId = selectedBook() ? QString() : id;
    showRowsOrReason();
}

void BooksTable::setWaiting(const QString &id) { m_model->setWaiting(id); }

void BooksTable::setDeleting(const QStringList &ids) { m_model->setDeleting(ids); }

void BooksTable::showRowsOrReason()
{
    if (shown() == 0)
        m_message->setText(m_isLoading   ? tr("Loading books…")
                           : total() > 0 ? tr("No book matches the search.")
                                         : m_reason);
    m_stack->setCurrentIndex(shown() == 0 ? 1 : 0);
    Q_EMIT countChanged();
}

std::optional<books::Book> BooksTable::selectedBook() const
{
    const QModelIndexList rows = m_view->selectionModel()->selectedRows();
    if (rows.isEmpty())
        return {};
    return m_model->book(m_filter->mapToSource(rows.first()).row());
}

QString BooksTable::selectedId() const
{
    const std::optional<books::Book> book = selectedBook();
    if (book)
        return book->id;
    return m_hiddenId.isEmpty() ? m_wantedId : m_hiddenId;
}

int BooksTable::total() const { return m_model->rowCount(); }

int BooksTable::shown() const { return m_filter->rowCount(); }

} // namespace bookdesk::pages
