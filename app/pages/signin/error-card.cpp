#include "pages/signin/error-card.h"

#include "core/text.h"
#include "identity/errors.h"
#include "identity/sign-in-advice.h"
#include "style/metrics.h"
#include "widgets/announcement.h"
#include "widgets/buttons.h"
#include "widgets/fitting-area.h"
#include "widgets/flow-layout.h"
#include "widgets/key-value-rows.h"
#include "widgets/line-cover.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

namespace bookdesk::pages {

using namespace Qt::StringLiterals;
using widgets::Look;
namespace ids = identity::errors;

namespace {

constexpr int leastDetails = 90; ///< Some rows, so that it is seen that there are more.

/// What happened is not said twice: the headline says that the sign-in was cancelled or declined.
QString adviceFor(const Error &error)
{
    if (error.code.kind() == ErrorKind::stopped)
        return error.remedy;
    if (error.code == ids::declined)
        return ErrorCard::tr("The sign-in page reports that the sign-in, or what Bookdesk asks for, was refused. %1",
                             "what to do")
            .arg(error.remedy);
    return advised(error);
}

/// What an administrator has to be told; empty where none can help, or nobody knows.
QString requestOf(const Error &error, const identity::AdviceContext &context)
{
    const identity::SignInAdvice advice = identity::signInAdvice(identity::oauthErrorOf(error.facts), {}, context);
    return advice.isKnown ? advice.message : QString();
}

QString reportOf(const QString &headline, const QString &advice, const Error &error)
{
    return headline + u'\n' + (advice.isEmpty() ? QString() : advice + u'\n') +
           ErrorCard::tr("Error code: %1").arg(error.code.toString()) + u'\n' + factLines(error.facts);
}

} // namespace

QString signInHeadline(const Error &error, const QString &host)
{
    if (error.code.kind() == ErrorKind::stopped)
        return ErrorCard::tr("Sign-in was cancelled");
    if (error.code == ids::timedOut)
        return ErrorCard::tr("No answer from the browser");
    if (error.code == ids::deviceCodeExpired)
        return ErrorCard::tr("This code has expired");
    if (error.code == ids::deviceCodeInvalid)
        return ErrorCard::tr("This code is not known any more");
    if (error.code == ids::deviceCodeUnsupported)
        return ErrorCard::tr("Signing in on another device is not offered here");
    if (error.code == ids::browserFailed)
        return ErrorCard::tr("The browser did not open");
    if (error.code == ids::listenFailed)
        return ErrorCard::tr("Bookdesk cannot receive the redirect");
    if (error.code == ids::linkUsedTwice)
        return ErrorCard::tr("The link was used twice");
    if (error.code == ids::redirectInvalid)
        return ErrorCard::tr("The redirect cannot be used");
    if (error.code == ids::idTokenRejected)
        return ErrorCard::tr("The ID token is not valid");
    if (error.code.kind() == ErrorKind::tls)
        return ErrorCard::tr("The certificate of %1 is not trusted").arg(visible(host));
    if (error.code.kind() == ErrorKind::network || error.code == ids::discoveryUnavailable)
        return ErrorCard::tr("Cannot reach %1").arg(visible(host));
    const identity::SignInAdvice advice = identity::signInAdvice(identity::oauthErrorOf(error.facts), {}, {});
    // Where an administrator must act, the person has not declined.
    if (error.code == ids::declined && requestOf(error, {}).isEmpty())
        return ErrorCard::tr("Sign-in was declined");
    return advice.isKnown ? advice.headline : ErrorCard::tr("Sign-in did not work");
}

ErrorCard::ErrorCard(QWidget *parent)
    : Card({}, parent)
    , m_icon(new widgets::IconLabel({}, style::Role::bad, this))
    , m_headline(new widgets::ValueLabel({}, Look::section, this))
    , m_advice(new widgets::ValueLabel({}, Look::body, this))
    , m_area(new widgets::FittingArea(leastDetails, QWIDGETSIZE_MAX, this))
    , m_details(new widgets::KeyValueRows(nullptr, widgets::KeyValueRows::Placing::below))
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *head = new QHBoxLayout;
    head->setSpacing(metrics.px(10) - widgets::headlineMargins().left());
    m_icon->setLogicalSize(20);
    head->addWidget(m_icon, 0, Qt::AlignTop);
    m_headline->setWordWrap(true);
    widgets::makeHeadline(*m_headline);
    head->addWidget(m_headline, 1);
    body()->addLayout(head);
    m_advice->setWordWrap(true);
    body()->addWidget(m_advice);
    m_area->setContent(m_details);
    new widgets::LineCover(*m_area);
    body()->addWidget(m_area);
    addButtons();
    m_area->hide();
    hide();
}

