#include "pages/token/token-parts.h"

#include "style/colors.h"
#include "style/icons.h"
#include "style/metrics.h"
#include "style/properties.h"
#include "widgets/buttons.h"
#include "widgets/flow-layout.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyleOptionButton>
#include <QStylePainter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {
namespace {

constexpr int shareOfButtons = 2; ///< Of the line, where there is a note, too.
constexpr int shareOfNote = 1;

style::Role roleOf(TokenPart part)
{
    switch (part) {
    case TokenPart::header:
        return style::Role::accent;
    case TokenPart::claims:
        return style::Role::claimsPart;
    case TokenPart::signature:
        break;
    }
    return style::Role::signaturePart;
}

/// The part's name in its colour, and what is said of it muted.
class PartButton : public QPushButton
{
public:
    PartButton(style::Role role, QWidget *parent)
        : QPushButton(parent)
        , m_role(role)
        , m_mark(style::steadyIcon(u"square"_s, role))
    {
        setProperty("look", u"flat"_s);
        setAutoDefault(false);
    }

    void setNameAndNote(const QString &text, const QString &number)
    {
        m_noteBegin = text.indexOf(number);
        setText(text);
        updateGeometry();
    }

    QSize sizeHint() const override
    {
        const style::Metrics metrics = style::metricsOf(*this);
        return {textLeft() + fontMetrics().horizontalAdvance(text()) + metrics.px(edge),
                QPushButton::sizeHint().height()};
    }

    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QStyleOptionButton option;
        initStyleOption(&option);
        option.text.clear();
        QStylePainter painter(this);
        painter.drawControl(QStyle::CE_PushButton, option);
        const style::Metrics metrics = style::metricsOf(*this);
        const int side = metrics.px(mark);
        const QRect square(metrics.px(edge), (height() - side) / 2, side, side);
        m_mark.paint(&painter, square);
        const QString name = text().left(m_noteBegin);
        const int noteLeft = textLeft() + fontMetrics().horizontalAdvance(name);
        painter.setPen(style::color(m_role));
        painter.drawText(QRect(textLeft(), 0, width(), height()), Qt::AlignLeft | Qt::AlignVCenter, name);
        painter.setPen(style::color(style::Role::muted));
        painter.drawText(QRect(noteLeft, 0, width(), height()), Qt::AlignLeft | Qt::AlignVCenter,
                         text().mid(name.size()));
    }

private:
    static constexpr int edge = 4;
    static constexpr int mark = 14;

    int textLeft() const { return style::metricsOf(*this).px(edge + mark + 2); }

    style::Role m_role;
    QIcon m_mark;
    qsizetype m_noteBegin = 0;
};

QWidget *makeDivider(QWidget *parent)
{
    auto *divider = new QWidget(parent);
    const style::Metrics metrics = style::metricsOf(*divider);
    style::setEdge(*divider, u"right"_s);
    divider->setFixedSize(1, metrics.px(28));
    return divider;
}

} // namespace

TokenParts::TokenParts(QWidget *parent)
    : QWidget(parent)
    , m_text(new TokenText(this))
    , m_divider(makeDivider(this))
    , m_reveal(widgets::pushButton(tr("Reveal"), {}, widgets::ButtonLook::flat, this))
    , m_line(new QHBoxLayout)
    , m_buttons(new widgets::FlowLayout(style::metricsOf(*this).px(4)))
{
    m_reveal->setCheckable(true);
    m_reveal->setIcon(style::icon(u"eye"_s, style::Role::accent));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(style::metricsOf(*this).px(4));
    column->addWidget(m_text, 1);
    m_line->addLayout(m_buttons, shareOfButtons);
    column->addLayout(m_line);
    addPart(TokenPart::header, u"partHeader"_s);
    addPart(TokenPart::claims, u"partClaims"_s);
    addPart(TokenPart::signature, u"partSignature"_s);
    m_buttons->addWidget(m_divider);
    m_buttons->addWidget(m_reveal);
    connect(m_reveal, &QPushButton::toggled, this, [this](bool isRevealed) {
        m_text->setRevealed(isRevealed);
        showButtons();
    });
    showButtons();
}

void TokenParts::addPart(TokenPart part, const QString &objectName)
{
    auto *button = new PartButton(roleOf(part), this);
    button->setObjectName(objectName);
    connect(button, &QPushButton::clicked, this, [this, part] { m_text->select(part); });
    m_parts.at(static_cast<std::size_t>(part)) = button;
    m_buttons->addWidget(button);
}

void TokenParts::addNote(QLabel *note)
{
    note->setWordWrap(true);
    note->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_line->addWidget(note, shareOfNote);
}

void TokenParts::setToken(const Secret &token, bool hasParts)
{
    m_text->setToken(token, hasParts);
    m_reveal->setChecked(m_text->isRevealed());
    m_reveal->setEnabled(!token.isEmpty());
    showButtons();
}

bool TokenParts::isRevealed() const { return m_text->isRevealed(); }

void TokenParts::showButtons()
{
    const bool isRevealed = m_text->isRevealed();
    m_reveal->setText(isRevealed ? tr("Hide") : tr("Reveal"));
    const auto size = [this](TokenPart part) { return QString::number(m_text->sizeOf(part)); };
    const auto name = [&](TokenPart part, const QString &text) {
        auto *button = static_cast<PartButton *>(m_parts.at(static_cast<std::size_t>(part)));
        button->setNameAndNote(text.arg(size(part)), size(part));
    };
    name(TokenPart::header, tr("Header %1"));
    name(TokenPart::claims, tr("Claims %1"));
    name(TokenPart::signature, isRevealed ? tr("Signature %1") : tr("Signature %1, hidden"));
    m_parts[0]->setAccessibleName(tr("Select the header, %1 characters").arg(size(TokenPart::header)));
    m_parts[1]->setAccessibleName(tr("Select the claims, %1 characters").arg(size(TokenPart::claims)));
    m_parts[2]->setAccessibleName(isRevealed ? tr("Select the signature, %1 characters").arg(size(TokenPart::signature))
                                             : tr("Signature, %1 characters, hidden").arg(size(TokenPart::signature)));
    m_parts[2]->setEnabled(isRevealed);
    for (QPushButton *part : m_parts)
        part->setVisible(m_text->hasParts());
    m_divider->setVisible(m_text->hasParts());
}

void TokenParts::hideEvent(QHideEvent *event)
{
    m_reveal->setChecked(false);
    QWidget::hideEvent(event);
}

} // namespace bookdesk::pages
