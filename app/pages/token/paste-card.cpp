#include "pages/token/paste-card.h"

#include "core/isolation.h"
#include "core/text.h"
#include "pages/token/paste-field.h"
#include "pages/token/token-parts.h"
#include "style/metrics.h"
#include "widgets/buttons.h"
#include "widgets/chip.h"
#include "widgets/labels.h"

#include <QAbstractTextDocumentLayout>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDropEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QMimeData>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTextDocument>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::ButtonLook;
using widgets::Look;

namespace {

/// More than a token may have, so that the rest of a huge clipboard is not even copied.
constexpr qsizetype mostLetters = 1024 * 1024 + 1;

} // namespace

PasteCard::PasteCard(workspace::TokenPaste &paste, QWidget *parent)
    : Card({}, parent)
    , m_paste(paste)
    , m_title(widgets::label(tr("Pasted token"), Look::section, this))
    , m_match(new widgets::Chip(widgets::Kind::accent, {}, {}, this))
    , m_choice(new QComboBox(this))
    , m_judge(widgets::label({}, Look::smallMuted, this))
    , m_clear(widgets::pushButton(tr("Clear"), u"cross"_s, ButtonLook::plain, this))
    , m_problemIcon(new widgets::IconLabel(u"warning"_s, style::Role::warn, this))
    , m_problem(widgets::label({}, Look::body, this))
    , m_field(new PasteField(this))
    , m_parts(new TokenParts(this))
    , m_takenOff(widgets::label({}, Look::smallMuted, this))
{
    setAcceptDrops(true);
    m_match->setIcon(u"connections"_s);
    m_judge->setWordWrap(true);
    m_takenOff->setObjectName(u"takenOff"_s);
    m_parts->text()->setObjectName(u"pastedToken"_s);
    m_parts->reveal()->setObjectName(u"revealPasted"_s);
    m_parts->text()->setAcceptDrops(false);
    m_parts->addNote(m_takenOff);
    m_empty = makeEmpty();
    body()->addLayout(makeTop());
    body()->addWidget(m_empty, 1);
    body()->addWidget(m_parts, 1);
    connect(m_field, &PasteField::received, this, &PasteCard::take);
    connect(m_clear, &QPushButton::clicked, &paste, &workspace::TokenPaste::clear);
    connect(m_choice, &QComboBox::activated, this,
            [this](int index) { m_paste.judgeBy(m_choice->itemData(index).toString()); });
    connect(m_parts->text(), &TokenText::secretCopyAsked, this, &PasteCard::copyAsked);
    connect(m_parts->text()->document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &PasteCard::fitText);
    connect(&paste, &workspace::TokenPaste::changed, this, &PasteCard::showPaste);
    showPaste();
}

QLayout *PasteCard::makeTop()
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *paste = widgets::pushButton(tr("Paste"), u"paste"_s, ButtonLook::plain, this);
    paste->setObjectName(u"paste"_s);
    connect(paste, &QPushButton::clicked, this, &PasteCard::pasteFromClipboard);
    auto *open = widgets::pushButton(tr("Open file…"), u"file"_s, ButtonLook::plain, this);
    open->setObjectName(u"openTokenFile"_s);
    connect(open, &QPushButton::clicked, this, &PasteCard::openFile);
    m_clear->setObjectName(u"clearPaste"_s);
    m_choice->setObjectName(u"judgedBy"_s);
    m_choice->setAccessibleName(tr("The connection that judges the token"));
    m_judge->setObjectName(u"judge"_s);
    auto *row = new QHBoxLayout;
    row->setSpacing(metrics.px(10));
    row->addWidget(m_title);
    row->addWidget(m_match);
    row->addWidget(m_choice);
    row->addWidget(m_judge, 1);
    row->addWidget(paste);
    row->addWidget(open);
    row->addWidget(m_clear);
    return row;
}

QWidget *PasteCard::makeEmpty()
{
    const style::Metrics metrics = style::metricsOf(*this);
    m_field->setObjectName(u"pasteField"_s);
    m_problem->setObjectName(u"noToken"_s);
    m_problem->setWordWrap(true);
    widgets::setTone(*m_problem, u"warn"_s);
    auto *empty = new QWidget(this);
    auto *column = new QVBoxLayout(empty);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics.px(8));
    auto *problem = new QHBoxLayout;
    problem->setSpacing(metrics.px(8));
    problem->addWidget(m_problemIcon, 0, Qt::AlignTop);
    problem->addWidget(m_problem, 1);
    column->addLayout(problem);
    column->addWidget(m_field, 1);
    return empty;
}

void PasteCard::pasteFromClipboard() { take(QApplication::clipboard()->mimeData()); }

void PasteCard::openFile()
{
    auto *dialog = new QFileDialog(this, tr("Open a file with a token"));
    dialog->setObjectName(u"tokenFileDialog"_s);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, &m_paste, &workspace::TokenPaste::takeFile);
    dialog->open();
}

