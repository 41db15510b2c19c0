#include "widgets/banner.h"

#include "core/isolation.h"
#include "style/icons.h"
#include "style/metrics.h"
#include "style/properties.h"
#include "widgets/announcement.h"
#include "widgets/buttons.h"
#include "widgets/chip.h"
#include "widgets/flow-layout.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>
#include <QVariant>

#include <algorithm>
#include <utility>

namespace bookdesk::widgets {

using namespace Qt::StringLiterals;

namespace {

constexpr int wrappedShare = 100;
constexpr int textShare = 1000;
constexpr int mostShareOfButtons = 3; ///< The widest takes no more than this part of the banner's width: a third.
constexpr int chipGap = 10;

int widthInOneLine(const ValueLabel &label)
{
    const QMargins around = label.contentsMargins();
    return label.fontMetrics().horizontalAdvance(label.text()) + 2 * label.margin() + around.left() + around.right();
}

} // namespace

Banner::Banner(QWidget *parent)
    : QFrame(parent)
    , m_row(new QHBoxLayout(this))
    , m_icon(new IconLabel({}, style::Role::text, this))
    , m_top(new QHBoxLayout)
    , m_column(new QVBoxLayout)
    , m_headline(new ValueLabel({}, Look::section, this))
    , m_chip(new Chip(Kind::neutral, {}, {}, this))
    , m_text(new ValueLabel({}, Look::body, this))
    , m_rows(new KeyValueRows(this))
    , m_texts(new QWidget(this))
    , m_beside(new QVBoxLayout)
    , m_below(new FlowLayout(style::metricsOf(*this).px(6)))
    , m_close(toolButton(u"cross"_s, tr("Close"), this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    m_row->setContentsMargins(metrics.px(14), metrics.px(10), metrics.px(10), metrics.px(10));
    m_row->setSpacing(metrics.px(11) - headlineMargins().left());
    m_icon->setLogicalSize(20);
    m_row->addWidget(m_icon, 0, Qt::AlignTop);
    fillTexts();
    m_row->addWidget(m_texts, textShare);
    m_row->addStretch(1);
    m_row->addLayout(makeActionColumn());
    m_row->addWidget(m_close, 0, Qt::AlignTop);
    m_close->setIcon(style::icon(u"cross"_s, style::Role::muted));
    connect(m_close, &QToolButton::clicked, this, &Banner::close);
    m_texts->installEventFilter(this);
    setFocusProxy(m_headline);
    m_close->hide();
    hide();
}

void Banner::fillTexts()
{
    const style::Metrics metrics = style::metricsOf(*this);
    // The limit applies to the whole column: a layout asks its items for their height at a width that ignores their own
    // limit.
    m_texts->setMaximumWidth(metrics.textColumn());
    // Without it, a headline in one line would keep the column too wide for the headline to wrap.
    m_texts->setMinimumWidth(metrics.px(60));
    m_texts->setLayout(m_column);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(metrics.px(4));
    m_top->setSpacing(metrics.px(chipGap));
    makeHeadline(*m_headline);
    m_top->addWidget(m_headline);
    m_top->addWidget(m_chip, 0, Qt::AlignTop);
    m_top->addStretch(1);
    m_column->addLayout(m_top);
    m_text->setWordWrap(true);
    m_text->setContentsMargins(headlineMargins());
    m_column->addWidget(m_text);
    const int left = m_headline->margin() + headlineMargins().left();
    m_rows->setContentsMargins(left, 0, 0, 0);
    m_column->addWidget(m_rows);
    m_below->setContentsMargins(left, 0, 0, 0);
    m_column->addLayout(m_below);
    m_column->addStretch(1);
}

QVBoxLayout *Banner::makeActionColumn()
{
    m_beside->setSpacing(style::metricsOf(*this).px(6));
    auto *column = new QVBoxLayout;
    column->addLayout(m_beside);
    column->addStretch(1);
    return column;
}

void Banner::show(const BannerText &text)
{
    m_kind = text.kind;
    m_icon->setIcon(text.icon.isEmpty() ? kindIcon(text.kind) : text.icon, kindInk(text.kind));
    m_headline->setBreakableText(visibleSentences(text.headline));
    m_text->setBreakableText(visibleSentences(text.text));
    m_text->setVisible(!text.text.isEmpty());
    setRows(text.rows);
    m_chip->hide();
    fitHeadline();
    dropButtons();
    style::setStyleProperty(*this, "kind", kindName(text.kind));
    setVisible(true);
    setAccessibleName(withoutIsolates(headlineAndText(this->headline(), this->text())));
    announce(*this, accessibleName());
}

void Banner::setHeadline(const QString &headline)
{
    m_headline->setBreakableText(visibleSentences(headline));
    fitHeadline();
}

void Banner::forget()
{
    setAccessibleName({});
    forgetAnnouncement(*this);
    m_headline->replaceText({});
    m_text->replaceText({});
    m_rows->setRows({});
    m_chip->hide();
    dropButtons();
    hide();
}

void Banner::setChip(Kind kind, const QString &text, const QString &sentence)
{
    m_chip->set(kind, text, sentence);
    m_chip->setOutlined(kind == m_kind);
    m_chip->show();
    fitHeadline();
}

void Banner::setRows(const std::vector<KeyValue> &rows)
{
    m_rows->setRows(rows);
    m_rows->setVisible(!rows.empty());
}

QPushButton *Banner::addButton(const QString &text, const QString &icon)
{
    return add(pushButton(text, icon, ButtonLook::plain, this));
}

QPushButton *Banner::addFlatButton(const QString &text) { return add(pushButton(text, {}, ButtonLook::flat, this)); }

QPushButton *Banner::add(QPushButton *button)
{
    m_buttons.push_back(button);
    if (m_areButtonsBelow)
        m_below->addWidget(button);
    else
        m_beside->addWidget(button);
    button->show();
    placeButtons();
    return button;
}

void Banner::dropButtons()
{
    for (QPushButton *button : std::exchange(m_buttons, {})) {
        button->hide();
        m_below->removeWidget(button);
        m_beside->removeWidget(button);
        button->deleteLater();
    }
}

void Banner::placeButtons()
{
    int widest = 0;
    for (const QPushButton *button : m_buttons)
        widest = std::max(widest, button->sizeHint().width());
    const bool areBelow = widest * mostShareOfButtons > width();
    if (areBelow == m_areButtonsBelow)
        return;
    m_areButtonsBelow = areBelow;
    QLayout *from = areBelow ? static_cast<QLayout *>(m_beside) : m_below;
    QLayout *to = areBelow ? static_cast<QLayout *>(m_below) : m_beside;
    for (QPushButton *button : m_buttons) {
        from->removeWidget(button);
        to->addWidget(button);
        button->show(); // Another parent hides it.
    }
}

void Banner::fitHeadline()
{
    const int chip = m_chip->isHidden() ? 0 : m_chip->sizeHint().width() + m_top->spacing();
    m_headline->setWordWrap(widthInOneLine(*m_headline) + chip > m_texts->width());
    m_top->setStretchFactor(m_headline, m_headline->wordWrap() ? wrappedShare : 0);
    placeText();
}

void Banner::placeText()
{
    const bool isBeside = isOneLine();
    if (isBeside != m_isTextBeside)
        setTextBeside(isBeside);
}

bool Banner::isOneLine() const
{
    const bool saysMore = !m_chip->isHidden() || !m_rows->isEmpty();
    return !saysMore && !m_text->text().isEmpty() &&
           widthInOneLine(*m_headline) + widthInOneLine(*m_text) <= m_texts->width();
}

void Banner::setTextBeside(bool isBeside)
{
    m_isTextBeside = isBeside;
    if (isBeside) {
        m_column->removeWidget(m_text);
        m_top->insertWidget(m_top->indexOf(m_headline) + 1, m_text);
    } else {
        m_top->removeWidget(m_text);
        m_column->insertWidget(m_column->indexOf(m_top) + 1, m_text);
    }
    m_row->setAlignment(m_icon, isBeside ? Qt::AlignVCenter : Qt::AlignTop);
    m_row->setAlignment(m_texts, isBeside ? Qt::AlignVCenter : Qt::Alignment());
    // The labels' own margins keep them apart.
    m_top->setSpacing(isBeside ? 0 : style::metricsOf(*this).px(chipGap));
    m_text->setWordWrap(!isBeside);
    setTone(*m_text, isBeside ? u"muted"_s : QString());
}

void Banner::setClosable(bool isClosable) { m_close->setVisible(isClosable); }

void Banner::close()
{
    hide();
    Q_EMIT closed();
}

void Banner::takeFocus() { m_headline->setFocus(Qt::OtherFocusReason); }

QString Banner::headline() const { return m_headline->value(); }

QString Banner::text() const { return m_text->value(); }

void Banner::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    placeButtons();
}

bool Banner::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_texts && event->type() == QEvent::Resize)
        fitHeadline();
    return QFrame::eventFilter(watched, event);
}

void Banner::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !m_close->isHidden()) {
        close();
        return;
    }
    QFrame::keyPressEvent(event);
}

} // namespace bookdesk::widgets
