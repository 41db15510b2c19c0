#include "pages/settings/problems-card.h"

#include "pages/settings/problem-row.h"
#include "style/icons.h"
#include "style/metrics.h"
#include "style/properties.h"
#include "widgets/announcement.h"
#include "widgets/bars.h"
#include "widgets/buttons.h"
#include "widgets/key-value-rows.h"
#include "widgets/labels.h"
#include "workspace/workspace.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScreen>
#include <QVBoxLayout>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::ButtonLook;
using widgets::Look;
using workspace::Health;

namespace {

/// Whether what the check finds depends on the setting.
bool isChecked(workspace::Setting setting)
{
    using workspace::Setting;
    return setting == Setting::browserCommand || setting == Setting::proxySource || setting == Setting::proxyHost ||
           setting == Setting::proxyPort;
}

} // namespace

ProblemsCard::ProblemsCard(workspace::Workspace &workspace, Clock clock, QWidget *parent)
    : Card({}, parent)
    , m_workspace(workspace)
    , m_clock(std::move(clock))
    , m_check(new workspace::ProblemCheck(workspace, std::chrono::seconds(8), this))
{
    body()->setContentsMargins(0, 0, 0, 0);
    body()->setSpacing(0);
    addHead();
    addProblemRows();
    addFacts();
    body()->addStretch(1);
    addFoot();
    connect(m_check, &workspace::ProblemCheck::rowChanged, this, &ProblemsCard::showRow);
    connect(m_check, &workspace::ProblemCheck::ended, this, &ProblemsCard::showEnd);
    connect(&m_workspace.settings(), &workspace::Settings::changed, this, [this](workspace::Setting setting) {
        if (isChecked(setting))
            forget();
    });
    connect(&m_workspace.proxyLogins(), &net::ProxyLogins::answered, this, [this](bool isGiven) {
        if (isGiven && m_logIn->isVisible())
            toggle();
    });
}

QVBoxLayout *ProblemsCard::addPart(const QString &edge)
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *part = new QWidget(this);
    style::setEdge(*part, edge);
    auto *column = new QVBoxLayout(part);
    column->setContentsMargins(metrics.px(14), metrics.px(9), metrics.px(14), metrics.px(10));
    column->setSpacing(metrics.px(8));
    body()->addWidget(part);
    return column;
}

void ProblemsCard::addHead()
{
    m_time = widgets::label({}, Look::smallMuted, this);
    m_run = widgets::pushButton(tr("Check"), u"play"_s, ButtonLook::plain, this);
    m_run->setObjectName(u"checkForProblems"_s);
    m_run->setAccessibleName(tr("Check for problems"));
    connect(m_run, &QPushButton::clicked, this, &ProblemsCard::toggle);
    auto *head = new QHBoxLayout;
    head->addWidget(widgets::label(tr("Check for problems"), Look::section, this));
    head->addWidget(m_time);
    head->addStretch(1);
    head->addWidget(m_run);
    addPart(u"bottom"_s)->addLayout(head);
}

void ProblemsCard::addProblemRows()
{
    QVBoxLayout *part = addPart({});
    for (const workspace::ProblemSubject subject : workspace::allProblemSubjects) {
        m_rows.push_back(new ProblemRow(workspace::subjectName(subject), this));
        part->addWidget(m_rows.back());
        if (subject != workspace::ProblemSubject::proxy)
            continue;
        m_logIn = widgets::pushButton(tr("Log in to the proxy…"), {}, ButtonLook::plain, this);
        m_logIn->setObjectName(u"askForProxyLogin"_s);
        m_logIn->hide();
        connect(m_logIn, &QPushButton::clicked, this, &ProblemsCard::askForLogin);
        part->addWidget(m_logIn, 0, Qt::AlignLeft);
    }
}

void ProblemsCard::addFacts()
{
    QVBoxLayout *part = addPart(u"top"_s);
    part->addWidget(widgets::label(tr("Versions and places"), Look::section, this));
    m_facts = new widgets::KeyValueRows(this);
    std::vector<widgets::KeyValue> rows;
    for (const workspace::SupportFact &fact : facts())
        rows.push_back({fact.name, fact.value, fact.isPath ? Look::mono : Look::body});
    m_facts->setRows(rows);
    part->addWidget(m_facts);
}

