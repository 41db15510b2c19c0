#include "pages/signin/device-code-card.h"

#include "core/address-text.h"
#include "core/durations.h"
#include "core/isolation.h"
#include "core/text.h"
#include "pages/signin/step-texts.h"
#include "style/metrics.h"
#include "widgets/announcement.h"
#include "widgets/bars.h"
#include "widgets/buttons.h"
#include "widgets/chip.h"
#include "widgets/flow-layout.h"
#include "widgets/labels.h"
#include "widgets/qr-picture.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace bookdesk::pages {

using namespace Qt::StringLiterals;
using std::chrono::minutes;
using std::chrono::seconds;
using widgets::Look;

namespace {

constexpr int pictureSide = 148;
constexpr qsizetype longestName = 24; ///< Of a connection, beside other words.

/// Letter by letter, as screen readers are to say it.
QString spelled(const QString &code)
{
    QStringList letters;
    for (const QChar letter : code)
        letters += QString(letter);
    return letters.join(u' ');
}

/// Large and wide-spaced, so that nobody reads one letter as two.
QFont codeFont(const QFont &body)
{
    QFont font = style::monoFont(body);
    font.setPointSizeF(font.pointSizeF() * 2.6);
    font.setWeight(QFont::Bold);
    font.setLetterSpacing(QFont::PercentageSpacing, 115);
    return font;
}

QLabel *wrapping(const QString &text, Look look)
{
    QLabel *label = widgets::label(text, look);
    label->setWordWrap(true);
    return label;
}

/// An icon beside texts.
QHBoxLayout *marked(const QString &icon, style::Role role, QLayout *texts, QWidget *parent)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(style::metricsOf(*parent).px(9));
    row->addWidget(new widgets::IconLabel(icon, role, parent), 0, Qt::AlignTop);
    row->addLayout(texts, 1);
    return row;
}

/// A button in the middle of the height of what is beside it.
QWidget *centered(QPushButton *button, int height)
{
    auto *holder = new QWidget(button->parentWidget());
    holder->setProperty("ground", u"clear"_s);
    holder->setMinimumHeight(height);
    auto *column = new QVBoxLayout(holder);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(button, 0, Qt::AlignVCenter);
    return holder;
}

/// A numbered step: its text, and what belongs to it below.
QHBoxLayout *step(int number, const QString &text, QLayout *below, QWidget *parent)
{
    const style::Metrics metrics = style::metricsOf(*parent);
    auto *row = new QHBoxLayout;
    row->setSpacing(metrics.px(10));
    const QString numeral = QString::number(number);
    auto *chip = new widgets::Chip(widgets::Kind::neutral, numeral, DeviceCodeCard::tr("Step %1").arg(numeral), parent);
    chip->setIcon({});
    row->addWidget(chip, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout;
    column->setSpacing(metrics.px(5));
    column->addWidget(wrapping(text, Look::body));
    column->addLayout(below);
    row->addLayout(column, 1);
    return row;
}

} // namespace

DeviceCodeCard::DeviceCodeCard(Clock clock, QWidget *parent)
    : Card({}, parent)
    , m_clock(std::move(clock))
    , m_title(new widgets::ElidedLabel({}, Look::section, this))
    , m_left(widgets::label({}, Look::strong, this))
    , m_bar(new widgets::ThinBar(tr("Time left for the code"), this))
    , m_steps(new QWidget(this))
{
    addHead();
    addSteps();
    addButtons();
    m_tick.setInterval(seconds(1));
    connect(&m_tick, &QTimer::timeout, this, &DeviceCodeCard::showTimeLeft);
    hide();
}

void DeviceCodeCard::addHead()
{
    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_left);
    body()->addLayout(head);
    body()->addWidget(m_bar);
}

void DeviceCodeCard::addSteps()
{
    const style::Metrics metrics = style::metricsOf(*this);
    m_steps->setProperty("ground", u"clear"_s);
    auto *rows = new QVBoxLayout(m_steps);
    rows->setContentsMargins(0, metrics.px(6), 0, 0);
    rows->setSpacing(metrics.px(12));
    auto *top = new QHBoxLayout;
    top->setSpacing(metrics.px(18));
    top->addLayout(makeSteps(), 1);
    top->addLayout(makePicture());
    rows->addLayout(top);
    body()->addWidget(m_steps);
    addWarnings();
}

QVBoxLayout *DeviceCodeCard::makeSteps()
{
    auto *steps = new QVBoxLayout;
    steps->setSpacing(style::metricsOf(*this).px(12));
    steps->addLayout(step(1, tr("Open this page on a device with a browser"), makeLinkRow(), m_steps));
    steps->addLayout(step(2, tr("Type this code there"), makeCodeRow(), m_steps));
    steps->addLayout(step(3, tr("Sign in there and confirm that it is Bookdesk. This page goes on by itself."),
                          makeStateRow(), m_steps));
    m_notice = wrapping({}, Look::small);
    widgets::setTone(*m_notice, u"warn"_s);
    m_notice->hide();
    steps->addWidget(m_notice);
    steps->addStretch(1);
    return steps;
}

