/// AppearanceCard: light, dark, or as the desktop.
#pragma once

#include "widgets/card.h"

class QRadioButton;

namespace bookdesk::workspace {
class Settings;
}

namespace bookdesk::pages {

/// A choice is kept and applied to the whole program at once. GUI thread.
class AppearanceCard : public widgets::Card
{
    Q_OBJECT

public:
    /// @param settings must outlive the card.
    explicit AppearanceCard(workspace::Settings &settings, QWidget *parent = nullptr);

private:
    void showSetting();
    void choose(const QString &theme);
    void apply() const;

    workspace::Settings &m_settings;
    QRadioButton *m_desktop;
    QRadioButton *m_light;
    QRadioButton *m_dark;
};

} // namespace bookdesk::pages
