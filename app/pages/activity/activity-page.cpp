#include "pages/activity/activity-page.h"

#include "core/text.h"
#include "net/har.h"
#include "pages/activity/exchange-detail.h"
#include "pages/activity/exchange-text.h"
#include "pages/activity/exchanges-model.h"
#include "pages/activity/exchanges-table.h"
#include "pages/activity/running-strip.h"
#include "style/metrics.h"
#include "widgets/banner.h"
#include "widgets/buttons.h"
#include "widgets/page-header.h"
#include "widgets/remembered-splitter.h"
#include "widgets/search-field.h"

#include <QCoroTask>
#include <QDate>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QPushButton>
#include <QShortcut>
#include <QStandardPaths>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {
namespace {

constexpr std::chrono::milliseconds tick{200};

/// Whether a server may have changed something though no answer came.
bool mayChangeSomething(const QByteArray &method) { return method != "GET" && method != "HEAD" && method != "OPTIONS"; }

QString proposedFile()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QDir(folder).filePath(u"bookdesk-%1.har"_s.arg(QDate::currentDate().toString(Qt::ISODate)));
}

QString countText(int count)
{
    return ActivityPage::tr("%n exchanges, kept in memory, secrets removed", nullptr, count);
}

} // namespace

ActivityPage::ActivityPage(QWidget *parent, Clock clock)
    : Page({u"activity"_s, tr("Activity"), Qt::CTRL | Qt::Key_4, false}, parent)
    , m_clock(std::move(clock))
    , m_header(new widgets::PageHeader(tr("Activity"), this))
    , m_back(widgets::toolButton(u"back"_s, tr("Back"), this))
    , m_filter(new widgets::SearchField(tr("Filter"), this))
    , m_save(widgets::pushButton(tr("Save HAR…"), u"export"_s, widgets::ButtonLook::plain, this))
    , m_clear(widgets::pushButton(tr("Clear"), u"trash"_s, widgets::ButtonLook::plain, this))
    , m_table(new ExchangesTable(m_clock, this))
    , m_strip(new RunningStrip(this))
    , m_notice(new widgets::Banner(this))
    , m_detail(new ExchangeDetail(this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics.marginX(), metrics.marginY(), metrics.marginX(), metrics.marginY());
    column->setSpacing(metrics.gap());
    makeHeader();
    column->addWidget(m_header);
    column->addWidget(m_notice);
    column->addWidget(makeContent(), 1);
    connectParts();
    showCount();
}

void ActivityPage::makeHeader()
{
    m_back->setObjectName(u"activityBack"_s);
    m_back->hide();
    m_filter->setObjectName(u"activityFilter"_s);
    m_filter->setShortcut(QKeySequence::Find);
    m_save->setObjectName(u"saveHar"_s);
    m_clear->setObjectName(u"clearActivity"_s);
    m_header->addBack(m_back);
    m_header->addField(m_filter, style::metricsOf(*this).px(220));
    m_header->addAction(m_save);
    m_header->addAction(m_clear);
    setFocusProxy(m_filter);
}

QWidget *ActivityPage::makeContent()
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *splitter = new widgets::RememberedSplitter(u"activity"_s, Qt::Vertical, this);
    splitter->setHandleWidth(metrics.gap());
    auto *list = new QWidget(splitter);
    auto *column = new QVBoxLayout(list);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_table, 1);
    column->addWidget(m_strip);
    list->setMinimumHeight(metrics.px(130));
    m_detail->setMinimumHeight(metrics.px(170));
    splitter->addWidget(list);
    splitter->addWidget(m_detail);
    splitter->restore({metrics.px(300), metrics.px(350)});
    return splitter;
}

void ActivityPage::connectParts()
{
    connect(m_filter, &QLineEdit::textChanged, m_table, &ExchangesTable::setSearch);
    connect(m_save, &QPushButton::clicked, this, &ActivityPage::saveHar);
    connect(m_clear, &QPushButton::clicked, this, &ActivityPage::clear);
    connect(m_back, &QToolButton::clicked, this, &ActivityPage::backAsked);
    connect(m_strip, &RunningStrip::cancelAsked, this, &ActivityPage::stop);
    connect(m_table, &ExchangesTable::selectionChanged, this, &ActivityPage::showSelected);
    connect(m_table, &ExchangesTable::countChanged, this, [this] {
        showCount();
        showSelected();
    });
    connect(&m_tick, &QTimer::timeout, this, [this] {
        m_table->model().updateTimes();
        showRunning();
    });
    auto *escape = new QShortcut(Qt::Key_Escape, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, this, &ActivityPage::closeOrGoBack);
}

std::vector<widgets::KeyHelp> ActivityPage::keys() const
{
    return {{Qt::CTRL | Qt::Key_F, tr("Filter the exchanges")}, {Qt::Key_Escape, tr("Go back, or close a message")}};
}

