#include "pages/settings/keep-row.h"

#include "identity/errors.h"
#include "pages/settings/choice-rows.h"
#include "style/metrics.h"
#include "widgets/announcement.h"
#include "widgets/banner.h"
#include "widgets/buttons.h"
#include "workspace/workspace.h"

#include <QCheckBox>
#include <QCoroTask>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using identity::TokenVault;
using workspace::Setting;

namespace {

/// No keychain, or one that lets nobody in.
bool isShut(const TokenVault &vault)
{
    const std::optional<Error> &failure = vault.failure();
    return failure && (failure->code == identity::errors::keychainUnavailable ||
                       failure->code == identity::errors::keychainLocked);
}

} // namespace

KeepRow::KeepRow(workspace::Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_keep(new QCheckBox(tr("In the keychain of this computer"), this))
    , m_check(widgets::pushButton({}, u"refresh"_s, widgets::ButtonLook::plain, this))
    , m_hint(hint({}, this))
    , m_banner(new widgets::Banner(this))
{
    m_keep->setObjectName(u"keepSignedIn"_s);
    m_keep->setAccessibleName(tr("Keep me signed in: in the keychain of this computer"));
    m_check->setObjectName(u"checkKeychain"_s);
    m_hint->setObjectName(u"keepHint"_s);
    auto *top = new QHBoxLayout;
    top->addWidget(m_keep, 1);
    top->addWidget(m_check);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(style::metricsOf(*this).px(8));
    column->addLayout(top);
    column->addWidget(m_hint);
    column->addWidget(m_banner);
    connect(m_keep, &QCheckBox::toggled, this, &KeepRow::choose);
    connect(m_check, &QPushButton::clicked, this, &KeepRow::checkAgain);
    connect(&m_workspace.vault(), &TokenVault::stateChanged, this, &KeepRow::showState);
    connect(&m_workspace.settings(), &workspace::Settings::changed, this, [this](Setting setting) {
        if (setting == Setting::keepSignedIn)
            followSetting();
    });
    showState();
}

void KeepRow::choose(bool isChosen) { m_workspace.settings().setNumber(Setting::keepSignedIn, isChosen ? 1 : 0); }

void KeepRow::followSetting()
{
    m_wasTurnedOff = m_workspace.settings().number(Setting::keepSignedIn) != 1;
    showState();
}

void KeepRow::checkAgain()
{
    m_check->setEnabled(false);
    QCoro::connect(m_workspace.vault().check(), this, [this](const Result<void> &) { m_check->setEnabled(true); });
}

void KeepRow::showState()
{
    const QSignalBlocker blockKeep(m_keep);
    const TokenVault::State state = m_workspace.vault().state();
    const bool isWanted = m_workspace.settings().number(Setting::keepSignedIn) == 1;
    const bool hasFailed = isWanted && state == TokenVault::State::failed;
    // What is damaged or slow can be turned off; where there is no keychain, there is nothing to turn off.
    const bool isUsable = !hasFailed || !isShut(m_workspace.vault());
    m_keep->setChecked(isWanted && isUsable);
    m_keep->setEnabled(isUsable && !m_workspace.settings().isLocked(Setting::keepSignedIn));
    m_check->setVisible(hasFailed);
    m_hint->setVisible(!hasFailed);
    if (hasFailed)
        return showFailure();
    m_banner->forget();
    const QString text = m_wasTurnedOff && state == TokenVault::State::off && !m_workspace.vault().failure()
                             ? tr("You stay signed in until you close Bookdesk. Stored sign-ins were removed.")
                         : !isWanted                         ? tr("You stay signed in until you close Bookdesk.")
                         : state == TokenVault::State::ready ? tr("You stay signed in until you sign out.")
                                                             : tr("Looking for the keychain…");
    const bool isNews = m_hint->text() != text && !m_hint->text().isEmpty();
    m_hint->setText(text);
    m_keep->setAccessibleDescription(text);
    if (isNews && isVisible())
        widgets::announce(*m_keep, text);
}

void KeepRow::showFailure()
{
    const std::optional<Error> &failure = m_workspace.vault().failure();
    if (!failure)
        return;
    const bool isLocked = failure->code == identity::errors::keychainLocked;
    const bool isMissing = failure->code == identity::errors::keychainUnavailable;
    m_check->setText(isLocked ? tr("Unlock…") : tr("Check again"));
    m_check->setAccessibleName(isLocked ? tr("Unlock the keychain") : tr("Check the keychain again"));
    const QString headline = isMissing  ? tr("No keychain found")
                             : isLocked ? tr("The keychain is locked")
                                        : tr("The keychain cannot be used");
    const QString meanwhile =
        isMissing ? tr("You stay signed in until you close Bookdesk. Nothing secret is written to disk.")
                  : tr("You stay signed in until you close Bookdesk. Nothing more is stored.");
    const QString why = isMissing ? QString() : failure->message;
    QStringList sentences{why, meanwhile, failure->remedy};
    sentences.removeAll(QString());
    const QString text = sentences.join(u' ');
    if (m_banner->headline() != headline || m_banner->text() != text)
        m_banner->show({widgets::Kind::warn, headline, text, {}, {}});
    m_keep->setAccessibleDescription(widgets::headlineAndText(headline, text));
}

} // namespace bookdesk::pages
