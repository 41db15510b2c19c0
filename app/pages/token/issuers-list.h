/// IssuersList: the issuers whose keys are cached, each with its state and how old its keys are.
#pragma once

#include "core/clock.h"
#include "identity/key-snapshot.h"

#include <QListWidget>
#include <QString>

#include <vector>

namespace bookdesk::pages {

/// An issuer of a connection in use. A plain value.
struct IssuerEntry
{
    QString connection; ///< Its name.
    identity::KeySnapshot keys;
};

/// Keeps what is chosen. GUI thread.
class IssuersList : public QListWidget
{
    Q_OBJECT

public:
    static constexpr int nameRole = Qt::UserRole + 1; ///< The connection's name as it is painted.

    explicit IssuersList(QWidget *parent = nullptr);

    /// Chooses the first, where nothing is chosen yet.
    void fill(const std::vector<IssuerEntry> &issuers, TimePoint now);
};

} // namespace bookdesk::pages
