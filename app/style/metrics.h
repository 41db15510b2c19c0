/// Metrics: sizes that grow with the font, and the fonts themselves.
#pragma once

#include <QFont>

class QWidget;

namespace bookdesk::style {

/// The UI specification's logical pixels (made for a body text of 16 px line height) for the font in use. A plain
/// value; GUI thread.
class Metrics
{
public:
    explicit Metrics(const QFont &body);

    /// @p logical pixels of the specification, on this font.
    int px(double logical) const;

    int icon() const { return px(16); }
    int gap() const { return px(12); }
    int marginX() const { return px(20); }
    int marginY() const { return px(16); }
    /// The greatest width of text columns: about 120 characters.
    int textColumn() const { return m_textColumn; }

private:
    double m_scale;
    int m_textColumn;
};

Metrics metricsOf(const QWidget &widget);

QFont titleFont(const QFont &body);   ///< 1.55x semibold, a page's title.
QFont sectionFont(const QFont &body); ///< 1x semibold.
QFont smallFont(const QFont &body);   ///< 0.92x.
QFont monoFont(const QFont &body);    ///< Monospace 0.92x: values, URLs, JSON.

} // namespace bookdesk::style
