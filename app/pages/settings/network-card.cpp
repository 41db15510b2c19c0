#include "pages/settings/network-card.h"

#include "core/address-text.h"
#include "core/text.h"
#include "pages/settings/choice-rows.h"
#include "style/metrics.h"
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

NetworkCard::NetworkCard(workspace::Workspace &workspace, QWidget *parent)
    : Card(tr("Network"), parent)
    , m_workspace(workspace)
{
    const QString name = tr("Proxy");
    m_system = choice(name, tr("As the system"), u"proxySystem"_s, this);
    m_none = choice(name, tr("None"), u"proxyNone"_s, this);
    m_manual = choice(name, tr("Manual"), u"proxyManual"_s, this);
    m_effect = hint({}, this);
    m_effect->setObjectName(u"proxyEffect"_s);
    auto *choices = new QWidget(this);
    auto *column = new QVBoxLayout(choices);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(style::metricsOf(*this).px(6));
    column->addWidget(sideBySide({m_system, m_none, m_manual}, choices));
    column->addWidget(m_effect);
    QGridLayout *rows = addRows(*this);
    addRow(*rows, name, *choices, m_workspace.settings(), Setting::proxySource);
    addRow(*rows, tr("Manual proxy"), *makeManualRow(), m_workspace.settings(), Setting::proxyHost);
    body()->addStretch(1);
    showSettings();
    const auto whenChosen = [this](QRadioButton *button, const QString &source) {
        connect(button, &QRadioButton::toggled, this, [this, source](bool isChosen) {
            if (isChosen)
                choose(source);
        });
    };
    whenChosen(m_system, u"system"_s);
    whenChosen(m_none, u"none"_s);
    whenChosen(m_manual, u"manual"_s);
    connect(m_host, &QLineEdit::editingFinished, this, &NetworkCard::keepHost);
    connect(m_port, &QSpinBox::editingFinished, this,
            [this] { m_workspace.settings().setNumber(Setting::proxyPort, m_port->value()); });
    connect(&m_workspace.settings(), &workspace::Settings::changed, this, &NetworkCard::showSettings);
}

QWidget *NetworkCard::makeManualRow()
{
    auto *row = new QWidget(this);
    m_host = new QLineEdit(row);
    m_host->setObjectName(u"proxyHost"_s);
    m_host->setPlaceholderText(tr("Host"));
    m_host->setAccessibleName(tr("Host of the manual proxy"));
    const workspace::SettingRow &port = workspace::rowOf(Setting::proxyPort);
    m_port = numberField(tr("Port of the manual proxy"), u"proxyPort"_s, port.least, port.most, row);
    m_hint = hint({}, row);
    auto *line = new QHBoxLayout;
    line->addWidget(m_host, 1);
    line->addWidget(m_port);
    auto *column = new QVBoxLayout(row);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(style::metricsOf(*this).px(6));
    column->addLayout(line);
    column->addWidget(m_hint);
    return row;
}

void NetworkCard::showSettings()
{
    const QSignalBlocker blockSystem(m_system);
    const QSignalBlocker blockNone(m_none);
    const QSignalBlocker blockManual(m_manual);
    const workspace::Settings &settings = m_workspace.settings();
    const QString source = settings.text(Setting::proxySource);
    const bool isManual = source == "manual"_L1;
    QRadioButton *chosen = isManual ? m_manual : source == "none"_L1 ? m_none : m_system;
    chosen->setChecked(true);
    m_host->setText(settings.text(Setting::proxyHost));
    m_port->setValue(settings.number(Setting::proxyPort));
    const QString reason = isManual ? tr("Its password is asked for when needed, and not stored.")
                                    : tr("Choose “Manual” to name a proxy.");
    m_hint->setText(reason);
    for (QWidget *field : {static_cast<QWidget *>(m_host), static_cast<QWidget *>(m_port)}) {
        field->setEnabled(isManual);
        field->setAccessibleDescription(settings.isLocked(Setting::proxyHost) ? lockReason() : reason);
    }
    showEffect();
}

void NetworkCard::showEffect()
{
    workspace::Desk *desk = m_workspace.desk();
    m_effect->setVisible(desk != nullptr);
    if (!desk)
        return;
    const QUrl api = desk->connection().apiBaseUrl;
    const QString host = asciiHostAndPort(api, net::usualPort);
    const std::optional<net::Proxy> proxy = desk->proxyFor(api);
    m_effect->setText(proxy ? tr("Requests to %1 go through %2.").arg(visible(host), visible(net::proxyName(*proxy)))
                            : tr("Requests to %1 use no proxy.").arg(visible(host)));
}

void NetworkCard::choose(const QString &source)
{
    m_workspace.settings().setText(Setting::proxySource, source);
    if (source == "manual"_L1 && m_host->text().isEmpty())
        m_host->setFocus(Qt::OtherFocusReason);
}

void NetworkCard::keepHost()
{
    const QString host = m_host->text().trimmed();
    if (host != m_workspace.settings().text(Setting::proxyHost))
        m_workspace.settings().setText(Setting::proxyHost, host);
}

} // namespace bookdesk::pages
