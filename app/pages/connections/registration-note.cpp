#include "pages/connections/registration-note.h"

#include "identity/connection.h"
#include "pages/connections/connection-texts.h"
#include "pages/connections/written-connection.h"
#include "style/metrics.h"
#include "widgets/key-value-rows.h"
#include "widgets/labels.h"

#include <QLocale>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::KeyValue;
using widgets::Look;

namespace {

/// The portal's own words where the provider is Entra.
std::vector<KeyValue> rowsOf(const identity::Connection &connection)
{
    const bool isEntra = hasTenants(connection.provider);
    const QString permissions = QLocale().createSeparatedList(shortScopes(connection));
    return {{RegistrationNote::tr("Platform"),
             isEntra ? RegistrationNote::tr("Mobile and desktop applications")
                     : RegistrationNote::tr("native or public client, with PKCE and without a secret"),
             Look::strong},
            {RegistrationNote::tr("Redirect URI"), redirectUris(connection).join(u'\n'), Look::mono},
            {isEntra ? RegistrationNote::tr("API permissions") : RegistrationNote::tr("Scopes"), permissions,
             Look::strong}};
}

} // namespace

RegistrationNote::RegistrationNote(QWidget *parent)
    : QWidget(parent)
    , m_title(widgets::label({}, Look::section, this))
    , m_hint(widgets::label(tr("Shown once the fields are filled in."), Look::smallMuted, this))
    , m_rows(new widgets::KeyValueRows(this, widgets::KeyValueRows::Placing::below))
{
    m_title->setWordWrap(true);
    m_hint->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(style::metricsOf(*this).px(5));
    column->addWidget(m_title);
    column->addWidget(m_hint);
    column->addWidget(m_rows);
}

void RegistrationNote::show(const identity::Provider &provider, const std::optional<identity::Connection> &connection)
{
    const bool isEntra = hasTenants(provider);
    m_title->setText(isEntra ? tr("Register in Entra") : tr("Register at the provider"));
    const bool hasSignIn = provider.hasSignIn;
    m_title->setVisible(hasSignIn);
    m_hint->setVisible(hasSignIn && !connection);
    m_rows->setVisible(hasSignIn && connection.has_value());
    m_rows->setRows(connection ? rowsOf(*connection) : std::vector<KeyValue>());
}

} // namespace bookdesk::pages
