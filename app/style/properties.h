/// Properties of widgets that the style sheet asks for.
#pragma once

class QString;
class QVariant;
class QWidget;

namespace bookdesk::style {

/// Sets a property and, where it changed, has the style sheet evaluated again. GUI thread.
void setStyleProperty(QWidget &widget, const char *name, const QVariant &value);

/// Gives a plain widget a line at its "left", "right", "top" or "bottom" edge, and the ground of its style; empty for
/// no line. GUI thread.
void setEdge(QWidget &widget, const QString &side);

} // namespace bookdesk::style
