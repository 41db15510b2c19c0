#include "pages/connections/connection-form.h"

#include "identity/provider.h"
#include "pages/connections/authorities-field.h"
#include "pages/connections/form-row.h"
#include "style/metrics.h"
#include "widgets/announcement.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScopedValueRollback>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {
namespace {

constexpr int longestText = 2048;
constexpr int nameColumn = 120;

QString *textIn(WrittenConnection &written, Field field)
{
    switch (field) {
    case Field::name:
        return &written.name;
    case Field::tenant:
        return &written.tenant;
    case Field::authority:
        return &written.authority;
    case Field::clientId:
        return &written.clientId;
    case Field::apiBaseUrl:
        return &written.apiBaseUrl;
    case Field::audience:
        return &written.audience;
    case Field::scopes:
        return &written.scopes;
    case Field::scopeClaims:
        return &written.scopeClaims;
    case Field::roleClaims:
        return &written.roleClaims;
    case Field::provider:
    case Field::cloud:
    case Field::authorities:
        break;
    }
    return nullptr;
}

/// A cloud by its usual name, with its host. Source: Microsoft "National clouds", MSAL.NET's list of sovereign clouds.
QString cloudName(const QString &host)
{
    if (host == "login.microsoftonline.com"_L1)
        return ConnectionForm::tr("Global");
    if (host == "login.microsoftonline.us"_L1)
        return ConnectionForm::tr("US Government");
    if (host == "login.partner.microsoftonline.cn"_L1)
        return ConnectionForm::tr("China");
    return host;
}

} // namespace

ConnectionForm::ConnectionForm(QWidget *parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(metrics.gap());
    m_grid->setVerticalSpacing(metrics.px(10));
    m_grid->setColumnMinimumWidth(0, metrics.px(nameColumn));
    m_grid->setColumnStretch(1, 1);
    makeFields();
    const QScopedValueRollback filling(m_isFilling, true);
    const QStringList ids = identity::providerIds();
    for (const QString &id : ids) {
        const Result<identity::Provider> provider = identity::findProvider(id);
        if (provider)
            m_providerBox->addItem(provider->name, id);
    }
    m_grid->setRowStretch(m_grid->rowCount(), 1);
}

void ConnectionForm::makeFields()
{
    addLine(Field::name, u"connectionName"_s);
    m_providerBox = new QComboBox(this);
    m_providerBox->setObjectName(u"connectionProvider"_s);
    addRow(Field::provider, m_providerBox);
    m_cloudBox = new QComboBox(this);
    m_cloudBox->setObjectName(u"connectionCloud"_s);
    addRow(Field::cloud, m_cloudBox);
    addLine(Field::tenant, u"connectionTenant"_s);
    addLine(Field::authority, u"connectionAuthority"_s);
    addLine(Field::clientId, u"connectionClientId"_s);
    addLine(Field::apiBaseUrl, u"connectionApi"_s);
    addLine(Field::audience, u"connectionAudience"_s);
    m_scopes = new QPlainTextEdit(this);
    m_scopes->setObjectName(u"connectionScopes"_s);
    m_scopes->setTabChangesFocus(true);
    m_scopes->setFixedHeight(3 * m_scopes->fontMetrics().lineSpacing() + style::metricsOf(*this).px(14));
    addRow(Field::scopes, m_scopes);
    connect(m_scopes, &QPlainTextEdit::textChanged, this, [this] { take(Field::scopes, m_scopes->toPlainText()); });
    addLine(Field::scopeClaims, u"connectionScopeClaims"_s);
    addLine(Field::roleClaims, u"connectionRoleClaims"_s);
    m_authorities = new AuthoritiesField(this);
    addRow(Field::authorities, m_authorities);
    connect(m_authorities, &AuthoritiesField::edited, this, [this] {
        m_written.authorities = m_authorities->certificates();
        Q_EMIT edited();
    });
    connect(m_authorities, &AuthoritiesField::refused, this, [this](const QString &reason) {
        row(Field::authorities).setComplaint(reason);
        if (!reason.isEmpty())
            widgets::announce(*m_authorities, reason);
    });
    connect(m_providerBox, &QComboBox::currentIndexChanged, this, &ConnectionForm::chooseProvider);
    connect(m_cloudBox, &QComboBox::currentIndexChanged, this, &ConnectionForm::chooseCloud);
}

QLineEdit *ConnectionForm::addLine(Field field, const QString &objectName)
{
    auto *line = new QLineEdit(this);
    line->setObjectName(objectName);
    line->setMaxLength(longestText);
    m_lines.emplace(field, line);
    addRow(field, line);
    connect(line, &QLineEdit::textChanged, this, [this, field](const QString &text) { take(field, text); });
    return line;
}

void ConnectionForm::addRow(Field field, QWidget *widget)
{
    auto *made = new FormRow(widget, this);
    const int place = m_grid->rowCount();
    m_grid->addWidget(made->name(), place, 0, Qt::AlignTop);
    m_grid->addWidget(made, place, 1);
    m_rows.emplace(field, made);
    connect(made, &FormRow::left, this, [this, field] {
        m_left.insert(field);
        check(field);
        const QString &complaint = row(field).complaint();
        if (!complaint.isEmpty())
            widgets::announce(*this, complaint);
    });
}

