/// ProbesTree: the probes in groups that open and close; findings open theirs and are led to.
#pragma once

#include "pages/lab/probes-model.h"

#include <QTreeView>

#include <set>

namespace bookdesk::pages {

/// A group with a finding opens by itself, unless the person closed it; the first finding is selected, unless the
/// person selected something. Moves no accessibility focus while it has no focus itself. GUI thread.
class ProbesTree : public QTreeView
{
    Q_OBJECT

public:
    explicit ProbesTree(QWidget *parent = nullptr);

    const ProbesModel &probes() const { return *m_probes; }
    void setResults(const std::vector<lab::ProbeResult> &results);
    void setResult(int number, const lab::ProbeResult &result);

    /// The number of the selected probe, or -1.
    int selectedNumber() const;
    void select(int number);
    void setOnlyFindings(bool isOnly);
    bool isEverythingOpen() const;
    void openAll();
    void closeAll();
    /// Selects the finding after (+1) or before (-1) the selected probe, around the end.
    void goToFinding(int step);

Q_SIGNALS:
    void selectionMoved();
    void opennessChanged();

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void focusInEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void updateGeometries() override;

private:
    void setUp();
    void toggle(const QModelIndex &index);
    void hideRows();
    void noteFinding(int number);

    ProbesModel *m_probes;
    QWidget *m_corner;      ///< Beside the header.
    std::set<int> m_closed; ///< Groups that the person closed.
    bool m_isOnlyFindings = false;
};

} // namespace bookdesk::pages
