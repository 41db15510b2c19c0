#include "style/icons.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QSvgRenderer>

#include <algorithm>
#include <utility>

namespace bookdesk::style {

using namespace Qt::StringLiterals;

namespace {

QByteArray drawingOf(const QString &name)
{
    QFile file(u":/icons/"_s + name + u".svg"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

class RecolouringEngine : public QIconEngine
{
public:
    RecolouringEngine(QByteArray drawing, Role role)
        : m_drawing(std::move(drawing))
        , m_role(role)
    {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const bool isFaded = mode == QIcon::Disabled;
        const Role role = isFaded && m_role != Role::onAccent ? Role::muted : m_role;
        QByteArray drawing = m_drawing;
        // Qt's SVG renderer draws `currentColor` black.
        drawing.replace("currentColor", color(role).name().toLatin1());
        QSvgRenderer renderer(drawing);
        const int side = std::min(rect.width(), rect.height());
        QRectF square(0, 0, side, side);
        square.moveCenter(QRectF(rect).center());
        // The extra width of an icon is the distance to its text.
        if (rect.width() > rect.height())
            square.moveLeft(rect.left());
        painter->save();
        if (isFaded)
            painter->setOpacity(painter->opacity() * 0.6);
        renderer.render(painter, square);
        painter->restore();
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        return pixmap;
    }

    QIconEngine *clone() const override { return new RecolouringEngine(*this); }
    QString key() const override { return u"bookdesk-recolouring"_s; }

private:
    QByteArray m_drawing;
    Role m_role;
};

/// Never muted.
class SteadyEngine : public RecolouringEngine
{
public:
    using RecolouringEngine::RecolouringEngine;

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode, QIcon::State state) override
    {
        RecolouringEngine::paint(painter, rect, QIcon::Normal, state);
    }

    QIconEngine *clone() const override { return new SteadyEngine(*this); }
    QString key() const override { return u"bookdesk-steady"_s; }
};

} // namespace

QIcon icon(const QString &name, Role role) { return QIcon(new RecolouringEngine(drawingOf(name), role)); }

QIcon steadyIcon(const QString &name, Role role) { return QIcon(new SteadyEngine(drawingOf(name), role)); }

QIcon appIcon() { return icon(u"app"_s); }

} // namespace bookdesk::style
