#include "pages/register/register-page.h"

#include "core/off-thread.h"
#include "core/private-file.h"
#include "pages/register/register-form.h"
#include "pages/register/save-connection-dialog.h"
#include "style/metrics.h"
#include "widgets/announcement.h"
#include "widgets/buttons.h"
#include "widgets/page-header.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QToolButton>
#include <QVBoxLayout>

#include <chrono>
#include <functional>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {
namespace {

constexpr std::chrono::milliseconds followsAfter{300};

} // namespace

RegisterPage::RegisterPage(QWidget *parent)
    : QWidget(parent)
    , m_form(new RegisterForm(this))
    , m_scripts(new ScriptView(this))
    , m_save(widgets::pushButton(tr("Save connection file…"), u"connections"_s, widgets::ButtonLook::plain, this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *header = new widgets::PageHeader(tr("Register it for me"), this);
    makeHeader(*header);
    auto *area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(m_form);
    area->setMinimumWidth(metrics.px(300));
    auto *columns = new QHBoxLayout;
    columns->setSpacing(metrics.gap());
    columns->addWidget(area, 35);
    columns->addWidget(m_scripts, 65);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(metrics.marginX(), metrics.marginY(), metrics.marginX(), metrics.marginY());
    rows->setSpacing(metrics.gap());
    rows->addWidget(header);
    rows->addLayout(columns, 1);
    m_wait.setSingleShot(true);
    m_wait.setInterval(followsAfter);
    connect(&m_wait, &QTimer::timeout, this, &RegisterPage::follow);
    connect(m_form, &RegisterForm::changed, &m_wait, qOverload<>(&QTimer::start));
    connect(m_form, &RegisterForm::tenantLeft, this, [this] { Q_EMIT tenantAsked(m_form->plan()); });
    connect(m_form, &RegisterForm::cancelAsked, this, &RegisterPage::tenantCancelled);
    auto *escape = new QShortcut(Qt::Key_Escape, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, this, &RegisterPage::left);
}

// A field with the focus loses it when QWidget's destructor hides the page, and would then signal a page whose own part
// is destroyed already.
RegisterPage::~RegisterPage() { m_form->disconnect(this); }

void RegisterPage::makeHeader(widgets::PageHeader &header)
{
    QToolButton *back = widgets::toolButton(u"back"_s, tr("Back"), this);
    back->setObjectName(u"registerBack"_s);
    connect(back, &QToolButton::clicked, this, &RegisterPage::left);
    header.addBack(back);
    header.setSubtitle(tr("what an admin needs to set up both registrations"));
    m_save->setObjectName(u"saveConnectionFile"_s);
    connect(m_save, &QPushButton::clicked, this, &RegisterPage::askForIds);
    header.addAction(m_save);
}

void RegisterPage::begin(const registration::Plan &plan)
{
    m_scripts->clear();
    m_form->setPlan(plan);
    m_wait.stop();
    follow();
}

void RegisterPage::follow()
{
    const registration::Plan plan = m_form->plan();
    const bool isWhole = registration::problemsOf(plan).empty();
    if (isWhole)
        m_scripts->setPlan(plan);
    else
        m_scripts->setIncomplete();
    m_save->setEnabled(isWhole);
    m_save->setAccessibleDescription(isWhole ? QString() : tr("Complete the form"));
}

void RegisterPage::askForIds()
{
    auto *dialog = new SaveConnectionDialog(m_form->plan(), this);
    connect(dialog, &SaveConnectionDialog::made, this, &RegisterPage::askWhereToSave,
            Qt::QueuedConnection); // once this dialog has given its place up
    dialog->open();
}

void RegisterPage::askWhereToSave(const QByteArray &text)
{
    auto *dialog = new QFileDialog(this, tr("Save connection file"));
    dialog->setObjectName(u"saveConnectionFileDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Connection (*.json)")});
    dialog->setDefaultSuffix(u"json"_s);
    dialog->selectFile(registration::fileNameOf(m_form->plan()) + u".json"_s);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, text](const QString &path) { saveConnectionTo(path, text); });
    dialog->open();
}

void RegisterPage::saveConnectionTo(const QString &path, const QByteArray &text)
{
    const std::function<Result<void>()> work = [path, text] { return writePrivately(path, text); };
    QCoro::connect(offThread<Result<void>>(work, std::stop_token()), this,
                   [this](const std::optional<Result<void>> &written) {
                       if (!written)
                           return;
                       if (*written)
                           m_scripts->say(tr("The connection file was saved."));
                       else
                           m_scripts->sayFailure(advised((*written).error()));
                   });
}

} // namespace bookdesk::pages
