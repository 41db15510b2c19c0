#include "pages/settings/sign-in-card.h"

#include "identity/browser.h"
#include "pages/settings/choice-rows.h"
#include "pages/settings/keep-row.h"
#include "style/metrics.h"
#include "widgets/announcement.h"
#include "widgets/labels.h"
#include "workspace/workspace.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QRadioButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using workspace::Setting;

SignInCard::SignInCard(workspace::Workspace &workspace, QWidget *parent)
    : Card(tr("Signing in"), parent)
    , m_settings(workspace.settings())
{
    QGridLayout *rows = addRows(*this);
    QWidget *browser = makeBrowserRow();
    QWidget *time = makeTimeRow();
    showBrowser();
    showTimeLimit();
    addRow(*rows, tr("Browser"), *browser, m_settings, Setting::browserCommand);
    addRow(*rows, tr("Time limit"), *time, m_settings, Setting::timeLimit);
    addRow(*rows, tr("Keep me signed in"), *new KeepRow(workspace, this), m_settings, Setting::keepSignedIn);
    connect(m_default, &QRadioButton::toggled, this,
            [this](bool isChosen) { isChosen ? chooseDefault() : chooseCommand(); });
    connect(m_command, &QLineEdit::editingFinished, this, &SignInCard::keepCommand);
    connect(m_minutes, &QSpinBox::valueChanged, this,
            [this](int minutes) { m_settings.setNumber(Setting::timeLimit, minutes); });
    connect(&m_settings, &workspace::Settings::changed, this, [this](Setting setting) {
        if (setting == Setting::browserCommand)
            showBrowser();
        else if (setting == Setting::timeLimit)
            showTimeLimit();
    });
}

QWidget *SignInCard::makeBrowserRow()
{
    const QString name = tr("Browser");
    auto *row = new QWidget(this);
    m_default = choice(name, tr("Default browser"), u"defaultBrowser"_s, row);
    m_custom = choice(name, tr("This command"), u"browserCommand"_s, row);
    m_command = new QLineEdit(row);
    m_command->setObjectName(u"command"_s);
    m_command->setPlaceholderText(u"chromium --incognito %u"_s);
    m_command->setFont(style::monoFont(font()));
    m_command->setAccessibleName(tr("Command of the browser"));
    QLabel *explanation =
        hint(tr("%u becomes the sign-in address. The command is started directly, without a shell."), row);
    m_complaint = hint({}, row);
    m_complaint->setObjectName(u"commandComplaint"_s);
    widgets::setTone(*m_complaint, u"bad"_s);
    auto *command = new QHBoxLayout;
    command->addWidget(m_custom);
    command->addWidget(m_command, 1);
    auto *column = new QVBoxLayout(row);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(style::metricsOf(*this).px(6));
    column->addWidget(m_default);
    column->addLayout(command);
    column->addWidget(m_complaint);
    column->addWidget(explanation);
    return row;
}

QWidget *SignInCard::makeTimeRow()
{
    auto *row = new QWidget(this);
    const workspace::SettingRow &limit = workspace::rowOf(Setting::timeLimit);
    m_minutes = numberField(tr("Time limit for signing in, in minutes"), u"timeLimit"_s, limit.least, limit.most, row);
    const QString text = tr("%1 min");
    m_minutes->setPrefix(text.section(u"%1"_s, 0, 0));
    m_minutes->setSuffix(text.section(u"%1"_s, 1));
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(m_minutes);
    line->addWidget(hint(tr("for the browser to come back, %1 to %2 min").arg(limit.least).arg(limit.most), row), 1);
    return row;
}

void SignInCard::showBrowser()
{
    const QSignalBlocker blockDefault(m_default);
    const QString command = m_settings.text(Setting::browserCommand);
    m_default->setChecked(command.isEmpty());
    m_custom->setChecked(!command.isEmpty());
    m_command->setText(command);
    m_command->setEnabled(!command.isEmpty());
    if (!m_settings.isLocked(Setting::browserCommand))
        m_command->setAccessibleDescription(command.isEmpty() ? tr("Choose “This command” to write one.") : QString());
    m_complaint->hide();
}

void SignInCard::showTimeLimit()
{
    const QSignalBlocker blockMinutes(m_minutes);
    m_minutes->setValue(m_settings.number(Setting::timeLimit));
}

void SignInCard::chooseDefault() { m_settings.setText(Setting::browserCommand, {}); }

/// Nothing is kept until the command can be started.
void SignInCard::chooseCommand()
{
    m_command->setEnabled(true);
    m_command->setAccessibleDescription({});
    m_command->setFocus(Qt::OtherFocusReason);
}

void SignInCard::keepCommand()
{
    if (!m_custom->isChecked())
        return;
    const QString command = m_command->text().trimmed();
    const Result<void> checked = identity::checkBrowserCommand(command);
    m_complaint->setText(checked ? QString() : checked.error().message);
    m_complaint->setVisible(!checked);
    if (!checked)
        widgets::announce(*m_command, checked.error().message);
    else if (command != m_settings.text(Setting::browserCommand))
        m_settings.setText(Setting::browserCommand, command);
}

} // namespace bookdesk::pages
