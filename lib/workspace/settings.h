/// Settings: what a person has set and what the window remembers for them. One row for each.
#pragma once

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QStringList>

#include <array>

namespace bookdesk::workspace {

enum class Setting {
    appearance,      ///< Read by the program's start and the Settings page: "light", "dark", or as the desktop.
    browserCommand,  ///< Read by chosenBrowser: with `%u`; empty for the desktop's browser.
    timeLimit,       ///< Read by Workspace: minutes that a sign-in may take.
    keepSignedIn,    ///< Read by KeptSignIns: 0 or 1.
    proxySource,     ///< Read by Workspace: "system", "none" or "manual".
    proxyHost,       ///< Likewise, for "manual".
    proxyPort,       ///< Likewise.
    lastConnection,  ///< Read by the window: the ID of the connection in use last.
    connectionUsed,  ///< Read by the Connections page: the day on which each was used last, under its ID.
    lastAccount,     ///< Read by KeptSignIns: the ID of the account in use last.
    windowGeometry,  ///< Read by the window.
    sortColumn,      ///< Read by the table of books.
    sortDescending,  ///< Likewise: 0 or 1.
    remedyFramework, ///< Read by the Access lab: the framework whose remedy was looked at last.
    splitter,        ///< Read by each RememberedSplitter, under its name.
};

enum class SettingKind { text, number, bytes };

/// A row of the table of settings.
struct SettingRow
{
    Setting setting;
    const char *key;      ///< In the file; the name of a part of the window is appended where it ends with a slash.
    SettingKind kind;     ///< What else is stored under the key counts as the default.
    const char *fallback; ///< The default: a text, or the digits of a number.
    bool isChosen;        ///< On the Settings page, so that *Reset all…* resets it; the others are remembered.
    int least = 0;        ///< For numbers; what is beyond counts as the default.
    int most = 0;
};

inline constexpr std::array settingRows{
    SettingRow{Setting::appearance, "appearance/theme", SettingKind::text, "", true},
    SettingRow{Setting::browserCommand, "sign-in/browser", SettingKind::text, "", true},
    SettingRow{Setting::timeLimit, "sign-in/minutes", SettingKind::number, "5", true, 1, 15},
    SettingRow{Setting::keepSignedIn, "sign-in/keep", SettingKind::number, "1", true, 0, 1},
    SettingRow{Setting::proxySource, "network/proxy", SettingKind::text, "system", true},
    SettingRow{Setting::proxyHost, "network/proxy-host", SettingKind::text, "", true},
    SettingRow{Setting::proxyPort, "network/proxy-port", SettingKind::number, "8080", true, 1, 65535},
    SettingRow{Setting::lastConnection, "connections/last", SettingKind::text, "", false},
    SettingRow{Setting::connectionUsed, "connections/used/", SettingKind::bytes, "", false},
    SettingRow{Setting::lastAccount, "accounts/last", SettingKind::text, "", false},
    SettingRow{Setting::windowGeometry, "window/geometry", SettingKind::bytes, "", false},
    SettingRow{Setting::sortColumn, "books/sort-column", SettingKind::number, "0", false, 0, 3},
    SettingRow{Setting::sortDescending, "books/sort-descending", SettingKind::number, "0", false, 0, 1},
    SettingRow{Setting::remedyFramework, "lab/framework", SettingKind::text, "", false},
    SettingRow{Setting::splitter, "splitters/", SettingKind::bytes, "", false},
};

constexpr const SettingRow &rowOf(Setting setting) { return settingRows[static_cast<std::size_t>(setting)]; }

/// In the program's settings file. Holds no secrets. Objects share the file, but each signals its own changes only.
/// What the administrator of this computer has set in the file for all its users (on Linux
/// `/etc/xdg/Bookdesk/bookdesk.conf`) counts instead where it is a row of the Settings page. One thread.
class Settings : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    QString text(Setting setting) const;
    int number(Setting setting) const;
    /// @param part of the window that the setting is about.
    QByteArray bytes(Setting setting, const QString &part = {}) const;
    /// Whether something usable is stored, so that the default does not count.
    bool isSet(Setting setting) const;
    /// Whether the organization has set it, so that the person cannot.
    bool isLocked(Setting setting) const;

    // A setting that is locked stays as it is; it is signalled even so, because whatever shows it must show it again.
    void setText(Setting setting, const QString &text);
    void setNumber(Setting setting, int number);
    void setBytes(Setting setting, const QByteArray &bytes, const QString &part = {});
    /// Everything on the Settings page gets its default.
    void reset();

    QString filePath() const;
    /// The organization's file, whether or not there is one.
    QString organizationFilePath() const;
    /// How many settings are locked.
    int locked() const;
    /// Whether the file could be read, and can be written.
    bool isUsable() const;
    /// Keys in the file that belong to no row, or have a value that does not fit it.
    QStringList unknownKeys() const;

Q_SIGNALS:
    void changed(bookdesk::workspace::Setting setting);
};

} // namespace bookdesk::workspace
