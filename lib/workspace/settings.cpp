#include "workspace/settings.h"

#include <QCoreApplication>
#include <QSettings>
#include <QVariant>

#include <algorithm>
#include <vector>

namespace bookdesk::workspace {
namespace {

constexpr bool areRowsInOrder()
{
    for (std::size_t i = 0; i < settingRows.size(); ++i) {
        if (static_cast<std::size_t>(settingRows[i].setting) != i)
            return false;
    }
    return true;
}
static_assert(areRowsInOrder());

QString keyOf(const SettingRow &row, const QString &part = {}) { return QString::fromLatin1(row.key) + part; }

bool fits(const SettingRow &row, const QVariant &value)
{
    bool isNumber = false;
    const int number = value.toInt(&isNumber);
    switch (row.kind) {
    case SettingKind::text:
        return value.typeId() == QMetaType::QString;
    case SettingKind::number:
        return isNumber && number >= row.least && number <= row.most;
    case SettingKind::bytes:
        return value.canConvert<QByteArray>();
    }
    return false;
}

const SettingRow *rowFor(const QString &key)
{
    const auto found = std::find_if(settingRows.begin(), settingRows.end(), [&key](const SettingRow &row) {
        const QString own = keyOf(row);
        return own.endsWith(u'/') ? key.startsWith(own) : key == own;
    });
    return found == settingRows.end() ? nullptr : &*found;
}

/// The file for all users of this computer, which only its administrator can write.
class OrganizationFile : public QSettings
{
public:
    OrganizationFile()
        : QSettings(defaultFormat(), SystemScope, QCoreApplication::organizationName(),
                    QCoreApplication::applicationName())
    {
        setFallbacksEnabled(false);
    }
};

/// What the organization has set, or nothing.
QVariant setByOrganization(const SettingRow &row)
{
    const QVariant value = row.isChosen ? OrganizationFile().value(keyOf(row)) : QVariant();
    return fits(row, value) ? value : QVariant();
}

/// What counts: the organization's, what is stored and fits, or the default.
QVariant stored(Setting setting, const QString &part = {})
{
    const SettingRow &row = rowOf(setting);
    if (QVariant value = setByOrganization(row); value.isValid())
        return value;
    const QVariant value = QSettings().value(keyOf(row, part));
    return fits(row, value) ? value : QVariant(QString::fromLatin1(row.fallback));
}

} // namespace

QString Settings::text(Setting setting) const { return stored(setting).toString(); }

int Settings::number(Setting setting) const { return stored(setting).toInt(); }

QByteArray Settings::bytes(Setting setting, const QString &part) const { return stored(setting, part).toByteArray(); }

bool Settings::isSet(Setting setting) const
{
    const SettingRow &row = rowOf(setting);
    return isLocked(setting) || fits(row, QSettings().value(keyOf(row)));
}

bool Settings::isLocked(Setting setting) const { return setByOrganization(rowOf(setting)).isValid(); }

int Settings::locked() const
{
    return static_cast<int>(
        std::ranges::count_if(settingRows, [](const SettingRow &row) { return setByOrganization(row).isValid(); }));
}

void Settings::setText(Setting setting, const QString &text)
{
    if (!isLocked(setting))
        QSettings().setValue(keyOf(rowOf(setting)), text);
    Q_EMIT changed(setting);
}

void Settings::setNumber(Setting setting, int number)
{
    if (!isLocked(setting))
        QSettings().setValue(keyOf(rowOf(setting)), number);
    Q_EMIT changed(setting);
}

void Settings::setBytes(Setting setting, const QByteArray &bytes, const QString &part)
{
    if (bytes.isEmpty())
        QSettings().remove(keyOf(rowOf(setting), part));
    else
        QSettings().setValue(keyOf(rowOf(setting), part), bytes);
    Q_EMIT changed(setting);
}

void Settings::reset()
{
    std::vector<Setting> cleared;
    for (const SettingRow &row : settingRows) {
        if (!row.isChosen || !QSettings().contains(keyOf(row)))
            continue;
        QSettings().remove(keyOf(row));
        cleared.push_back(row.setting);
    }
    for (const Setting setting : cleared)
        Q_EMIT changed(setting);
}

QString Settings::filePath() const { return QSettings().fileName(); }

QString Settings::organizationFilePath() const { return OrganizationFile().fileName(); }

bool Settings::isUsable() const
{
    const QSettings settings;
    return settings.status() == QSettings::NoError && settings.isWritable();
}

QStringList Settings::unknownKeys() const
{
    QSettings settings;
    settings.setFallbacksEnabled(false);
    QStringList unknown;
    for (const QString &key : settings.allKeys()) {
        const SettingRow *row = rowFor(key);
        if (!row || !fits(*row, settings.value(key)))
            unknown += key;
    }
    return unknown;
}

} // namespace bookdesk::workspace
