/// FlowLayout: widgets side by side that continue on the next line where they do not fit.
#pragma once

#include <QLayout>

#include <memory>
#include <vector>

namespace bookdesk::widgets {

/// GUI thread. Owns its items.
class FlowLayout : public QLayout
{
    Q_OBJECT

public:
    explicit FlowLayout(int spacing, QWidget *parent = nullptr);
    ~FlowLayout() override;

    /// Deletes every item and its widget.
    void clear();

    void addItem(QLayoutItem *item) override;
    int count() const override { return static_cast<int>(m_items.size()); }
    QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override { return minimumSize(); }
    QSize minimumSize() const override;
    void setGeometry(const QRect &rect) override;

private:
    /// Places the items within this width; returns the total height.
    struct Placement
    {
        std::vector<QRect> places;
        int height = 0;
    };
    Placement place(const QRect &rect) const;

    std::vector<std::unique_ptr<QLayoutItem>> m_items;
};

} // namespace bookdesk::widgets