void ActivityPage::setDesk(workspace::Desk *desk)
{
    if (m_desk)
        disconnect(&m_desk->session(), nullptr, m_filter, nullptr);
    keepLeft();
    m_desk = desk;
    m_notice->forget();
    m_table->setLog(desk ? &desk->exchanges() : nullptr);
    restoreLeft();
    if (desk)
        connect(&desk->session(), &identity::Session::personChanged, m_filter, &QLineEdit::clear);
    showCount();
    showSelected();
}

void ActivityPage::keepLeft()
{
    const net::Exchange *selected = m_table->selected();
    if (m_desk)
        m_left.keep(m_desk, {m_filter->text(), selected ? selected->id : 0});
}

void ActivityPage::restoreLeft()
{
    const Left left = m_left.take(m_desk);
    m_filter->setText(left.filter);
    m_table->select(left.selected);
}

void ActivityPage::showPart(const QString &part)
{
    if (part == "login"_L1)
        m_filter->setText(placeText(net::RequestKind::tokens));
}

void ActivityPage::showExchange(std::int64_t id, const QString &origin)
{
    const QString name = tr("Back to %1").arg(origin);
    m_back->setAccessibleName(name);
    m_back->setToolTip(name);
    m_back->show();
    m_notice->forget();
    if (m_table->model().rowOf(id) >= 0 && !m_table->select(id)) {
        m_filter->clear();
        m_table->select(id);
    }
    m_table->view()->setFocus();
}

void ActivityPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    showRunning();
}

void ActivityPage::hideEvent(QHideEvent *event)
{
    Page::hideEvent(event);
    m_tick.stop();
    m_back->hide();
}

void ActivityPage::showCount()
{
    const int all = m_table->model().rowCount();
    const int shown = m_table->shown();
    m_header->setSubtitle(shown == all ? countText(all) : tr("%1 of %2").arg(shown).arg(countText(all)));
    for (QPushButton *button : {m_save, m_clear}) {
        button->setEnabled(all > 0);
        button->setAccessibleDescription(all > 0 ? QString() : tr("Nothing has been sent yet"));
    }
    showRunning();
}

void ActivityPage::showRunning()
{
    const net::Exchange *longest = m_table->model().longestRunning();
    m_strip->show(longest, m_table->model().running(), m_clock());
    m_table->setAttached(!m_strip->isHidden());
    if (!isVisible() || !longest) {
        m_tick.stop();
        return;
    }
    if (!m_tick.isActive())
        m_tick.start(tick);
}

void ActivityPage::showSelected()
{
    m_detail->setVisible(m_table->shown() > 0); // There is nothing to select.
    m_detail->show(m_table->selected(), m_clock());
}

void ActivityPage::clear()
{
    if (!m_desk)
        return;
    m_notice->forget();
    m_desk->exchanges().clear();
    m_filter->setFocus();
}

void ActivityPage::stop(std::int64_t id)
{
    const net::Exchange *exchange = m_desk ? m_desk->exchanges().find(id) : nullptr;
    if (!exchange)
        return;
    const QByteArray method = exchange->method;
    const QString name = methodText(*exchange);
    const QString where = whereText(*exchange);
    m_table->view()->setFocus();
    m_table->select(id);
    m_desk->stopExchange(id);
    if (!mayChangeSomething(method))
        return;
    m_notice->show(
        {widgets::Kind::warn,
         tr("%1 was stopped; its fate is unknown").arg(name),
         tr("The server may have carried out what was asked for (%1). Reload to see whether it did.").arg(where),
         {},
         {}});
    m_notice->setClosable(true);
}

void ActivityPage::saveHar()
{
    auto *dialog = new QFileDialog(this, tr("Save HAR"), QFileInfo(proposedFile()).path(),
                                   tr("HTTP archives (*.har);;All files (*)"));
    dialog->setObjectName(u"saveHarDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"har"_s);
    dialog->selectFile(QFileInfo(proposedFile()).fileName());
    connect(dialog, &QFileDialog::fileSelected, this, &ActivityPage::saveHarTo);
    dialog->open();
}

void ActivityPage::saveHarTo(const QString &path)
{
    if (!m_desk)
        return;
    const auto &exchanges = m_desk->exchanges().exchanges();
    m_save->setEnabled(false);
    QCoro::connect(net::saveHar(path, {exchanges.begin(), exchanges.end()}, m_clock()), this,
                   [this, path](const Result<void> &saved) { showSaved(path, saved); });
}

void ActivityPage::showSaved(const QString &path, const Result<void> &saved)
{
    showCount();
    if (saved)
        m_notice->show({widgets::Kind::ok,
                        tr("Saved: %1").arg(QFileInfo(path).fileName()),
                        tr("Only you can read %1. Secrets were removed, but names and addresses are in it.")
                            .arg(QDir::toNativeSeparators(path)),
                        {},
                        {}});
    else
        m_notice->show(
            {widgets::Kind::bad, saved.error().message, saved.error().remedy, widgets::errorRows(saved.error()), {}});
    m_notice->setClosable(true);
    if (!saved)
        m_notice->takeFocus();
}

void ActivityPage::closeOrGoBack()
{
    if (m_notice->isVisible())
        m_notice->close();
    else if (m_back->isVisible())
        Q_EMIT backAsked();
}

} // namespace bookdesk::pages
