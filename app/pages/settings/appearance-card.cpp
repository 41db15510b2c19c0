#include "pages/settings/appearance-card.h"

#include "pages/settings/choice-rows.h"
#include "style/style.h"
#include "workspace/settings.h"

#include <QApplication>
#include <QGridLayout>
#include <QRadioButton>
#include <QSignalBlocker>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using workspace::Setting;

AppearanceCard::AppearanceCard(workspace::Settings &settings, QWidget *parent)
    : Card(tr("Appearance"), parent)
    , m_settings(settings)
{
    const QString row = tr("Appearance");
    const bool isDark = style::desktopTheme() == style::Theme::dark;
    m_desktop =
        choice(row, isDark ? tr("As the desktop: dark") : tr("As the desktop: light"), u"themeOfDesktop"_s, this);
    m_light = choice(row, tr("Light"), u"themeLight"_s, this);
    m_dark = choice(row, tr("Dark"), u"themeDark"_s, this);
    showSetting();
    addRow(*addRows(*this), row, *sideBySide({m_desktop, m_light, m_dark}, this), m_settings, Setting::appearance);
    const auto whenChosen = [this](QRadioButton *button, const QString &theme) {
        connect(button, &QRadioButton::toggled, this, [this, theme](bool isChosen) {
            if (isChosen)
                choose(theme);
        });
    };
    whenChosen(m_desktop, {});
    whenChosen(m_light, style::themeText(style::Theme::light));
    whenChosen(m_dark, style::themeText(style::Theme::dark));
    connect(&m_settings, &workspace::Settings::changed, this, [this](Setting setting) {
        if (setting != Setting::appearance)
            return;
        showSetting();
        apply();
    });
}

void AppearanceCard::showSetting()
{
    const auto theme = style::themeFromText(m_settings.text(Setting::appearance));
    QRadioButton *chosen = !theme ? m_desktop : *theme == style::Theme::light ? m_light : m_dark;
    const QSignalBlocker blockDesktop(m_desktop);
    const QSignalBlocker blockLight(m_light);
    const QSignalBlocker blockDark(m_dark);
    chosen->setChecked(true);
}

void AppearanceCard::choose(const QString &theme) { m_settings.setText(Setting::appearance, theme); }

void AppearanceCard::apply() const
{
    const auto chosen = style::themeFromText(m_settings.text(Setting::appearance));
    style::apply(*qApp, chosen.value_or(style::desktopTheme()));
}

} // namespace bookdesk::pages