void ErrorCard::addButtons()
{
    m_explain = widgets::pushButton(tr("The browser shows an error…"), {}, widgets::ButtonLook::primary, this);
    m_explain->setObjectName(u"explainBrowserError"_s);
    m_again = widgets::pushButton(tr("Try again"), u"refresh"_s, widgets::ButtonLook::plain, this);
    m_new = widgets::pushButton(tr("New code"), u"refresh"_s, widgets::ButtonLook::plain, this);
    m_new->setObjectName(u"newCode"_s);
    m_new->hide();
    m_showDetails = widgets::pushButton(tr("Details"), {}, widgets::ButtonLook::flat, this);
    m_again->setObjectName(u"tryAgain"_s);
    m_showDetails->setObjectName(u"details"_s);
    m_showDetails->setCheckable(true);
    m_copy = widgets::pushButton(tr("Copy"), u"copy"_s, widgets::ButtonLook::plain, this);
    m_copy->setObjectName(u"copyDetails"_s);
    m_copy->setToolTip(tr("Copies everything shown here, including the details."));
    m_link = widgets::pushButton(tr("Copy link"), u"copy"_s, widgets::ButtonLook::plain, this);
    m_link->setObjectName(u"copyErrorLink"_s);
    m_link->setToolTip(tr("Copies the link to the sign-in page, for a browser on this computer."));
    m_link->hide();
    m_copyRequest = widgets::pushButton(tr("Copy request for admin"), u"copy"_s, widgets::ButtonLook::plain, this);
    m_copyRequest->setObjectName(u"copySignInRequest"_s);
    m_copyRequest->setToolTip(tr("Copies a message that tells your administrator what to change."));
    m_copyRequest->hide();
    auto *row = new widgets::FlowLayout(style::metricsOf(*this).px(8));
    row->addWidget(m_explain);
    row->addWidget(m_again);
    row->addWidget(m_copyRequest);
    row->addWidget(m_new);
    row->addWidget(m_link);
    row->addWidget(m_copy);
    row->addWidget(m_showDetails);
    body()->addLayout(row);
    connect(m_explain, &QPushButton::clicked, this, &ErrorCard::browserErrorAsked);
    connect(m_again, &QPushButton::clicked, this, &ErrorCard::againAsked);
    connect(m_new, &QPushButton::clicked, this, &ErrorCard::newCodeAsked);
    connect(m_link, &QPushButton::clicked, this, &ErrorCard::linkAsked);
    connect(m_showDetails, &QPushButton::toggled, m_area, &QWidget::setVisible);
    connect(m_copyRequest, &QPushButton::clicked, this, [this] {
        QApplication::clipboard()->setText(m_request);
        widgets::announce(*this, tr("The request was copied."));
    });
    connect(m_copy, &QPushButton::clicked, this, [this] { QApplication::clipboard()->setText(m_report); });
}

void ErrorCard::show(const Error &error, const QString &host)
{
    m_shown = error;
    const bool isOwnWish = error.code.kind() == ErrorKind::stopped;
    m_icon->setIcon(isOwnWish ? u"info"_s : u"cross"_s, isOwnWish ? style::Role::muted : style::Role::bad);
    m_headline->setText(signInHeadline(error, host));
    m_advice->setText(visibleLines(adviceFor(error)));
    m_advice->setVisible(!m_advice->text().isEmpty());
    m_request = requestOf(error, m_context);
    m_copyRequest->setVisible(!m_request.isEmpty());
    m_explain->setVisible(error.code == ids::timedOut);
    m_details->setRows(widgets::errorRows(error));
    const bool hasExpired = error.code == ids::deviceCodeExpired;
    widgets::setButtonLook(*m_new, u"refresh"_s,
                           hasExpired ? widgets::ButtonLook::primary : widgets::ButtonLook::plain);
    m_showDetails->setChecked(false);
    m_area->verticalScrollBar()->setValue(0);
    m_report = reportOf(m_headline->text(), m_advice->text(), error);
    setVisible(true);
    widgets::announce(*this, widgets::headlineAndText(m_headline->text(), m_advice->text()));
}

int ErrorCard::leastHeight() const { return layout()->totalMinimumHeightForWidth(width()); }

void ErrorCard::setContext(const identity::AdviceContext &context) { m_context = context; }

void ErrorCard::offerLink(bool isOffered) { m_link->setVisible(isOffered); }

void ErrorCard::offerNewCode(bool isOffered)
{
    m_new->setVisible(isOffered);
    m_again->setVisible(!isOffered);
}

void ErrorCard::takeFocus() { m_headline->setFocus(Qt::OtherFocusReason); }

QString ErrorCard::headline() const { return m_headline->text(); }

QString ErrorCard::advice() const { return m_advice->text(); }

QString ErrorCard::report() const { return m_report; }

} // namespace bookdesk::pages
