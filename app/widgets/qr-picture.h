/// QrPicture: a link that a phone's camera can read.
#pragma once

#include <QImage>
#include <QLabel>
#include <QUrl>

namespace bookdesk::widgets {

/// Black on white in either theme, with a margin of four modules; each module has a whole number of the screen's
/// pixels. Screen readers get "QR code of" the link. GUI thread.
class QrPicture : public QLabel
{
    Q_OBJECT

public:
    /// @param side about how wide it is, in the specification's logical pixels.
    explicit QrPicture(int side, QWidget *parent = nullptr);

    void setLink(const QUrl &link);
    void clearLink();
    /// In the screen's pixels, with the margin.
    const QImage &image() const { return m_image; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void draw();

    int m_side;
    QUrl m_link;
    QImage m_image;
};

} // namespace bookdesk::widgets
