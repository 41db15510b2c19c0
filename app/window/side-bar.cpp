#include "window/side-bar.h"

#include "style/metrics.h"
#include "style/properties.h"
#include "widgets/labels.h"
#include "window/account-button.h"
#include "window/side-button.h"

#include <QButtonGroup>
#include <QFrame>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace bookdesk::window {

using namespace Qt::StringLiterals;

namespace {

constexpr int fullWidth = 196;
constexpr int compactWidth = 56;

/// A thin line in the colour of dividers.
class Divider : public QWidget
{
public:
    explicit Divider(QWidget *parent)
        : QWidget(parent)
    {
        setFixedHeight(1);
    }

protected:
    void paintEvent(QPaintEvent *) override { QPainter(this).fillRect(rect(), style::color(style::Role::line)); }
};

} // namespace

SideBar::SideBar(QWidget *parent)
    : QWidget(parent)
    , m_pages(new QVBoxLayout)
    , m_group(new QButtonGroup(this))
    , m_mark(new widgets::IconLabel(u"app"_s, style::Role::text, this))
    , m_name(widgets::label(tr("Bookdesk"), widgets::Look::section, this))
    , m_account(new AccountButton(this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    setProperty("ground", u"raised"_s);
    style::setEdge(*this, u"right"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics.px(8), metrics.px(12), metrics.px(8), metrics.px(6));
    column->setSpacing(0);
    m_brand = new QHBoxLayout;
    m_brand->setSpacing(metrics.px(8));
    m_mark->setLogicalSize(22);
    m_brand->addWidget(m_mark);
    m_brand->addWidget(m_name, 1);
    column->addLayout(m_brand);
    m_pages->setSpacing(metrics.px(2));
    column->addLayout(m_pages);
    column->addStretch(1);
    column->addWidget(new Divider(this));
    column->addSpacing(metrics.px(4));
    column->addWidget(m_account);
    // Not idClicked: assistive technology toggles buttons without a click.
    connect(m_group, &QButtonGroup::idToggled, this, [this](int id, bool isChecked) {
        if (isChecked)
            Q_EMIT currentChanged(id);
    });
    setCompact(false);
}

void SideBar::addPage(const widgets::Page::Description &page)
{
    auto *button = new SideButton(page.id, page.title, page.shortcut.toString(QKeySequence::NativeText), this);
    const int id = static_cast<int>(m_group->buttons().size());
    m_group->addButton(button, id);
    // Those with a shortcut are for every day; the others stand apart.
    const bool hasShortcut = !page.shortcut.isEmpty();
    if (m_hadShortcut && !hasShortcut)
        m_pages->addSpacing(style::metricsOf(*this).px(8));
    m_hadShortcut = hasShortcut;
    m_pages->addWidget(button);
    if (id == 0)
        button->setChecked(true);
}

void SideBar::setCurrent(int index)
{
    if (QAbstractButton *button = m_group->button(index))
        button->setChecked(true);
}

int SideBar::current() const { return m_group->checkedId(); }

void SideBar::setCompact(bool isCompact)
{
    const style::Metrics metrics = style::metricsOf(*this);
    setFixedWidth(metrics.px(isCompact ? compactWidth : fullWidth));
    m_brand->setContentsMargins(metrics.px(8), metrics.px(4), isCompact ? metrics.px(8) : 0, metrics.px(12));
    m_name->setVisible(!isCompact);
    const QList<QAbstractButton *> buttons = m_group->buttons();
    for (QAbstractButton *button : buttons)
        static_cast<SideButton *>(button)->setCompact(isCompact);
    m_account->setCompact(isCompact);
}

} // namespace bookdesk::window