void ProblemsCard::addFoot()
{
    QPushButton *copyButton = widgets::pushButton(tr("Copy for support"), u"copy"_s, ButtonLook::plain, this);
    copyButton->setObjectName(u"copyForSupport"_s);
    connect(copyButton, &QPushButton::clicked, this, &ProblemsCard::copy);
    m_copied = widgets::label(tr("Names and versions only, nothing secret"), Look::smallMuted, this);
    m_copied->setWordWrap(true);
    auto *foot = new QHBoxLayout;
    foot->addWidget(copyButton);
    foot->addWidget(m_copied, 1);
    addPart(u"top"_s)->addLayout(foot);
}

/// Those of the library, and what only the window knows.
std::vector<workspace::SupportFact> ProblemsCard::facts() const
{
    std::vector<workspace::SupportFact> all = workspace::supportFacts(m_workspace.settings());
    const auto firstPath = std::ranges::find(all, true, &workspace::SupportFact::isPath);
    const QSize screen = QGuiApplication::primaryScreen()->size();
    const int scale = qRound(QGuiApplication::primaryScreen()->devicePixelRatio() * 100);
    all.insert(firstPath, {tr("Display"), tr("%1, %2 %, %3 × %4", "platform, scale, size")
                                              .arg(QGuiApplication::platformName())
                                              .arg(scale)
                                              .arg(screen.width())
                                              .arg(screen.height())});
    return all;
}

void ProblemsCard::toggle()
{
    if (m_check->isRunning()) {
        m_check->cancel();
        return;
    }
    // Remedies go until their rows are checked again, and the page keeps its place meanwhile.
    setMinimumHeight(height());
    m_logIn->hide();
    m_time->clear();
    m_run->setText(tr("Cancel"));
    m_run->setIcon(style::icon(u"stop"_s, style::Role::text));
    m_run->setAccessibleName(tr("Cancel the check for problems"));
    for (ProblemRow *row : m_rows)
        row->show({});
    m_check->run();
    Q_EMIT resultsShown();
}

void ProblemsCard::forget()
{
    if (!m_check->isRunning() && m_time->text().isEmpty())
        return;
    m_check->forget();
    for (ProblemRow *row : m_rows)
        row->show({});
    m_logIn->hide();
    m_time->clear();
    setMinimumHeight(0);
    offer(tr("Check"), tr("Check for problems"));
}

/// @param name of the button, for screen readers.
void ProblemsCard::offer(const QString &text, const QString &name)
{
    m_run->setText(text);
    m_run->setIcon(style::icon(u"play"_s, style::Role::text));
    m_run->setAccessibleName(name);
}

void ProblemsCard::showRow(std::size_t row) { m_rows[row]->show(m_check->findings()[row]); }

void ProblemsCard::showEnd()
{
    for (std::size_t row = 0; row < m_rows.size(); ++row)
        showRow(row);
    offer(tr("Check again"), tr("Check for problems again"));
    m_time->setText(widgets::timeOfDay(m_clock()));
    const workspace::ProblemFinding &proxy =
        m_check->findings()[static_cast<std::size_t>(workspace::ProblemSubject::proxy)];
    m_logIn->setVisible(proxy.wantsLogin);
    setMinimumHeight(0);
    Q_EMIT resultsShown();
    const auto problems = std::ranges::count(m_check->findings(), Health::look, &workspace::ProblemFinding::health);
    widgets::announce(*this, problems == 0 ? tr("The check has found no problems.")
                                           : tr("%n of the rows need a look.", nullptr, static_cast<int>(problems)));
}

void ProblemsCard::askForLogin()
{
    workspace::Desk *desk = m_workspace.desk();
    const std::optional<net::Proxy> proxy = desk ? desk->proxyFor(desk->connection().apiBaseUrl) : std::nullopt;
    if (proxy)
        m_workspace.proxyLogins().ask(*proxy);
}

void ProblemsCard::copy()
{
    QGuiApplication::clipboard()->setText(workspace::supportText(facts(), m_check->findings()));
    m_copied->setText(tr("Copied: names and versions only, nothing secret"));
    widgets::announce(*m_copied, m_copied->text());
}

} // namespace bookdesk::pages
