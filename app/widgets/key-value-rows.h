/// KeyValueRows: names and their values in two columns, plain text.
#pragma once

#include "core/error.h"
#include "widgets/labels.h"

#include <QString>
#include <QWidget>

#include <utility>
#include <vector>

class QGridLayout;

namespace bookdesk::widgets {

/// What becomes of characters that change the direction of text: the UI specification's section 4.
enum class Direction {
    visible, ///< They are shown as escapes: in claims, URLs, hosts and confirmations.
    isolated ///< They have an effect on the value, and on nothing else.
};

/// One row: a name and its value.
struct KeyValue
{
    QString key;
    QString value;          ///< Control characters are made visible; line feeds stay.
    Look look = Look::body; ///< Look::mono for URLs, JSON, IDs.
    Direction direction = Direction::visible;
};

/// The error's code and its facts.
std::vector<KeyValue> errorRows(const Error &error);

/// Shows facts about a thing, such as a book or an error. Values can be selected and copied. GUI thread.
class KeyValueRows : public QWidget
{
    Q_OBJECT

public:
    /// Values are beside their names, or below them if there is little width.
    enum class Placing { beside, below };

    explicit KeyValueRows(QWidget *parent = nullptr, Placing placing = Placing::beside);

    void setRows(const std::vector<KeyValue> &rows);
    bool isEmpty() const { return m_values.empty(); }
    /// The value of a key, or nullptr.
    ValueLabel *value(const QString &key) const;

private:
    void place(QLabel &key, ValueLabel &value, int row);

    Placing m_placing;
    QGridLayout *m_grid;
    std::vector<std::pair<QString, ValueLabel *>> m_values;
};

} // namespace bookdesk::widgets
