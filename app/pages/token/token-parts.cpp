#include "pages/token/token-parts.h"

#include "style/icons.h"
#include "style/metrics.h"
#include "widgets/buttons.h"
#include "widgets/flow-layout.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {
namespace {

constexpr int shareOfButtons = 3; ///< Of the line, where there is a note, too.
constexpr int shareOfNote = 2;

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

} // namespace

TokenParts::TokenParts(QWidget *parent)
    : QWidget(parent)
    , m_text(new TokenText(this))
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
    m_buttons->addWidget(m_reveal);
    connect(m_reveal, &QPushButton::toggled, this, [this](bool isRevealed) {
        m_text->setRevealed(isRevealed);
        showButtons();
    });
    showButtons();
}

void TokenParts::addPart(TokenPart part, const QString &objectName)
{
    QPushButton *button = widgets::pushButton({}, {}, widgets::ButtonLook::flat, this);
    button->setObjectName(objectName);
    button->setIcon(style::steadyIcon(u"square"_s, roleOf(part)));
    connect(button, &QPushButton::clicked, this, [this, part] { m_text->select(part); });
    m_parts.at(static_cast<std::size_t>(part)) = button;
    m_buttons->addWidget(button);
}

void TokenParts::addButton(QPushButton *button) { m_buttons->addWidget(button); }

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
    m_parts[0]->setText(tr("Header %1").arg(size(TokenPart::header)));
    m_parts[1]->setText(tr("Claims %1").arg(size(TokenPart::claims)));
    m_parts[2]->setText(isRevealed ? tr("Signature %1").arg(size(TokenPart::signature))
                                   : tr("Signature %1, hidden").arg(size(TokenPart::signature)));
    m_parts[0]->setAccessibleName(tr("Select the header, %1 characters").arg(size(TokenPart::header)));
    m_parts[1]->setAccessibleName(tr("Select the claims, %1 characters").arg(size(TokenPart::claims)));
    m_parts[2]->setAccessibleName(isRevealed ? tr("Select the signature, %1 characters").arg(size(TokenPart::signature))
                                             : tr("Signature, %1 characters, hidden").arg(size(TokenPart::signature)));
    m_parts[2]->setEnabled(isRevealed);
    for (QPushButton *part : m_parts)
        part->setVisible(m_text->hasParts());
}

void TokenParts::hideEvent(QHideEvent *event)
{
    m_reveal->setChecked(false);
    QWidget::hideEvent(event);
}

} // namespace bookdesk::pages