void ConnectionForm::setWritten(const WrittenConnection &written)
{
    m_written = written;
    m_provider = identity::findProvider(written.providerId).value_or(identity::Provider());
    m_left.clear();
    m_proposedScopes.clear();
    fillFields();
    for (const auto &[field, shown] : m_rows)
        shown->setComplaint({});
}

void ConnectionForm::fillFields()
{
    const QScopedValueRollback filling(m_isFilling, true);
    m_providerBox->setCurrentIndex(m_providerBox->findData(m_written.providerId));
    m_cloudBox->clear();
    for (const QString &host : cloudsOf(m_provider))
        m_cloudBox->addItem(cloudName(host), host);
    m_cloudBox->addItem(tr("External ID, or another address"), QString());
    m_cloudBox->setCurrentIndex(m_cloudBox->findData(m_written.cloud));
    for (const auto &[field, line] : m_lines) {
        line->setText(*textIn(m_written, field));
        line->setCursorPosition(0);
    }
    m_scopes->setPlainText(m_written.scopes);
    m_authorities->setCertificates(m_written.authorities);
    arrange();
}

void ConnectionForm::arrange()
{
    const std::vector<Field> asked = fieldsOf(m_provider, m_written);
    for (const auto &[field, shown] : m_rows) {
        shown->setShown(std::ranges::find(asked, field) != asked.end());
        shown->setName(fieldName(field, m_provider));
        shown->setHint(fieldHint(field, m_provider));
    }
    for (const auto &[field, line] : m_lines)
        line->setPlaceholderText(fieldExample(field, m_provider));
    m_scopes->setPlaceholderText(fieldExample(Field::scopes, m_provider));
    m_cloudBox->setToolTip(m_written.cloud);
}

void ConnectionForm::setReadOnly(bool isReadOnly)
{
    for (const auto &[field, line] : m_lines)
        line->setReadOnly(isReadOnly);
    m_scopes->setReadOnly(isReadOnly);
    m_providerBox->setEnabled(!isReadOnly);
    m_cloudBox->setEnabled(!isReadOnly);
    m_authorities->setReadOnly(isReadOnly);
}

QStringList ConnectionForm::unfinished() const
{
    QStringList names;
    for (const Field field : fieldsOf(m_provider, m_written)) {
        if (!complaintAbout(field, m_written, m_provider).isEmpty())
            names += fieldName(field, m_provider);
    }
    return names;
}

void ConnectionForm::chooseProvider()
{
    if (m_isFilling)
        return;
    const Result<identity::Provider> provider = identity::findProvider(m_providerBox->currentData().toString());
    if (!provider)
        return;
    m_provider = *provider;
    m_written.providerId = provider->id;
    m_written.cloud = newForm(*provider).cloud;
    fillFields();
    proposeScopes();
    for (const Field field : m_left)
        check(field);
    Q_EMIT edited();
}

void ConnectionForm::chooseCloud()
{
    if (m_isFilling)
        return;
    const QString before = std::exchange(m_written.cloud, m_cloudBox->currentData().toString());
    if (m_written.cloud.isEmpty() && !before.isEmpty() && m_written.authority.isEmpty()) {
        const QScopedValueRollback filling(m_isFilling, true);
        m_written.authority = u"https://"_s;
        m_lines.at(Field::authority)->setText(m_written.authority);
    }
    arrange();
    for (const Field field : m_left)
        check(field);
    Q_EMIT edited();
}

void ConnectionForm::take(Field field, const QString &text)
{
    if (m_isFilling)
        return;
    *textIn(m_written, field) = text;
    if (field == Field::audience)
        proposeScopes();
    // What was wrong is fine as soon as it is; what is wrong is said when the field is left.
    for (const Field left : m_left) {
        if (left != field || !row(left).complaint().isEmpty())
            check(left);
    }
    Q_EMIT edited();
}

/// The usual scopes of the API, until the person writes others.
void ConnectionForm::proposeScopes()
{
    const QString current = m_written.scopes.trimmed();
    if (!current.isEmpty() && current != m_proposedScopes)
        return;
    m_proposedScopes = usualScopes(m_written, m_provider).join(u'\n');
    const QScopedValueRollback filling(m_isFilling, true);
    m_written.scopes = m_proposedScopes;
    m_scopes->setPlainText(m_proposedScopes);
}

void ConnectionForm::check(Field field)
{
    if (field != Field::authorities)
        row(field).setComplaint(complaintAbout(field, m_written, m_provider));
}

/// A field that had the focus when the editor was shown last has not been left by the person.
void ConnectionForm::takeFocus()
{
    m_lines.at(Field::name)->setFocus(Qt::OtherFocusReason);
    m_left.clear();
    for (const auto &[field, shown] : m_rows)
        shown->setComplaint({});
}

} // namespace bookdesk::pages
