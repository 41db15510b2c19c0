#include "tour/tour.h"

#include "core/text-cells.h"
#include "style/style.h"
#include "tour/chapters.h"
#include "tour/stage.h"
#include "workspace/settings.h"

#include <QApplication>
#include <QDir>
#include <QPixmap>
#include <QSettings>
#include <QTextStream>

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

namespace bookdesk::tour {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds stepLimit{20};
constexpr int titleWidth = 52;

struct Row
{
    QString picture;
    QString title;
    QString failure; ///< Empty if the step passed.
};

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Tour)
};

/// Numbers the pictures in the order in which they are made.
class Pictures
{
public:
    Pictures(const QDir &folder, style::Theme theme)
        : m_folder(folder)
        , m_theme(style::themeText(theme))
    {}

    QString nextName(const Step &step)
    {
        return u"%1-%2-%3.png"_s.arg(++m_last, 2, 10, QChar(u'0')).arg(step.name, m_theme);
    }
    bool save(const QPixmap &picture, const QString &name) const { return picture.save(m_folder.filePath(name)); }

private:
    QDir m_folder;
    QString m_theme;
    int m_last = 0;
};

/// The steps after a failed one depend on it and are skipped.
std::vector<Row> play(const Chapter &chapter, Pictures &pictures)
{
    std::vector<Row> rows;
    Stage stage(stepLimit);
    bool isBroken = false;
    for (const Step &step : chapter) {
        const QString name = pictures.nextName(step);
        if (isBroken) {
            rows.push_back({{}, step.title, Texts::tr("not reached")});
            continue;
        }
        stage.beginStep();
        step.play(stage);
        QString failure = stage.failure();
        if (!pictures.save(stage.picture(), name) && failure.isEmpty())
            failure = Texts::tr("the picture could not be written");
        isBroken = !failure.isEmpty();
        rows.push_back({name, step.title, failure});
    }
    return rows;
}

/// Plays one theme from beginning to end.
std::vector<Row> play(const QDir &folder, style::Theme theme)
{
    std::vector<Row> rows;
    Pictures pictures(folder, theme);
    const std::vector<Chapter> all = chapters();
    for (const Chapter &chapter : all)
        std::ranges::move(play(chapter, pictures), std::back_inserter(rows));
    return rows;
}

void print(const std::vector<Row> &rows, QTextStream &out)
{
    for (const Row &row : rows)
        out << padded(row.title, titleWidth) << u"  "_s
            << padded(row.failure.isEmpty() ? Texts::tr("ok") : Texts::tr("FAILED: %1").arg(row.failure), 8) << u"  "_s
            << row.picture << Qt::endl;
}

QString verdict(int failures)
{
    if (failures == 0)
        return Texts::tr("Every step ended as it should.");
    return Texts::tr("%n steps did not end as they should.", nullptr, failures);
}

} // namespace

int run(QApplication &application, const TourOptions &options)
{
    QTextStream out(stdout);
    QDir folder(options.folder);
    if (!folder.mkpath(u"."_s)) {
        out << Texts::tr("The folder %1 cannot be made.").arg(options.folder) << Qt::endl;
        return 1;
    }
    const QTemporaryDir settings;
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    const std::vector<style::Theme> themes =
        options.theme ? std::vector{*options.theme} : std::vector{style::Theme::light, style::Theme::dark};
    int failures = 0;
    for (const style::Theme theme : themes) {
        style::noteDesktopTheme(theme); // What *Reset all…* comes back to.
        workspace::Settings().setText(workspace::Setting::appearance, style::themeText(theme));
        style::apply(application, theme);
        const std::vector<Row> rows = play(folder, theme);
        out << Texts::tr("Theme: %1").arg(style::themeText(theme)) << Qt::endl;
        print(rows, out);
        failures +=
            static_cast<int>(std::ranges::count_if(rows, [](const Row &row) { return !row.failure.isEmpty(); }));
    }
    out << verdict(failures) << Qt::endl;
    return failures == 0 ? 0 : 1;
}

} // namespace bookdesk::tour
