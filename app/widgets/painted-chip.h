/// PaintedChip: what a Chip looks like, painted by a delegate. Its words for screen readers come from the model.
#pragma once

#include "widgets/kind.h"

#include <QFont>
#include <QPoint>
#include <QString>

class QPainter;

namespace bookdesk::widgets {

/// A plain value.
struct PaintedChip
{
    Kind kind = Kind::neutral;
    QString text;
    QString icon = kindIcon(kind); ///< May be empty.

    friend bool operator==(const PaintedChip &, const PaintedChip &) = default;
};

/// @param body the font of the text around it.
int chipWidth(const PaintedChip &chip, const QFont &body);

/// Paints the chip with the middle of its left side at @p at.
void paintChip(QPainter &painter, const PaintedChip &chip, QPoint at, const QFont &body);

/// Paints icon and text alone, without a ground, in the colour of @p ink and as bold as @p body: "waiting".
void paintMark(QPainter &painter, const QString &icon, const QString &text, style::Role ink, QPoint at,
               const QFont &body);

} // namespace bookdesk::widgets
