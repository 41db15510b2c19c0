/// SortHeader: a table header that can be sorted with the keyboard.
#pragma once

#include <QHeaderView>

namespace bookdesk::pages {

/// Tab moves to it, Left and Right choose a column, Space or Return sorts by it; both are announced. The column that
/// is sorted by has an arrow behind its name, upwards if it ascends. GUI thread.
class SortHeader : public QHeaderView
{
    Q_OBJECT

public:
    explicit SortHeader(QWidget *parent = nullptr);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void initStyleOptionForIndex(QStyleOptionHeader *option, int section) const override;
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;

private:
    void choose(int section);
    void sortByChosen();
    QString title(int section) const;

    int m_chosen = 0;
};

} // namespace bookdesk::pages