QHBoxLayout *DeviceCodeCard::makeLinkRow()
{
    m_link = new widgets::ValueLabel({}, Look::mono, m_steps);
    m_link->setWordWrap(true);
    QFont font = m_link->font();
    font.setBold(true);
    m_link->setFont(font);
    m_copyLink = widgets::toolButton(u"copy"_s, tr("Copy the link"), m_steps);
    m_copyLink->setObjectName(u"copyDeviceLink"_s);
    m_open = widgets::toolButton(u"link-out"_s, tr("Open it here"), m_steps);
    m_open->setObjectName(u"openDeviceLink"_s);
    connect(m_copyLink, &QToolButton::clicked, this, [this] { QApplication::clipboard()->setText(m_link->value()); });
    connect(m_open, &QToolButton::clicked, this, &DeviceCodeCard::openLink);
    auto *row = new QHBoxLayout;
    row->setSpacing(style::metricsOf(*this).px(4));
    row->addWidget(m_link, 1);
    row->addWidget(m_copyLink);
    row->addWidget(m_open);
    return row;
}

QLayout *DeviceCodeCard::makeCodeRow()
{
    m_code = new widgets::ValueLabel({}, Look::mono, m_steps);
    m_code->setObjectName(u"userCode"_s);
    m_code->setFont(codeFont(QApplication::font()));
    m_code->setIndent(0);
    const style::Metrics metrics = style::metricsOf(*this);
    m_code->setContentsMargins(metrics.px(12), metrics.px(2), metrics.px(8), metrics.px(2));
    m_copyCode = widgets::pushButton(tr("Copy"), u"copy"_s, widgets::ButtonLook::plain, m_steps);
    m_copyCode->setObjectName(u"copyUserCode"_s);
    m_copyCode->setAccessibleName(tr("Copy the code"));
    connect(m_copyCode, &QPushButton::clicked, this, [this] { QApplication::clipboard()->setText(userCode()); });
    auto *row = new widgets::FlowLayout(metrics.px(8));
    row->addWidget(m_code);
    row->addWidget(centered(m_copyCode, m_code->sizeHint().height()));
    return row;
}

QLayout *DeviceCodeCard::makeStateRow()
{
    m_stateIcon = new widgets::IconLabel(u"refresh"_s, style::Role::accent, m_steps);
    m_stateIcon->setLogicalSize(14);
    m_state = widgets::label({}, Look::small, m_steps);
    QFont font = m_state->font();
    font.setWeight(QFont::DemiBold);
    m_state->setFont(font);
    m_pace = widgets::label({}, Look::smallMuted, m_steps);
    auto *row = new widgets::FlowLayout(style::metricsOf(*this).px(6));
    row->addWidget(m_stateIcon);
    row->addWidget(m_state);
    row->addWidget(m_pace);
    return row;
}

QVBoxLayout *DeviceCodeCard::makePicture()
{
    m_picture = new widgets::QrPicture(pictureSide, m_steps);
    auto *column = new QVBoxLayout;
    column->setSpacing(style::metricsOf(*this).px(6));
    column->addWidget(m_picture, 0, Qt::AlignHCenter);
    QLabel *about = widgets::label(tr("The link only.\nThe code you type."), Look::smallMuted, m_steps);
    about->setAlignment(Qt::AlignHCenter);
    column->addWidget(about);
    column->addStretch(1);
    return column;
}

void DeviceCodeCard::addWarnings()
{
    auto *texts = new QVBoxLayout;
    texts->setSpacing(style::metricsOf(*this).px(2));
    texts->addWidget(wrapping(tr("Type only the code that you see here."), Look::strong));
    texts->addWidget(wrapping(tr("A code that somebody sent you signs that person in as you."), Look::body));
    auto *warning = new widgets::Card({}, m_steps);
    warning->setProperty("kind", u"warn"_s);
    warning->body()->addLayout(marked(u"warning"_s, style::Role::warn, texts, m_steps));

    auto *block = new QVBoxLayout;
    block->addWidget(wrapping(tr("Many organizations block this way of signing in (Conditional Access, AADSTS53003). "
                                 "Then sign in on a computer with a browser."),
                              Look::smallMuted));
    auto *rows = static_cast<QVBoxLayout *>(m_steps->layout());
    rows->addWidget(warning);
    rows->addLayout(marked(u"info"_s, style::Role::muted, block, m_steps));
}