void PasteCard::take(const QMimeData *given)
{
    const QList<QUrl> urls = given ? given->urls() : QList<QUrl>();
    const auto file = std::find_if(urls.begin(), urls.end(), [](const QUrl &url) { return url.isLocalFile(); });
    if (file != urls.end())
        m_paste.takeFile(file->toLocalFile());
    else
        m_paste.take(Secret::taking(given ? given->text().left(mostLetters).toUtf8() : QByteArray()));
}

void PasteCard::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls() || event->mimeData()->hasText())
        event->acceptProposedAction();
}

void PasteCard::dropEvent(QDropEvent *event)
{
    take(event->mimeData());
    event->acceptProposedAction();
}

void PasteCard::showPaste()
{
    const workspace::PastedText &shown = m_paste.shown();
    const bool isEmpty = m_paste.isEmpty();
    const bool hasParts = shown.token && shown.token->decoded;
    m_empty->setVisible(isEmpty);
    m_parts->setVisible(!isEmpty);
    m_parts->setToken(shown.found.first.token, hasParts);
    const QStringList &takenOff = shown.found.first.takenOff;
    m_takenOff->setText(takenOff.isEmpty() ? QString() : tr("Taken off: %1").arg(takenOff.join(u", "_s)));
    m_takenOff->setVisible(!takenOff.isEmpty());
    m_clear->setVisible(!isEmpty || shown.isBusy || !problemText().isEmpty());
    m_problem->setText(problemText());
    m_problem->setVisible(!m_problem->text().isEmpty());
    m_problemIcon->setVisible(!m_problem->text().isEmpty());
    setSizePolicy(QSizePolicy::Preferred, isEmpty ? QSizePolicy::Expanding : QSizePolicy::Preferred);
    fitText();
    showJudge();
}

/// A low window leaves less room for the token, so that the findings keep theirs.
void PasteCard::fitText()
{
    const bool isLow = window()->height() < style::metricsOf(*this).px(640);
    const TokenText &text = *m_parts->text();
    const int least = text.heightOfFirst(2);
    m_parts->text()->setFixedHeight(std::clamp(text.heightOfLines(), least, text.heightOfFirst(isLow ? 3 : 8)));
}

bool PasteCard::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parent() && event->type() == QEvent::Resize)
        fitText();
    return Card::eventFilter(watched, event);
}

void PasteCard::showEvent(QShowEvent *event)
{
    Card::showEvent(event);
    parent()->installEventFilter(this); // of the layout that it is in
    fitText();
}

QString PasteCard::problemText() const
{
    const workspace::PastedText &shown = m_paste.shown();
    if (shown.failure)
        return visible(advised(*shown.failure));
    return visible(shown.found.instead);
}

void PasteCard::showJudge()
{
    const workspace::PastedText &shown = m_paste.shown();
    const bool isOne = shown.trusting.size() == 1;
    m_match->setVisible(isOne);
    if (isOne)
        m_match->set(widgets::Kind::accent, tr("matches %1").arg(isolated(shown.trusting.front().name)),
                     tr("The connection %1 trusts the token's issuer")
                         .arg(withoutIsolates(isolated(shown.trusting.front().name))));
    m_match->setIcon(u"connections"_s);
    m_choice->setVisible(shown.trusting.size() > 1);
    const QSignalBlocker blocker(m_choice);
    m_choice->clear();
    for (const workspace::TrustingConnection &one : shown.trusting)
        m_choice->addItem(isolated(one.name), one.id);
    m_choice->setCurrentIndex(m_choice->findData(shown.judgedBy));
    m_judge->setText(judgeText());
}

QString PasteCard::judgeText() const
{
    const workspace::PastedText &shown = m_paste.shown();
    QStringList texts;
    if (shown.found.count > 1)
        texts += tr("The first of %n tokens.", nullptr, static_cast<int>(shown.found.count));
    if (shown.isBusy)
        texts += m_paste.isEmpty() ? tr("The file is being read…") : tr("The token is being verified…");
    else if (m_paste.isEmpty())
        texts += tr("Any token of anybody. It is shown here and sent nowhere.");
    else if (shown.token && !shown.token->decoded)
        texts += tr("Its issuer cannot be read; nothing was sent.");
    else if (shown.trusting.empty())
        texts += tr("No connection trusts this issuer; nothing was sent.");
    else if (shown.keysFailure)
        texts += tr("By its issuer; the keys could not be fetched.");
    else if (!shown.fetchedFrom.isEmpty())
        texts += tr("By its issuer; its keys were fetched from %1.").arg(visible(shown.fetchedFrom));
    else
        texts += tr("By its issuer; verified with its cached keys, nothing was sent.");
    return texts.join(u' ');
}

} // namespace bookdesk::pages
