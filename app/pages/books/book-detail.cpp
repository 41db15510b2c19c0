#include "pages/books/book-detail.h"

#include "core/isolation.h"
#include "core/text.h"
#include "style/metrics.h"
#include "widgets/buttons.h"
#include "widgets/key-value-rows.h"
#include "widgets/labels.h"
#include "widgets/line-cover.h"

#include <QPushButton>
#include <QResizeEvent>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <vector>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::Direction;
using widgets::KeyValue;
using widgets::Look;

namespace {

constexpr std::array knownMembers{"id"_L1, "title"_L1, "author"_L1, "isbn"_L1, "year"_L1};

bool isKnownMember(const QString &name)
{
    return std::ranges::any_of(knownMembers, [&name](QLatin1StringView known) { return name == known; });
}

/// Nobody reads more of a field, and the layout of megabytes would block the window.
constexpr qsizetype longestField = 5'000;
constexpr qsizetype longestName = 300;

void appendWhereSet(std::vector<KeyValue> &rows, const QString &key, const QString &value, Look look)
{
    if (!value.isEmpty())
        rows.push_back({key, shortened(value, longestField), look, Direction::isolated});
}

std::vector<KeyValue> fieldsOf(const books::Book &book)
{
    std::vector<KeyValue> rows;
    appendWhereSet(rows, BookDetail::tr("Year"), book.year, Look::body);
    appendWhereSet(rows, BookDetail::tr("ISBN"), book.isbn, Look::mono);
    appendWhereSet(rows, BookDetail::tr("ID"), book.id, Look::mono);
    for (const auto &[name, value] : book.fields.members()) {
        if (!isKnownMember(name))
            rows.push_back({isolated(shortened(name, longestName)), shortened(books::fieldText(value), longestField),
                            value.asString() ? Look::body : Look::mono, Direction::isolated});
    }
    return rows;
}

} // namespace

QString bookName(const books::Book &book)
{
    return shortened(book.title.isEmpty() ? book.id : book.title, longestName);
}

BookDetail::BookDetail(QWidget *parent)
    : Card({}, parent)
    , m_title(new widgets::ValueLabel({}, Look::section, this))
    , m_author(new widgets::ValueLabel({}, Look::muted, this))
    , m_rows(new widgets::KeyValueRows)
    , m_delete(widgets::pushButton(tr("Try to delete…"), u"trash"_s, widgets::ButtonLook::danger, this))
    , m_prediction(widgets::label({}, Look::smallMuted, this))
{
    QFont font = m_title->font();
    font.setPointSizeF(font.pointSizeF() * 1.15);
    m_title->setFont(font);
    m_title->setWordWrap(true);
    m_author->setWordWrap(true);
    m_prediction->setWordWrap(true);
    m_rows->setContentsMargins(m_title->margin(), 0, 0, 0);
    m_delete->setObjectName(u"delete"_s);
    body()->addWidget(makeFields(), 1);
    body()->addWidget(m_delete);
    body()->addWidget(m_prediction);
    setMinimumWidth(std::max(style::metricsOf(*this).px(200), BookDetail::minimumSizeHint().width()));
    connect(m_delete, &QPushButton::clicked, this, &BookDetail::deleteAsked);
    showBook();
}

QSize BookDetail::minimumSizeHint() const
{
    // A layout counts one line for a label that wraps.
    const QSize hint = Card::minimumSizeHint();
    return {hint.width(), std::max(hint.height(), body()->totalMinimumHeightForWidth(width()))};
}

void BookDetail::resizeEvent(QResizeEvent *event)
{
    Card::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        updateGeometry();
}

QScrollArea *BookDetail::makeFields()
{
    auto *area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setMinimumHeight(style::metricsOf(*this).px(64));
    auto *fields = new QWidget;
    fields->setProperty("ground", u"clear"_s);
    auto *column = new QVBoxLayout(fields);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(body()->spacing());
    column->addWidget(m_title);
    column->addWidget(m_author);
    column->addWidget(m_rows);
    column->addStretch(1);
    area->setWidget(fields);
    new widgets::LineCover(*area);
    return area;
}

void BookDetail::setBook(const std::optional<books::Book> &book)
{
    if (book == m_book)
        return;
    m_book = book;
    showBook();
}

void BookDetail::showBook()
{
    m_title->replaceText(m_book ? isolated(bookName(*m_book)) : tr("No book selected"));
    m_author->replaceText(m_book ? isolated(shortened(m_book->author, longestName))
                                 : tr("Select a book to see all its fields."));
    m_author->setVisible(!m_author->text().isEmpty());
    m_rows->setRows(m_book ? fieldsOf(*m_book) : std::vector<KeyValue>());
    showButton();
    m_prediction->setVisible(m_book.has_value());
}

void BookDetail::setDeleting(bool isDeleting)
{
    m_isDeleting = isDeleting;
    showButton();
}

void BookDetail::setWaiting(bool isWaiting)
{
    m_isWaiting = isWaiting;
    showButton();
}

void BookDetail::showButton()
{
    m_delete->setText(m_isDeleting ? tr("Deleting…") : tr("Try to delete…"));
    m_delete->setEnabled(m_book.has_value() && !m_isDeleting && !m_isWaiting);
}

void BookDetail::setPrediction(const QString &sentence) { m_prediction->setText(sentence); }

} // namespace bookdesk::pages