void DeviceCodeCard::addButtons()
{
    auto *row = new widgets::FlowLayout(style::metricsOf(*this).px(8));
    m_cancel = widgets::pushButton(tr("Cancel"), u"stop"_s, widgets::ButtonLook::plain, this);
    m_new = widgets::pushButton(tr("New code"), u"refresh"_s, widgets::ButtonLook::plain, this);
    m_browser = widgets::pushButton(tr("Use the browser on this computer"), {}, widgets::ButtonLook::flat, this);
    m_cancel->setObjectName(u"cancelDeviceCode"_s);
    m_new->setObjectName(u"newDeviceCode"_s);
    m_browser->setObjectName(u"useBrowserHere"_s);
    for (QPushButton *button : {m_cancel, m_new, m_browser})
        row->addWidget(button);
    body()->addLayout(row);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (m_attempt)
            m_attempt->cancel();
    });
    connect(m_new, &QPushButton::clicked, this, &DeviceCodeCard::newCodeAsked);
    connect(m_browser, &QPushButton::clicked, this, &DeviceCodeCard::browserAsked);
}

void DeviceCodeCard::setAttempt(identity::DeviceCodeSignIn *attempt)
{
    if (m_attempt)
        m_attempt->disconnect(this);
    m_attempt = attempt;
    setVisible(attempt != nullptr);
    forgetCode();
    if (!attempt)
        return;
    m_title->setFullText(tr("Signing in to %1 on another device").arg(isolated(attempt->connection().name)));
    connect(attempt, &identity::DeviceCodeSignIn::progressed, this, &DeviceCodeCard::refresh);
    m_bar->startIndeterminate();
    refresh();
}

void DeviceCodeCard::forgetCode()
{
    m_tick.stop();
    m_bar->stop();
    m_shown.reset();
    m_said = seconds{0};
    m_left->clear();
    m_code->clear();
    m_code->setAccessibleName({});
    m_link->setBreakableText({});
    m_picture->clearLink();
    m_notice->hide();
    m_steps->hide();
    m_new->setEnabled(false);
}

void DeviceCodeCard::takeFocus()
{
    if (m_shown)
        m_code->setFocus(Qt::OtherFocusReason);
    else
        m_cancel->setFocus(Qt::OtherFocusReason);
}

QString DeviceCodeCard::userCode() const { return m_shown ? m_shown->userCode : QString(); }

QString DeviceCodeCard::link() const { return m_link->value(); }

QString DeviceCodeCard::timeLeft() const { return m_left->text(); }

QString DeviceCodeCard::state() const { return m_state->text() + u' ' + m_pace->text(); }

void DeviceCodeCard::refresh()
{
    if (!m_attempt)
        return;
    if (m_attempt->code() && !m_shown)
        showCode(*m_attempt->code());
    showState();
    showTimeLeft();
}

void DeviceCodeCard::showCode(const identity::DeviceCode &code)
{
    m_shown = code;
    m_code->setText(code.userCode);
    m_code->setAccessibleName(spelled(code.userCode));
    m_link->setBreakableText(addressText(code.verificationLink));
    m_picture->setLink(code.verificationLink);
    m_steps->show();
    m_new->setEnabled(true);
    m_said = secondsBetween(m_clock(), code.expiresAt);
    m_tick.start();
    widgets::announce(*this, tr("Open %1 on another device and type the code %2. %3")
                                 .arg(addressText(code.verificationLink), spelled(code.userCode),
                                      widgets::lifeText(code.expiresAt, m_clock())));
    if (m_cancel->hasFocus())
        takeFocus();
}

void DeviceCodeCard::showState()
{
    const bool isVerifying = m_attempt->step() == identity::DeviceCodeStep::verifyTokens;
    m_state->setText(isVerifying ? tr("Verifying tokens") : tr("Waiting for you"));
    const auto interval = std::chrono::ceil<seconds>(m_attempt->interval()).count();
    const QString name = isolated(shortened(m_attempt->connection().name, longestName));
    m_pace->setText(isVerifying ? QString() : tr("asks %1 every %2 s").arg(name, QString::number(interval)));
}

void DeviceCodeCard::showTimeLeft()
{
    if (!m_shown || !m_attempt)
        return;
    const seconds left = secondsBetween(m_clock(), m_shown->expiresAt);
    const seconds whole = std::max(secondsBetween(m_attempt->codeFrom(), m_shown->expiresAt), seconds{1});
    m_left->setText(timeLeftText(left));
    m_bar->setFraction(static_cast<double>(left.count()) / static_cast<double>(whole.count()));
    announceTimeLeft(left);
}

void DeviceCodeCard::announceTimeLeft(seconds left)
{
    for (const seconds limit : {seconds(minutes(1)), seconds(minutes(5))}) {
        if (left > limit || m_said <= limit)
            continue;
        m_said = limit;
        widgets::announce(*this, tr("The code can be used for another %1.").arg(durationText(limit)));
        return;
    }
}

void DeviceCodeCard::showNotice(const QString &text)
{
    m_notice->setText(visibleLines(text));
    m_notice->show();
    widgets::announce(*this, text);
}

void DeviceCodeCard::openLink()
{
    if (!m_attempt)
        return;
    m_attempt->openLink().failure().whenSet([card = QPointer(this)](const std::optional<Error> &error) {
        if (card && error)
            card->showNotice(advised(*error));
    });
}

} // namespace bookdesk::pages
